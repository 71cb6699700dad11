/** Character classes of UTF-16 code units, in a table that is filled page by page as text needs it. */

export const Char = {
  /** Anything without a class of its own: controls, unassigned, lone surrogates. */
  Other: 0,
  Space: 1,
  Newline: 2,
  Lower: 3,
  Upper: 4,
  /** Letters without case (Arabic, Hebrew, Han, ordinal indicators). */
  Letter: 5,
  Digit: 6,
  /** Combining marks: part of the letter before them. */
  Mark: 7,
  /** Invisible characters that may stand inside a word: soft hyphen, zero-width (non-)joiner, word joiner. */
  Joiner: 8,
  Hyphen: 9,
  Apostrophe: 10,
  Period: 11,
  Quote: 12,
  Punctuation: 13,
  Symbol: 14,
  /** First half of a surrogate pair; the pair is classified by `classOfPair`. */
  High: 15,
  Low: 16,
} as const

const PAGE = 256
const table = new Uint8Array(65536)
const filled = new Uint8Array(65536 / PAGE)

const MARK = /^\p{M}$/u
/** Decimal digits, and the superscript ones of km² and m³. */
const DIGIT = /^[\p{Nd}\u00B2\u00B3\u00B9]$/u
const UPPER = /^[\p{Lu}\p{Lt}]$/u
const LOWER = /^\p{Ll}$/u
const LETTER = /^[\p{L}\p{Nl}]$/u
const SPACE = /^[\s\p{Z}\u0085]$/u
const PUNCTUATION = /^\p{P}$/u
const SYMBOL = /^[\p{S}\p{No}]$/u

const JOINERS = '\u00AD\u200B\u200C\u200D\u2060\uFEFF'
const HYPHENS = '-\u2010\u2011'
const APOSTROPHES = "'\u2019\u02BC\u02B9\uFF07`\u00B4"
const QUOTES = '"\u201C\u201D\u201E\u201F\u00AB\u00BB\u2039\u203A\u2018\u201A\u201B\u301D\u301E\u301F'
const NEWLINES = '\n\r\u2028\u2029\u0085\f\v'

function classify(char: string, unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdbff) return Char.High
  if (unit >= 0xdc00 && unit <= 0xdfff) return Char.Low
  if (NEWLINES.includes(char)) return Char.Newline
  if (JOINERS.includes(char)) return Char.Joiner
  if (HYPHENS.includes(char)) return Char.Hyphen
  if (APOSTROPHES.includes(char)) return Char.Apostrophe
  if (char === '.') return Char.Period
  if (QUOTES.includes(char)) return Char.Quote
  if (SPACE.test(char)) return Char.Space
  if (LOWER.test(char)) return Char.Lower
  if (UPPER.test(char)) return Char.Upper
  if (LETTER.test(char)) return Char.Letter
  if (DIGIT.test(char)) return Char.Digit
  if (MARK.test(char)) return Char.Mark
  if (PUNCTUATION.test(char)) return Char.Punctuation
  if (SYMBOL.test(char)) return Char.Symbol
  return Char.Other
}

function fillPage(page: number): void {
  for (let unit = page * PAGE; unit < (page + 1) * PAGE; unit++) {
    table[unit] = classify(String.fromCharCode(unit), unit)
  }
  filled[page] = 1
}

/** Class of one UTF-16 code unit. */
export function classOf(unit: number): number {
  if (filled[unit >> 8] === 0) fillPage(unit >> 8)
  return table[unit]!
}

/** Class of the code point at `index`; surrogate pairs count as what they encode, lone surrogates as Other. */
export function classAt(text: string, index: number): number {
  const cls = classOf(text.charCodeAt(index))
  if (cls < Char.High) return cls
  if (cls === Char.High && index + 1 < text.length && isLow(text.charCodeAt(index + 1))) {
    return classOfPair(text.slice(index, index + 2))
  }
  return Char.Other
}

function classOfPair(pair: string): number {
  if (LOWER.test(pair)) return Char.Lower
  if (UPPER.test(pair)) return Char.Upper
  if (LETTER.test(pair)) return Char.Letter
  if (DIGIT.test(pair)) return Char.Digit
  if (MARK.test(pair)) return Char.Mark
  if (PUNCTUATION.test(pair)) return Char.Punctuation
  return Char.Symbol
}

export function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** Width in code units of the code point at `index`: 2 for a surrogate pair, else 1. */
export function widthAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  return unit >= 0xd800 && unit <= 0xdbff && index + 1 < text.length && isLow(text.charCodeAt(index + 1))
    ? 2
    : 1
}

export function isLetterClass(cls: number): boolean {
  return cls === Char.Lower || cls === Char.Upper || cls === Char.Letter
}

export function isWordClass(cls: number): boolean {
  return (cls >= Char.Lower && cls <= Char.Joiner) as boolean
}

/** The word as features and look-ups see it: composed, invisible joiners removed, one apostrophe and one hyphen. */
export function cleanWord(word: string): string {
  if (isPlain(word)) return word
  return word
    .normalize('NFC')
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[\u2019\u02BC\u02B9\uFF07`\u00B4]/g, "'")
    .replace(/[\u2010\u2011]/g, '-')
}

/** True for words of Latin-1 letters, digits and ASCII punctuation, which need no cleaning. */
function isPlain(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i)
    if (unit > 0x17f || unit === 0xad || unit === 0x60 || unit === 0xb4) return false
  }
  return true
}
