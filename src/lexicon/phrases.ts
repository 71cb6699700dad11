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
/** Bytes of the table that tells most sequences that are not in the set. */
const FILTER = 1 << 16
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
  /** A bit for the last bits of each hash: most sequences asked for are not in the set, and this is small enough for the nearest cache. */
  private readonly filter = new Uint8Array(FILTER)

  constructor(tables: PhraseTables) {
    this.tables = tables
    for (const hash of tables.index.hashes()) this.filter[(hash >>> 3) & (FILTER - 1)]! |= 1 << (hash & 7)
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
    if ((this.filter[(hash >>> 3) & (FILTER - 1)]! & (1 << (hash & 7))) === 0) return 0
    const number = this.tables.index.find(hash)
    return number < 0 ? 0 : (this.tables.flags[number >> 1]! >> ((number & 1) << 2)) & 15
  }

  /** What a word is at the beginning of an entry, by its hash and that without a genitive ending (or 0); see `PhraseWords.begins`. */
  beginning(hash: number, stem: number): number {
    const flags = this.flags(hash)
    if ((flags & KIND_MASK) !== 0 || stem === 0) return flags
    return flags | (this.flags(stem) & KIND_MASK)
  }

  /**
   * Marks the longest matches from left to right among the tokens of the types `types[from .. from + count)`: kind and position of
   * each token in `codes[0 .. count)`, 0 outside. The last word of an entry may stand in the genitive.
   */
  match(types: Int32Array, from: number, count: number, words: PhraseWords, codes: Uint8Array): void {
    const { begins } = words
    codes.fill(0, 0, count)
    let start = 0
    while (start < count) {
      if (begins[types[from + start]!] === 0) start++
      else start += Math.max(1, this.mark(types, from, start, count, words, codes))
    }
  }

  /** Marks the longest match that begins with a token; returns its length, 0 where there is none. */
  private mark(
    types: Int32Array,
    from: number,
    start: number,
    count: number,
    { words, stems, begins }: PhraseWords,
    codes: Uint8Array,
  ): number {
    const first = types[from + start]!
    let flags = begins[first]!
    let kind = flags & KIND_MASK
    let end = kind === 0 ? start : start + 1
    let sequence = words[first]!
    for (let at = start + 1; at < count && at - start < LONGEST_PHRASE; at++) {
      if ((flags & PhraseFlag.Prefix) === 0) break
      const type = types[from + at]!
      const word = combine(sequence, words[type]!)
      flags = this.flags(word)
      let found = flags & KIND_MASK
      const stem = stems[type]!
      if (found === 0 && stem !== 0) found = this.flags(combine(sequence, stem)) & KIND_MASK
      if (found !== 0) {
        end = at + 1
        kind = found
      }
      sequence = word
    }
    for (let at = start; at < end; at++) codes[at] = kind * 4 + positionIn(at, start, end)
    return end - start
  }
}

/** What is known of the words of a text, one element a word type. */
export interface PhraseWords {
  /** Hashes of the words. */
  readonly words: ArrayLike<number>
  /** Those of the words without a genitive ending, 0 where there is none. */
  readonly stems: ArrayLike<number>
  /** Flags of each word as an entry or the beginning of one, 0 for most; see `PhraseSet.beginning`. */
  readonly begins: ArrayLike<number>
}

function positionIn(at: number, start: number, end: number): number {
  if (end - start === 1) return Position.Single
  if (at === start) return Position.Begin
  return at === end - 1 ? Position.End : Position.Inside
}
