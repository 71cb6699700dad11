import { describe, expect, it } from 'vitest'
import { CorpusError } from '../../src/errors.js'
import { formatWebAnno } from '../../src/formats/webanno.js'
import {
  escapeText,
  escapeValue,
  splitStack,
  unescapeText,
  unescapeValue,
} from '../../src/formats/webanno-escape.js'
import { WebAnnoParser } from '../../src/formats/webanno-parser.js'
import { readWebAnno } from '../../src/formats/webanno-reader.js'
import type { Entity } from '../../src/types.js'
import { forRandomDocuments, segment } from './random-document.js'

const NAMED_ENTITY = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity'

function entity(text: string, surface: string, more: Partial<Entity> = {}): Entity {
  const start = text.indexOf(surface)
  return {
    ...{ start, end: start + surface.length, text: surface, type: 'LOC', kind: 'name' },
    ...{ score: 1, canonical: surface, cluster: 0 },
    ...more,
  }
}

describe('WebAnno TSV escapes', () => {
  it('follow the format: reserved characters of values, control characters of text', () => {
    expect(escapeValue('\\[]|_->;\t\n*-')).toBe('\\\\\\[\\]\\|\\_\\->\\;\\t\\n\\*-')
    expect(escapeText('a_b|c\t\f\r\b\\\u0001')).toBe('a_b|c\\t\\f\\r\\b\\\\\\\u0001')
  })

  it('are undone', () => {
    forRandomDocuments(({ text }) => {
      expect(unescapeText(escapeText(text))).toBe(text)
      expect(unescapeValue(escapeValue(text))).toBe(text.replaceAll('\r', ' '))
      expect(splitStack(`${escapeValue(text)}|${escapeValue(text)}`)).toHaveLength(2)
    })
  })
})

describe('WebAnno TSV', () => {
  it('writes header, sentences, sub-tokens, stacked and longer mentions as the format wants', () => {
    const text = '👍 Der Russland-Kiel-Krieg.\nFC\nKiel'
    const host = { start: 7, end: 26, text: 'Russland-Kiel-Krieg' }
    const club = { start: 28, end: 35, text: 'FC\nKiel' }
    const doc = {
      text,
      tokens: [
        { start: 0, end: 2, text: '👍' },
        { start: 3, end: 6, text: 'Der' },
        { start: 7, end: 26, text: 'Russland-Kiel-Krieg' },
        { start: 26, end: 27, text: '.' },
        { start: 28, end: 30, text: 'FC' },
        { start: 31, end: 35, text: 'Kiel' },
      ],
      sentences: [
        { start: 0, end: 27 },
        { start: 28, end: 35 },
      ],
      entities: [
        entity(text, 'Russland', { kind: 'compound', host, id: 'Q159' }),
        entity(text, 'Kiel', { kind: 'compound', host }),
        entity(text, 'FC\nKiel', { ...club, type: 'MISC', canonical: 'FC_Kiel' }),
        entity(text, 'Kiel', { start: 31, end: 35 }),
      ],
    }
    expect(formatWebAnno(doc)).toBe(
      [
        '#FORMAT=WebAnno TSV 3.3',
        `#T_SP=${NAMED_ENTITY}|identifier|value`,
        '#T_SP=webanno.custom.Eigenname|canonical|id|kind',
        '',
        '',
        '#Text=👍 Der Russland-Kiel-Krieg.',
        '1-1\t0-2\t👍\t_\t_\t_\t_\t_\t',
        '1-2\t3-6\tDer\t_\t_\t_\t_\t_\t',
        '1-3\t7-26\tRussland-Kiel-Krieg\t_\t_\t_\t_\t_\t',
        '1-3.1\t7-15\tRussland\thttp://www.wikidata.org/entity/Q159\tLOCpart\tRussland\tQ159\tcompound\t',
        '1-3.2\t16-20\tKiel\t*\tLOCpart\tKiel\t*\tcompound\t',
        '1-4\t26-27\t.\t_\t_\t_\t_\t_\t',
        '',
        '#Text=FC',
        '#Text=Kiel',
        '2-1\t28-30\tFC\t*[1]\tOTH[1]\tFC\\_Kiel[3]\t*[3]\tname[3]\t',
        '2-2\t31-35\tKiel\t*[1]|*[2]\tOTH[1]|LOC[2]\tFC\\_Kiel[3]|Kiel[4]\t*[3]|*[4]\tname[3]|name[4]\t',
        '',
      ].join('\n'),
    )
    expect(formatWebAnno(doc, { builtInOnly: true })).not.toContain('Eigenname')
    expect(formatWebAnno({ text: '', tokens: [], sentences: [], entities: [] })).toMatch(/kind\n\n$/)
  })

  it('round-trips', () => {
    forRandomDocuments((doc) => {
      const read = readWebAnno(formatWebAnno(doc))
      expect(read.mentions).toEqual(
        doc.entities.map(({ start, end, type, kind, canonical, id }) => ({
          start,
          end,
          // What stands between sentences comes back as white space.
          text: read.text.slice(start, end),
          type,
          kind,
          canonical: canonical.replaceAll('\r', ' '),
          ...(id === undefined ? {} : { id }),
        })),
      )
      for (const { start, end } of doc.sentences)
        expect(read.text.slice(start, end)).toBe(doc.text.slice(start, end))
    })
  })

  it('reads what others write: stacked and longer mentions, carriage returns, other layers, missing features', () => {
    const content = [
      '#FORMAT=WebAnno TSV 3.2',
      '#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue',
      `#T_SP=${NAMED_ENTITY}|value`,
      '#T_SP=webanno.custom.Mark|',
      '',
      '',
      '#Sentence.id=s1',
      '#Text=Ms. Haag',
      '1-1\t0-3\tMs.\tNNP\tPER[1]|PERpart[2]\t*\t',
      '1-2\t4-8\tHaag\tNNP\tPER[1]\t_\t',
    ].join('\r\n')
    expect(readWebAnno(content).mentions.map(({ text, type, kind }) => [text, type, kind])).toEqual([
      ['Ms. Haag', 'PER', 'name'],
      ['Ms.', 'PER', 'compound'],
    ])
    const marks = new WebAnnoParser(content, 'x')
      .parse()
      .annotations.filter(({ layer }) => /Mark/.test(layer))
    expect(marks).toMatchObject([{ start: 0, end: 3 }])
  })

  it('names faults', () => {
    const fault = (...lines: string[]): string => {
      try {
        readWebAnno(lines.join('\n'), 'f.tsv')
      } catch (error) {
        expect(error).toBeInstanceOf(CorpusError)
        return (error as Error).message
      }
      throw new Error('expected an error')
    }
    const head = ['#FORMAT=WebAnno TSV 3.3', `#T_SP=${NAMED_ENTITY}|value`, '', '']
    expect(fault('a\tb')).toMatch(/f\.tsv:1: expected "#FORMAT=WebAnno TSV 3.3", found "a\\tb"/)
    expect(fault(head[0]!, '#T_RL=x|y|BT_z')).toMatch(/f\.tsv:2: only span layers.*Leave relations/)
    expect(fault(...head, '#Text=a', '1-1\t0-1\ta')).toMatch(/f\.tsv:6: expected .* 1 columns/)
    expect(fault(...head, '#Text=a', '1-1\t0-1\ta\tGPE\t')).toMatch(/f\.tsv:6: unknown label "GPE"/)
    expect(fault(...head, '#Text=abc', '1-1\t0-3\tabc\t_\t', '', '#Text=d', '2-1\t2-3\td\t_\t')).toMatch(
      /f\.tsv:9: the sentence begins at 2, but the text before it ends at 3/,
    )
  })

  it('keeps offsets of running text', () => {
    const text = '  Ida Horn wohnt in Kiel. Sie kommt.\n\n\tNie.'
    const doc = { text, ...segment(text), entities: [entity(text, 'Kiel')] }
    const read = readWebAnno(formatWebAnno(doc))
    expect(read.mentions[0]).toMatchObject({ text: 'Kiel', start: text.indexOf('Kiel') })
    expect(read.text).toBe('  Ida Horn wohnt in Kiel.\nSie kommt.\n  Nie.')
  })
})
