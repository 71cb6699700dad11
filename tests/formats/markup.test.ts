import { describe, expect, it } from 'vitest'
import type { NamedDocument } from '../../src/formats/document.js'
import { formatHtml } from '../../src/formats/html/page.js'
import { type InlineNode, inlineForest } from '../../src/formats/inline.js'
import { formatTei, formatTeiCorpus } from '../../src/formats/tei.js'
import type { Entity } from '../../src/types.js'
import { hasPython, python } from './python.js'
import { randomDocument } from './random-document.js'

const TEXT = 'Der Russland-Ukraine-Krieg\n\nSC <Kiel> & "Ida"'

function entity(surface: string, more: Partial<Entity> = {}): Entity {
  const start = TEXT.indexOf(surface)
  return {
    ...{ start, end: start + surface.length, text: surface, type: 'LOC', kind: 'name' },
    ...{ score: 0.98765, canonical: surface, cluster: start },
    ...more,
  }
}

const HOST = { start: 4, end: 26, text: 'Russland-Ukraine-Krieg' }
const DOC: NamedDocument = {
  id: 'a & b.txt',
  text: TEXT,
  entities: [
    entity('Russland', { kind: 'compound', host: HOST, id: 'Q159' }),
    entity('Ukraine', { kind: 'compound', host: HOST }),
    entity('SC <Kiel>', { type: 'ORG', canonical: 'SC "Kiel"\n<1900>', id: 'own & 7' }),
    entity('Kiel', { link: { method: 'fuzzy', alias: 'Kyel', score: 0.995 } }),
    entity('Ida', { type: 'PER' }),
  ],
}

describe('the inline forest', () => {
  it('nests names in words and names, and leaves out what overlaps', () => {
    const crossing = { ...entity('Ida'), start: 32, end: 44 }
    const shape = (nodes: readonly InlineNode[]): unknown[] =>
      nodes.map((node) => [TEXT.slice(node.start, node.end), ...shape(node.children)])
    expect(shape(inlineForest({ text: TEXT, entities: [...DOC.entities, crossing] }))).toEqual([
      ['Russland-Ukraine-Krieg', ['Russland'], ['Ukraine']],
      ['SC <Kiel>', ['Kiel']],
      ['Ida'],
    ])
  })
})

describe('TEI', () => {
  it('marks names and the words that hold them', () => {
    expect(formatTei(DOC)).toContain(
      `<body><p>Der <seg type="compound"><placeName type="compound" key="Russland" ref="http://www.wikidata.org/entity/Q159" cert="0.9877">Russland</placeName>-<placeName type="compound" key="Ukraine" cert="0.9877">Ukraine</placeName>-Krieg</seg></p>

<p><orgName key="SC &quot;Kiel&quot;&#10;&lt;1900&gt;" cert="0.9877">SC &lt;<placeName key="Kiel" cert="0.9877">Kiel</placeName>&gt;</orgName> &amp; "<persName key="Ida" cert="0.9877">Ida</persName>"</p></body>`,
    )
  })

  it.skipIf(!hasPython)('is well-formed and loses nothing but what XML cannot hold', () => {
    const docs = [DOC, ...Array.from({ length: 200 }, (_, seed) => randomDocument(seed))]
    const read = python(
      `import xml.etree.ElementTree as ET
TEI = '{http://www.tei-c.org/ns/1.0}'
def bodies(xml):
    root = ET.fromstring(xml.encode('utf-8'))
    return [[''.join(b.itertext()), [[e.tag[len(TEI):], ''.join(e.itertext()), e.get('key')] for e in b.iter() if e.get('key') is not None]] for b in root.iter(TEI + 'body')]
answer([bodies(xml) for xml in data])`,
      [...docs.map(formatTei), formatTeiCorpus(docs)],
    )
    const holdable = (text: string): string =>
      text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
    const NAMES = { PER: 'persName', ORG: 'orgName', LOC: 'placeName', MISC: 'name' }
    const expected = docs.map(({ text, entities }) => [
      holdable(text),
      entities.map((found) => [NAMES[found.type], holdable(found.text), holdable(found.canonical)]),
    ])
    expect(read).toEqual([...expected.map((body) => [body]), expected])
  })
})

describe('HTML', () => {
  const page = formatHtml([DOC])

  it('is one self-contained page without scripts', () => {
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">/)
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=/i)
    expect(page).toContain('prefers-color-scheme: dark')
    expect(page).toContain('name="viewport"')
  })

  it('shows names, cards, entities and legend', () => {
    expect(page).toContain('<title>Names in a &amp; b.txt</title>')
    expect(page).toContain('<span class="host"><span class="m loc" id="m1-1"><mark tabindex="0"')
    expect(page).toContain('<a href="https://www.wikidata.org/wiki/Q159">Wikidata Q159</a>')
    expect(page).toContain(
      '<span>place, in a compound (Russland-Ukraine-Krieg)</span><span>Score 99\u00a0%</span>',
    )
    expect(page).toContain('<span>Linked by a similar spelling: Kyel (99\u00a0%)</span>')
    expect(page).toContain('<span>Not in the gazetteer</span><span>own &amp; 7</span>')
    expect(page).toMatch(/<h3>People<\/h3>[\s\S]*<h3>Organisations<\/h3>[\s\S]*<h3>Places<\/h3>/)
    expect(page).toContain(
      '<a class="who" href="#m1-5">Ida</a> <span class="count" title="1 mention">1 ×</span>',
    )
    expect(page).toContain('<li><mark class="org">Organisations</mark></li>')
    expect(page).not.toContain('Other names')
    expect(formatHtml([{ id: 'x', text: '', entities: [] }])).toContain('No names found.')
  })

  it.skipIf(!hasPython)('closes what it opens, escapes everything, and shows the very text', () => {
    const docs = [DOC, ...Array.from({ length: 200 }, (_, seed) => randomDocument(seed))]
    const read = python(
      `from html.parser import HTMLParser
VOID = {'meta', 'link', 'br'}
class Page(HTMLParser):
    def __init__(self):
        super().__init__(); self.open = []; self.texts = []; self.skip = 0; self.tags = set(); self.ids = []; self.refs = []
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes); self.tags.add(tag)
        if 'id' in attributes: self.ids.append(attributes['id'])
        for name in ('aria-describedby', 'href'):
            value = attributes.get(name, '')
            if name != 'href' or value.startswith('#'): self.refs.append(value.lstrip('#'))
        if tag in VOID: return
        kind = attributes.get('class', '')
        if tag == 'article': self.texts.append('')
        self.open.append((tag, kind))
    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, tag
    def handle_data(self, text):
        inside = [tag for tag, kind in self.open]
        if 'article' in inside and ('span', 'tip') not in self.open: self.texts[-1] += text
def read(html):
    page = Page(); page.feed(html.split('\\n', 1)[1]); page.close()
    assert not page.open and len(set(page.ids)) == len(page.ids)
    assert set(page.refs) - {''} <= set(page.ids), set(page.refs) - set(page.ids)
    return [page.texts, sorted(page.tags)]
answer([read(html) for html in data])`,
      [...docs.map((doc) => formatHtml([doc])), formatHtml(docs)],
    ) as [string[], string[]][]
    const shown = docs.map(({ text }) =>
      text.replace(/[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\p{Cs}/gu, '\ufffd'),
    )
    expect(read.map(([texts]) => texts)).toEqual([...shown.map((text) => [text]), shown])
    const known =
      'a article aside b body div footer h1 h2 h3 head header html li main mark meta p span style title ul'
    for (const [, tags] of read) expect(known.split(' ')).toEqual(expect.arrayContaining(tags))
  })
})
