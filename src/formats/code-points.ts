import { countBelow } from '../binary/bisect.js'

/**
 * Translates UTF-16 offsets of a text into code-point offsets, as Python tools count them. Ask in any order; texts without
 * characters beyond the basic plane cost nothing.
 */
export function codePointOffsets(text: string): (offset: number) => number {
  const lows: number[] = []
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0xdc00 || unit > 0xdfff) continue
    const before = text.charCodeAt(at - 1)
    if (before >= 0xd800 && before <= 0xdbff) lows.push(at)
  }
  if (lows.length === 0) return (offset) => offset
  // Each second half of a pair before the offset is one unit too many.
  return (offset) => offset - countBelow(lows, offset)
}

/** The inverse: code-point offsets of a text to UTF-16 offsets. An offset beyond the end is answered beyond the end. */
export function utf16Offsets(text: string): (offset: number) => number {
  // Code-point offset of each pair of surrogates: all offsets behind it lie one unit further.
  const pairs: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text.codePointAt(at)! <= 0xffff) continue
    pairs.push(at - pairs.length)
    at++
  }
  if (pairs.length === 0) return (offset) => offset
  return (offset) => offset + countBelow(pairs, offset)
}
