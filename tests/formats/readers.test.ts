import { describe, expect, it } from 'vitest'
import { CorpusError } from '../../src/errors.js'
import { bioesTags } from '../../src/formats/bioes.js'
import { formatBrat } from '../../src/formats/brat.js'
import { readBrat } from '../../src/formats/brat-reader.js'
import { codePointOffsets, utf16Offsets } from '../../src/formats/code-points.js'
import { parseConll } from '../../src/formats/conll.js'
import { readConll } from '../../src/formats/conll-text.js'
import type { ReadMention } from '../../src/formats/document.js'
import { documentToConll } from '../../src/formats/document-conll.js'
import { toSpacy } from '../../src/formats/spacy.js'
import { readSpacy } from '../../src/formats/spacy-reader.js'
import { toW3c } from '../../src/formats/w3c.js'
import { readW3c } from '../../src/formats/w3c-reader.js'
import { LABEL_NAMES, labelOf } from '../../src/labels/scheme.js'
import type { Entity } from '../../src/types.js'
import { hasPython, python } from './python.js'
import { forRandomDocuments, randomDocument } from './random-document.js'

function fault(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(CorpusError)
    return (error as Error).message
  }
  throw new Error('expected an error')
}

/** The fields of a mention that a format keeps. */
function kept(
  { start, end, text, type, kind, canonical, id, score }: Entity,
  change: (entity: { canonical: string; id?: string; score: number }) => Partial<ReadMention> = (rest) =>
    rest,
): ReadMention {
  return {
    start,
    end,
    text,
    type,
    kind,
    ...change({ canonical, score, ...(id === undefined ? {} : { id }) }),
  }
}

describe('code points', () => {
  it('translate there and back at every boundary', () => {
    forRandomDocuments(({ text }) => {
      const there = codePointOffsets(text)
      const back = utf16Offsets(text)
      let points = 0
      for (let at = 0; at <= text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) {
        expect(there(at)).toBe(points)
        expect(back(points)).toBe(at)
        points++
      }
    }, 100)
  })
})

describe('BIOES', () => {
  it('tells ends and single tokens', () => {
    const labels = ['O', 'B-PER', 'B-PER', 'I-PER', 'B-LOCpart', 'I-LOCpart', 'I-LOCpart'].map(labelOf)
    expect(bioesTags(labels.map((label) => label!))).toEqual([
      'O',
      'S-PER',
      'B-PER',
      'E-PER',
      'B-LOCpart',
      'I-LOCpart',
      'E-LOCpart',
    ])
  })

  it('is read into the labels of IOB2, and faults are named', () => {
    const read = (text: string): string[] =>
      [...parseConll(text, 'f')[0]!.labels].map((label) => LABEL_NAMES[label]!)
    expect(read('a\tB-PER\nb\tE-PER\nc\tS-OTH\n')).toEqual(['B-PER', 'I-PER', 'B-MISC'])
    expect(fault(() => parseConll('a\tS-XY\n', 'f'))).toMatch(/f:1: unknown tag "S-XY"/)
    expect(fault(() => parseConll('a\tO\nb\tE-PER\n', 'f'))).toMatch(/E-PER follows O.*Write B-PER/)
  })

  it('is the same as IOB2 once read, on random documents', () => {
    forRandomDocuments((doc) => {
      const iob2 = parseConll(documentToConll(doc), 'x')
      expect(parseConll(documentToConll(doc, 'bioes'), 'x')).toEqual(iob2)
      expect(iob2.flatMap(({ words }) => words)).toEqual(doc.tokens.map(({ text }) => text))
    })
  })
})

describe('CoNLL as text', () => {
  it('joins tokens as German is written', () => {
    const { text, mentions } = readConll(
      'Ida\tB-PER\nHorn\tE-PER\n,\tO\nKiel\tS-LOC\n\nEU-Chef\tB-ORGpart\n.\tO\n',
    )
    expect(text).toBe('Ida Horn, Kiel\nEU-Chef.')
    expect(mentions.map(({ start, type, kind, text }) => [start, type, kind, text])).toEqual([
      [0, 'PER', 'name', 'Ida Horn'],
      [10, 'LOC', 'name', 'Kiel'],
      [15, 'ORG', 'compound', 'EU-Chef'],
    ])
    for (const { start, end, text: surface } of mentions) expect(text.slice(start, end)).toBe(surface)
  })

  it('survives white space in ready tokens', () => {
    const text = 'a\tb c'
    const tokens = [
      { start: 0, end: 3, text: 'a\tb' },
      { start: 4, end: 5, text: 'c' },
    ]
    const doc = { text, tokens, sentences: [{ start: 0, end: 5 }], entities: [] }
    expect(documentToConll(doc)).toBe('a b\tO\nc\tO\n\n')
  })
})

describe('brat', () => {
  it('round-trips', () => {
    forRandomDocuments((doc) => {
      const expected = doc.entities.map((entity) =>
        kept(entity, ({ canonical, id }) => ({
          canonical: canonical.replace(/[\t\n\r]/g, ' '),
          ...(id === undefined ? {} : { id }),
        })),
      )
      expect(readBrat(doc.text, formatBrat(doc))).toEqual({ text: doc.text, mentions: expected })
    })
  })

  it('writes a mention over line breaks in fragments', () => {
    const text = 'Ida \r\n Horn'
    const entity: Entity = {
      ...{ start: 0, end: 11, text, type: 'PER', kind: 'name' },
      ...{ score: 1, canonical: 'Ida Horn', cluster: 0, id: 'own 7' },
    }
    expect(formatBrat({ text, entities: [entity] })).toBe(
      'T1\tPER 0 3;7 11\tIda Horn\nN1\tReference T1 Own:own_7\tIda Horn\n#1\tAnnotatorNotes T1\tIda Horn\n',
    )
  })

  it('reads what brat itself writes, and names faults', () => {
    const annotation = 'T3\tOTHderiv 0 4\tKiel\r\nR1\tIn Arg1:T3 Arg2:T3\nA1\tSure T3\n*\tEquiv T3 T3\n'
    expect(readBrat('Kiel', annotation).mentions).toEqual([
      { start: 0, end: 4, text: 'Kiel', type: 'MISC', kind: 'derived' },
    ])
    expect(fault(() => readBrat('Kiel', 'T1\tLOC 0 5\tKiel', 'a.ann'))).toMatch(
      /a\.ann:1: T1 spans 0 5, but the text has 4 characters/,
    )
    expect(fault(() => readBrat('Kiel', '\nT1 LOC 0 4 Kiel', 'a.ann'))).toMatch(/a\.ann:2: expected "T1 TAB/)
    expect(fault(() => readBrat('Kiel', 'T1\tGPE 0 4\tKiel'))).toMatch(
      /unknown label "GPE"; expected one of PER/,
    )
  })
})

describe('spaCy JSON', () => {
  it('round-trips what does not overlap', () => {
    forRandomDocuments((doc) => {
      let end = -1
      const outer = doc.entities.filter((entity) => {
        const free = entity.start >= end
        if (free) end = entity.end
        return free
      })
      const expected = outer.map((entity) => kept(entity, ({ id }) => (id === undefined ? {} : { id })))
      expect(readSpacy(JSON.stringify(toSpacy(doc)))).toEqual({ text: doc.text, mentions: expected })
    })
  })

  it('has tokens that spaCy can rebuild text and names from', () => {
    forRandomDocuments((doc) => {
      const points = [...doc.text]
      const { tokens, ents } = toSpacy(doc)
      let text = ''
      for (const [index, { start, end }] of tokens!.entries()) {
        expect(start).toBe([...text].length === start ? start : -1)
        const next = tokens![index + 1]?.start ?? points.length
        expect(next - end).toBeLessThanOrEqual(1)
        text += points.slice(start, end).join('') + (next > end ? ' ' : '')
      }
      expect(text).toBe(doc.text)
      const starts = new Set(tokens!.map(({ start }) => start))
      const ends = new Set(tokens!.map(({ end }) => end))
      for (const ent of ents) expect(starts.has(ent.start) && ends.has(ent.end)).toBe(true)
    })
  })

  it.skipIf(!hasPython)('counts as Python counts', () => {
    const docs = Array.from({ length: 100 }, (_, seed) => randomDocument(seed))
    const surfaces = python(
      "answer([[doc['text'][e['start']:e['end']].encode('utf-16', 'surrogatepass').decode('utf-16', 'surrogatepass') for e in doc['ents']] for doc in data])",
      docs.map(toSpacy),
    )
    expect(surfaces).toEqual(docs.map((doc) => readSpacy(toSpacy(doc)).mentions.map(({ text }) => text)))
  })

  it('names faults', () => {
    expect(fault(() => readSpacy('['))).toMatch(/not JSON/)
    expect(fault(() => readSpacy([]))).toMatch(/expected one document .* got an array of 0.*one by one/)
    expect(fault(() => readSpacy({ text: 'a', ents: [{ start: 0, end: 2, label: 'LOC' }] }))).toMatch(
      /ents\[0\]: expected offsets within the text's 1 characters, found start 0 and end 2/,
    )
  })
})

describe('Web Annotation', () => {
  it('round-trips', () => {
    forRandomDocuments((doc) => {
      const expected = doc.entities.map((entity) =>
        kept(entity, ({ id, ...rest }) => ({ ...rest, ...(id?.startsWith('Q') ? { id } : {}) })),
      )
      expect(readW3c(doc.text, JSON.stringify(toW3c(doc)))).toEqual({ text: doc.text, mentions: expected })
    })
  })

  it('counts code points, says so, and quotes whole characters', () => {
    const text = `👍 Kiel ${'x'.repeat(30)}👍`
    const entity: Entity = {
      ...{ start: 3, end: 7, text: 'Kiel', type: 'LOC', kind: 'derived' },
      ...{ score: 0.5, canonical: 'Kiel', cluster: 2, id: 'Q1707' },
    }
    const page = toW3c({ id: 'a b/ö.txt', text, entities: [entity] })
    expect(page.offsetUnit).toBe('code point')
    expect(page.items[0]).toMatchObject({
      id: 'a%20b/%C3%B6.txt#name-1',
      body: [{ value: 'LOCderiv' }, { value: 'Kiel' }, { source: 'http://www.wikidata.org/entity/Q1707' }],
      target: {
        source: 'a%20b/%C3%B6.txt',
        selector: [
          { start: 2, end: 6 },
          { exact: 'Kiel', prefix: '👍 ', suffix: ` ${'x'.repeat(30)}` },
        ],
      },
    })
  })

  it('takes UTF-16 positions where the quotation proves them, and names faults', () => {
    const page = (start: number, end: number, exact: string): object => ({
      items: [
        {
          body: { purpose: 'classifying', value: 'LOC' },
          target: {
            selector: [
              { type: 'TextPositionSelector', start, end },
              { type: 'TextQuoteSelector', exact },
            ],
          },
        },
      ],
    })
    expect(readW3c('👍 Kiel', page(3, 7, 'Kiel')).mentions[0]).toMatchObject({ start: 3, end: 7 })
    expect(readW3c('👍 Kiel', page(2, 6, 'Kiel')).mentions[0]).toMatchObject({ start: 3, end: 7 })
    expect(fault(() => readW3c('👍 Köln', page(2, 6, 'Kiel')))).toMatch(
      /items\[0\]: expected "Kiel" at 2-6, found "Köln"/,
    )
    expect(fault(() => readW3c('', {}))).toMatch(/expected an AnnotationPage/)
  })
})
