import type { Container, SectionView } from '../binary/container.js'
import { combine } from '../binary/hash.js'
import { HashIndex } from '../binary/hash-index.js'

/**
 * Names of several words (and of one) from the gazetteer sources, as a set of hashed word sequences with flags. It tells the
 * tagger that a stretch of tokens is written in a list of places or organisations; it does not say which entity it is.
 */
export const PhraseFlag = {
  Place: 1 << 0,
  Organisation: 1 << 1,
  /** From the curated tables or of high prominence. */
  Prominent: 1 << 2,
  /** Beginning of a longer entry. */
  Prefix: 1 << 3,
} as const

export const KIND_MASK = PhraseFlag.Place | PhraseFlag.Organisation | PhraseFlag.Prominent
/** Longest entry, in words. */
export const LONGEST_PHRASE = 8

export interface PhraseTables {
  /** Number of each hashed sequence. */
  readonly index: HashIndex
  /** Flags of each sequence, four bits; the first of two in the lower half of a byte. */
  readonly flags: Uint8Array
}

/** Position codes within a match, for features: 0 none; otherwise kind (1..7) * 4 + position. */
const Position = { Single: 0, Begin: 1, Inside: 2, End: 3 } as const

export class PhraseSet {
  private readonly tables: PhraseTables

  constructor(tables: PhraseTables) {
    this.tables = tables
  }

  static fromContainer(container: Container): PhraseSet {
    const index = new HashIndex(
      container.section('phrases.buckets', 'u32'),
      container.section('phrases.low', 'u16'),
    )
    return new PhraseSet({ index, flags: container.section('phrases.flags', 'u8') })
  }

  toSections(): Record<string, SectionView> {
    const { index, flags } = this.tables
    return { 'phrases.buckets': index.buckets, 'phrases.low': index.low, 'phrases.flags': flags }
  }

  /** Flags of a hashed sequence, 0 if it is not in the set. */
  flags(hash: number): number {
    const number = this.tables.index.find(hash)
    return number < 0 ? 0 : (this.tables.flags[number >> 1]! >> ((number & 1) << 2)) & 15
  }

  /** Whether an entry may begin with a word, by its hash and that without a genitive ending (or 0). */
  mayBegin(hash: number, stem: number): boolean {
    return this.flags(hash) !== 0 || (stem !== 0 && (this.flags(stem) & KIND_MASK) !== 0)
  }

  /**
   * Marks the longest matches from left to right in `codes[0..count)`: kind and position of each token, 0 outside.
   * `hashes` are the words' hashes, `stems` those of the words without a genitive ending (or 0), tried for the last word; `begins`
   * is 0 for words with which no entry begins.
   */
  match(
    hashes: ArrayLike<number>,
    stems: ArrayLike<number>,
    begins: ArrayLike<number>,
    count: number,
    codes: Uint8Array,
  ): void {
    codes.fill(0, 0, count)
    let start = 0
    while (start < count) {
      if (begins[start] === 0) {
        start++
        continue
      }
      let sequence = 0
      let end = 0
      let kind = 0
      for (let at = start; at < count && at - start < LONGEST_PHRASE; at++) {
        const word = at === start ? hashes[at]! : combine(sequence, hashes[at]!)
        const flags = this.flags(word)
        let found = flags & KIND_MASK
        if (found === 0 && stems[at] !== 0) {
          found = this.flags(at === start ? stems[at]! : combine(sequence, stems[at]!)) & KIND_MASK
        }
        if (found !== 0) {
          end = at + 1
          kind = found
        }
        if ((flags & PhraseFlag.Prefix) === 0) break
        sequence = word
      }
      if (end === 0) {
        start++
        continue
      }
      for (let at = start; at < end; at++) codes[at] = kind * 4 + positionIn(at, start, end)
      start = end
    }
  }
}

function positionIn(at: number, start: number, end: number): number {
  if (end - start === 1) return Position.Single
  if (at === start) return Position.Begin
  return at === end - 1 ? Position.End : Position.Inside
}
