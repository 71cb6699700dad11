import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CorpusError } from '../../src/errors.js'
import { parseAnnotated } from '../../src/formats/annotated.js'
import { annotatedToSentences } from '../../src/formats/annotated-conll.js'
import {
  annotatedFromSpacy,
  annotatedToBrat,
  annotatedToSpacy,
  mentionsFromBrat,
} from '../../src/formats/annotated-export.js'
import { formatBrat } from '../../src/formats/brat.js'
import { codePointOffsets } from '../../src/formats/code-points.js'
import { formatConll, parseConll } from '../../src/formats/conll.js'
import { detokenize } from '../../src/formats/detokenize.js'
import { toSpacy } from '../../src/formats/spacy.js'
import { LABEL_NAMES } from '../../src/labels/scheme.js'
import type { Entity } from '../../src/types.js'

function faultOf(run: () => unknown): CorpusError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(CorpusError)
    return error as CorpusError
  }
  throw new Error('expected an error')
}

describe('CoNLL', () => {
  const text = 'Der\tO\tO\nHamburger\tB-ORG\tB-LOCderiv\nSV\tI-ORG\tO\n\nEU-Chef\tB-ORGpart\tO\n\n'

  it('round-trips', () => {
    const sentences = parseConll(text, 'x')
    expect(sentences.map(({ words }) => words)).toEqual([['Der', 'Hamburger', 'SV'], ['EU-Chef']])
    expect(formatConll(sentences)).toBe(text)
  })

  it('reads two columns, OTH as MISC, comments, carriage returns and a missing last line break', () => {
    const [sentence] = parseConll('# url\r\nEuro\tB-OTH\r\n.\tO', 'x')
    expect([...sentence!.labels].map((label) => LABEL_NAMES[label])).toEqual(['B-MISC', 'O'])
    expect(sentence!.line).toBe(2)
  })

  it('names file, line and remedy of a fault', () => {
    const columns = faultOf(() => parseConll('a\tO\nb O\n', 'f.conll'))
    expect(columns.message).toMatch(/f\.conll:2: expected "token TAB tag.*found 1 column.*one tab/)
    expect(columns.line).toBe(2)
    expect(faultOf(() => parseConll('a\tB-XYZ\n', 'f.conll')).message).toMatch(
      /f\.conll:1: unknown tag "B-XYZ"; expected one of O, B-PER/,
    )
    expect(faultOf(() => parseConll('a\tO\nb\tI-PER\n', 'f.conll')).message).toMatch(
      /f\.conll:2: I-PER follows O.*Write B-PER/,
    )
  })
})

const CORPUS = `# header

=== a-01 | genre: agency | region: Hamburg
[[Hamburger|LOCderiv|Hamburg] SV|ORG] siegt

Die [EU|ORGpart|Europäische Union]-Chefin und [Ida Horn|PER|*] sagten \\[nichts\\].
=== a-02 | genre: ticker
Nichts.
`

describe('annotated text', () => {
  it('takes the markup out and keeps offsets exact', () => {
    const [first, second] = parseAnnotated(CORPUS, 'x')
    expect(first!.text).toBe('Hamburger SV siegt\n\nDie EU-Chefin und Ida Horn sagten [nichts].')
    expect(
      first!.mentions.map(({ text, type, kind, canonical, invented, depth }) => [
        text,
        type,
        kind,
        canonical,
        invented,
        depth,
      ]),
    ).toEqual([
      ['Hamburger SV', 'ORG', 'name', 'Hamburger SV', false, 0],
      ['Hamburger', 'LOC', 'derived', 'Hamburg', false, 1],
      ['EU', 'ORG', 'compound', 'Europäische Union', false, 0],
      ['Ida Horn', 'PER', 'name', 'Ida Horn', true, 0],
    ])
    for (const { start, end, text } of first!.mentions) expect(first!.text.slice(start, end)).toBe(text)
    expect(first!.meta).toEqual({ genre: 'agency', region: 'Hamburg' })
    expect(second!.mentions).toEqual([])
  })

  it('names file, line and remedy of a fault', () => {
    const fault = (body: string): string =>
      faultOf(() => parseAnnotated(`=== t\nZeile eins\n${body}`, 'c.txt')).message
    expect(fault('[Kiel|LOK]')).toMatch(/c\.txt.*unknown tag "LOK".*line 3.*Use one of PER/)
    expect(fault('[Kiel')).toMatch(/not closed.*\(line 3\)/)
    expect(fault('Kiel]')).toMatch(/"\]" without its mention/)
    expect(fault('[ Kiel|LOC]')).toMatch(/neither begins nor ends with a space/)
    expect(fault('[a [b [c|LOC]|LOC]|LOC]')).toMatch(/nested too deep/)
    expect(faultOf(() => parseAnnotated('Kiel\n', 'c.txt')).message).toMatch(
      /c\.txt:1: text before the first/,
    )
  })

  it('becomes labelled sentences in the terms of GermEval: compounds on the whole word, nested names inside', () => {
    const sentences = annotatedToSentences(parseAnnotated(CORPUS, 'x')[0]!)
    expect(
      sentences.map(({ words, labels, inner }) =>
        words.map((word, i) => `${word}/${LABEL_NAMES[labels[i]!]}/${LABEL_NAMES[inner[i]!]}`).join(' '),
      ),
    ).toEqual([
      'Hamburger/B-ORG/B-LOCderiv SV/I-ORG/O siegt/O/O',
      'Die/O/O EU-Chefin/B-ORGpart/O und/O/O Ida/B-PER/O Horn/I-PER/O sagten/O/O [/O/O nichts/O/O ]/O/O ./O/O',
    ])
  })
})

describe('detokenize', () => {
  it('joins tokens as German is written', () => {
    const { text, spans } = detokenize([
      'Er',
      'sagte',
      ':',
      '„',
      'Ja',
      '!',
      '“',
      '(',
      'dpa',
      ')',
      '"',
      'so',
      '"',
      '.',
    ])
    expect(text).toBe('Er sagte: „Ja!“ (dpa) "so".')
    expect(text.slice(spans.starts[8], spans.ends[8])).toBe('dpa')
  })
})

const ENTITY: Entity = {
  start: 3,
  end: 7,
  text: 'Kiel',
  type: 'LOC',
  kind: 'name',
  score: 1,
  canonical: 'Kiel',
  id: 'Q1707',
  cluster: 0,
}
const DERIVED: Entity = { ...ENTITY, start: 8, end: 14, text: 'Kieler', kind: 'derived' }
const TEXT = '👍 Kiel Kieler'

describe('formats for other tools', () => {
  it('count code points where Python does', () => {
    const offset = codePointOffsets(TEXT)
    expect([0, 2, 3, 7].map(offset)).toEqual([0, 1, 2, 6])
    expect([...TEXT].slice(offset(3), offset(7)).join('')).toBe('Kiel')
  })

  it('write spaCy JSON without overlaps', () => {
    expect(toSpacy({ text: TEXT, entities: [ENTITY, { ...ENTITY, start: 4 }, DERIVED] })).toEqual({
      text: TEXT,
      ents: [
        { start: 2, end: 6, label: 'LOC', kb_id: 'Q1707' },
        { start: 7, end: 13, label: 'LOCderiv', kb_id: 'Q1707' },
      ],
    })
  })

  it('write brat stand-off', () => {
    expect(formatBrat({ text: TEXT, entities: [ENTITY, DERIVED] })).toBe(
      'T1\tLOC 2 6\tKiel\nN1\tReference T1 Wikidata:Q1707\tKiel\n#1\tAnnotatorNotes T1\tKiel\nT2\tLOC 7 13\tKieler\nA2\tKind T2 derived\nN2\tReference T2 Wikidata:Q1707\tKiel\n#2\tAnnotatorNotes T2\tKiel\n',
    )
    expect(formatBrat({ text: '', entities: [] })).toBe('')
  })
})

describe('corpus exports', () => {
  const texts = parseAnnotated(CORPUS, 'x')

  it('round-trip through spaCy JSON', () => {
    for (const { line: _line, ...text } of texts) {
      expect(annotatedFromSpacy(JSON.parse(JSON.stringify(annotatedToSpacy({ ...text, line: 1 }))))).toEqual(
        text,
      )
    }
  })

  it('round-trip through brat, emoji and all', () => {
    const [text] = parseAnnotated(
      '=== t\n👍 [[Kieler|LOCderiv|Kiel] Werft|ORG|*Kieler Werft AG] und [Ida|PER|*]',
      'x',
    )
    for (const { text: plain, mentions } of [...texts, text!].map((t) => t)) {
      expect(
        mentionsFromBrat(plain, annotatedToBrat({ id: '', meta: {}, text: plain, mentions, line: 1 })),
      ).toEqual(mentions)
    }
  })

  it('round-trip for every text of the corpus', () => {
    for (const split of ['train', 'dev', 'test']) {
      const folder = new URL(`../../corpus/texts/${split}/`, import.meta.url)
      for (const name of readdirSync(folder)) {
        for (const text of parseAnnotated(readFileSync(new URL(name, folder), 'utf8'), name)) {
          const { line: _line, ...rest } = text
          expect(annotatedFromSpacy(annotatedToSpacy(text)), text.id).toEqual(rest)
          expect(mentionsFromBrat(text.text, annotatedToBrat(text)), text.id).toEqual(text.mentions)
          const sentences = annotatedToSentences(text)
          const read = parseConll(formatConll(sentences), name)
          expect(read.map(({ words }) => words)).toEqual(sentences.map(({ words }) => words))
          expect(read.map(({ labels }) => [...labels])).toEqual(sentences.map(({ labels }) => [...labels]))
        }
      }
    }
  })

  it('round-trip through CoNLL: the same labels, outer and inner', () => {
    const sentences = texts.flatMap(annotatedToSentences)
    const read = parseConll(formatConll(sentences), 'x')
    expect(read.map(({ words, labels, inner }) => ({ words, labels, inner }))).toEqual(
      sentences.map(({ words, labels, inner }) => ({ words, labels, inner })),
    )
  })
})
