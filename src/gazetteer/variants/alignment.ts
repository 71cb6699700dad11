import { readGraphemes, SILENT, VOWELS } from './graphemes.js'
import { type Orthography, symbolPrice } from './orthography.js'

/** What a word sounds like: one phoneme mask a symbol, double consonants once. */
export type Sound = readonly number[]

/**
 * @param word in small letters, see `bareName`
 * @param profile orthography of the name where it is known
 */
export function soundOf(word: string, profile = ''): Sound {
  const masks: number[] = []
  const graphemes = readGraphemes(word, profile)
  for (const [index, { letters, masks: symbols }] of graphemes.entries()) {
    // An h before a vowel is heard: Teheran, but Tehran.
    const isHeard = letters === 'h' && ((graphemes[index + 1]?.masks[0] ?? 0) & VOWELS) !== 0
    for (const symbol of symbols) {
      const mask = isHeard ? symbol & ~SILENT : symbol
      if (mask !== masks[masks.length - 1] || (mask & VOWELS) !== 0) masks.push(mask)
    }
  }
  return masks
}

/**
 * Least price of turning one sound into the other (weighted edit distance, Wagner and Fischer 1974, with the prices of an
 * orthography); above `limit` any number above it.
 */
export function alignmentCost(a: Sound, b: Sound, orthography: Orthography, limit: number): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 0 : Number.POSITIVE_INFINITY
  let row = new Float64Array(b.length + 1)
  let next = new Float64Array(b.length + 1)
  for (let j = 1; j <= b.length; j++) row[j] = row[j - 1]! + price(b[j - 1]!, 0, orthography)
  for (const first of a) {
    const left = price(first, 0, orthography)
    next[0] = row[0]! + left
    let least = next[0]
    for (let j = 1; j <= b.length; j++) {
      const second = b[j - 1]!
      next[j] = Math.min(
        row[j - 1]! + price(first, second, orthography),
        row[j]! + left,
        next[j - 1]! + price(second, 0, orthography),
      )
      if (next[j]! < least) least = next[j]!
    }
    if (least > limit) return least
    ;[row, next] = [next, row]
  }
  return row[b.length]!
}

/** Price of two graphemes that have a sound in common, among others: many such chances make two names. */
const MAY_SOUND_ALIKE = 0.02

const known = new WeakMap<Orthography, Map<number, Map<number, number>>>()

/** Prices of pairs are few and looked up often. */
function price(a: number, b: number, orthography: Orthography): number {
  if (a === b) return 0
  if (a & b) return MAY_SOUND_ALIKE
  let rows = known.get(orthography)
  if (rows === undefined) {
    rows = new Map()
    known.set(orthography, rows)
  }
  let row = rows.get(a)
  if (row === undefined) {
    row = new Map()
    rows.set(a, row)
  }
  let cost = row.get(b)
  if (cost === undefined) {
    cost = symbolPrice(a, b, orthography)
    row.set(b, cost)
  }
  return cost
}
