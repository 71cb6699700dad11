import { Char, classAt, classOf } from './characters.js'
import { tokenizerLists } from './lists.js'
import type { TokenSpans } from './token-spans.js'

/**
 * Sentence boundaries as token indices: sentence `k` holds the tokens `[starts[k], starts[k + 1])`; the last element is
 * the number of tokens. An empty text has none and yields `[0]`.
 *
 * A sentence ends with . ! ? … (and the quotes and brackets closing after it) where the next token can begin one, with an
 * abbreviation or ordinal before a capitalised function word, at an empty line, and at a line break unless the text is
 * hard-wrapped.
 */
export function splitSentences(text: string, tokens: TokenSpans): Int32Array {
  const starts: number[] = [0]
  const breaks = lineBreaks(text, tokens)
  let index = 0
  while (index < tokens.length - 1) {
    const end = endOfSentence(text, tokens, index)
    if (end > index || breaks[index + 1] === 1) {
      const last = Math.max(end - 1, index)
      starts.push(last + 1)
      index = last + 1
    } else {
      index++
    }
  }
  if (tokens.length > 0 && starts[starts.length - 1] !== tokens.length) starts.push(tokens.length)
  return Int32Array.from(starts)
}

/** Number of the token after the sentence that token `index` closes (with its closing quotes), or 0 if it closes none. */
function endOfSentence(text: string, tokens: TokenSpans, index: number): number {
  const kind = terminalKind(text, tokens, index)
  if (kind === Terminal.None) return 0
  let next = index + 1
  while (next < tokens.length && closesAfter(text, tokens, next)) next++
  if (next >= tokens.length) return 0
  return beginsSentence(text, tokens, next, kind) ? next : 0
}

const Terminal = { None: 0, Mark: 1, Abbreviation: 2 } as const

function terminalKind(text: string, tokens: TokenSpans, index: number): number {
  const end = tokens.ends[index]!
  const last = text.charCodeAt(end - 1)
  const single = end - tokens.starts[index]! === 1
  if (last === 0x2e) {
    return single || text.charCodeAt(tokens.starts[index]!) === 0x2e ? Terminal.Mark : Terminal.Abbreviation
  }
  return single && (last === 0x21 || last === 0x3f || last === 0x2026) ? Terminal.Mark : Terminal.None
}

/** A quote or bracket that closes: it follows what is before it without a space. */
function closesAfter(text: string, tokens: TokenSpans, index: number): boolean {
  const start = tokens.starts[index]!
  if (start !== tokens.ends[index - 1] || tokens.ends[index]! - start > 2) return false
  const unit = text.charCodeAt(start)
  if (unit === 0x29 || unit === 0x5d || unit === 0x21 || unit === 0x3f) return true
  const cls = classOf(unit)
  return (cls === Char.Quote && unit !== 0x201e && unit !== 0x201a) || cls === Char.Apostrophe
}

function beginsSentence(text: string, tokens: TokenSpans, index: number, kind: number): boolean {
  let at = index
  // An opening quote, bracket or dash begins a sentence if the word behind it does.
  while (at < tokens.length - 1 && opensBefore(text, tokens.starts[at]!)) at++
  const start = tokens.starts[at]!
  const cls = classAt(text, start)
  if (kind === Terminal.Abbreviation) {
    return cls === Char.Upper && tokenizerLists().sentenceStarters.has(text.slice(start, tokens.ends[at]!))
  }
  return cls === Char.Upper || cls === Char.Digit || cls === Char.Letter || cls === Char.Symbol
}

function opensBefore(text: string, start: number): boolean {
  const unit = text.charCodeAt(start)
  const cls = classOf(unit)
  return (
    cls === Char.Quote ||
    cls === Char.Apostrophe ||
    unit === 0x28 ||
    unit === 0x5b ||
    unit === 0x2013 ||
    unit === 0x2d
  )
}

/** Marks each token that a line break sets off from the one before it (1), after the text's own habit. */
function lineBreaks(text: string, tokens: TokenSpans): Uint8Array {
  const gaps = new Uint8Array(tokens.length + 1)
  let single = 0
  let continued = 0
  for (let index = 1; index < tokens.length; index++) {
    const newlines = countNewlines(text, tokens.ends[index - 1]!, tokens.starts[index]!)
    if (newlines === 0) continue
    gaps[index] = newlines > 1 ? 1 : 2
    if (newlines > 1) continue
    single++
    if (classAt(text, tokens.starts[index]!) === Char.Lower) continued++
  }
  const wrapped = continued * 4 > single
  for (let index = 1; index < tokens.length; index++) if (gaps[index] === 2) gaps[index] = wrapped ? 0 : 1
  return gaps
}

/** Line breaks between two offsets, "\r\n" counting once. */
export function countNewlines(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at)
    if (classOf(unit) === Char.Newline && !(unit === 0x0a && text.charCodeAt(at - 1) === 0x0d)) count++
  }
  return count
}
