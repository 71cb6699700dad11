import { TOKEN_TYPES, type TokenType } from './token-type.js'

/** wink-nlp's parts of speech (Universal POS tags); the number of a tag is its place here, 0 is none. */
export const POS_TAGS = [
  'UNK',
  'ADJ',
  'ADP',
  'ADV',
  'AUX',
  'CCONJ',
  'DET',
  'INTJ',
  'NOUN',
  'NUM',
  'PART',
  'PRON',
  'PROPN',
  'PUNCT',
  'SPACE',
  'SYM',
  'VERB',
  'X',
  'SCONJ',
] as const

export type PosTag = (typeof POS_TAGS)[number]

export function posNumber(tag: PosTag): number {
  return POS_TAGS.indexOf(tag)
}

/** Words get X ("not analysed"): there is no German part-of-speech tagger here, and a guess would be worse than none. */
const POS_OF_TYPE: Partial<Record<TokenType, PosTag>> = {
  number: 'NUM',
  punctuation: 'PUNCT',
  symbol: 'SYM',
  currency: 'SYM',
  emoji: 'SYM',
}

const LOWER = /^\p{Ll}[\p{Ll}\p{M}\-–.]*$/u
const UPPER = /^\p{Lu}[\p{Lu}\p{M}\-–.]*$/u
const TITLE = /^\p{Lu}[\p{Ll}\p{M}\-–.]*$/u

/** The features that wink-nlp computes once for each distinct text: `its.shape`, `its.case` and so on. */
export type FeatureFunctions = Readonly<Record<string, (text: string, type: number) => string | number>>

export function featureFunctions(): FeatureFunctions {
  return {
    prefix: (text) => text.slice(0, 2),
    suffix: (text) => text.slice(-3),
    shape: shapeOf,
    /** 0 other, 1 lower, 2 upper, 3 title: wink-nlp's numbers. */
    lutCase: (text) => (LOWER.test(text) ? 1 : UPPER.test(text) ? 2 : TITLE.test(text) ? 3 : 0),
    isAbbrev: (text) => (/\p{L}\.$/u.test(text) ? 1 : 0),
    pos: (_text, type) => posNumber(POS_OF_TYPE[TOKEN_TYPES[type]!] ?? 'X'),
  }
}

/** Xxxx of any alphabet with cases: a run of one kind counts to four. */
function shapeOf(text: string): string {
  return text
    .replace(/\p{Lu}/gu, 'X')
    .replace(/\p{Ll}/gu, 'x')
    .replace(/\p{Nd}/gu, 'd')
    .replace(/X{5,}/g, 'XXXX')
    .replace(/x{5,}/g, 'xxxx')
    .replace(/d{5,}/g, 'dddd')
}
