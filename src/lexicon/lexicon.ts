import type { Container, SectionView } from '../binary/container.js'
import { hashString } from '../binary/hash.js'

/**
 * What is known about single words before any training sentence is read: distributional clusters at four grains and name
 * codes. Stored as an open-addressing table keyed by 32-bit word hashes; read as zero-copy views.
 */
export const WordCode = {
  /** Sorted by careful readers: given name, surname, place, organisation, derived from a place, other name. */
  Given: 1 << 0,
  Surname: 1 << 1,
  Place: 1 << 2,
  Organisation: 1 << 3,
  Derived: 1 << 4,
  OtherName: 1 << 5,
  /** As often an ordinary word as a name. */
  Ordinary: 1 << 6,
  /** Listed as a given name or surname in registers. */
  ListedGiven: 1 << 7,
  ListedSurname: 1 << 8,
  /** One-word place or organisation of the gazetteer. */
  ListedPlace: 1 << 9,
  ListedOrganisation: 1 << 10,
  /** Written small at least once for every ten times it is written with a capital, or at least as often. */
  SometimesLower: 1 << 11,
  MostlyLower: 1 << 12,
  /** Frequent: 1,000 times or more, 50 times or more in 74 million words. */
  Frequent: 1 << 13,
  Known: 1 << 14,
} as const

/** Cluster ids of the four grains; 0 means unknown, ids of the source are stored plus one. */
export interface LexiconTables {
  /** Word hashes, 0 for an empty slot; the length is a power of two. */
  readonly keys: Uint32Array
  readonly codes: Uint16Array
  readonly cluster64: Uint8Array
  readonly cluster256: Uint16Array
  readonly cluster1024: Uint16Array
  readonly cluster4096: Uint16Array
}

export class Lexicon {
  private readonly tables: LexiconTables
  private readonly mask: number

  constructor(tables: LexiconTables) {
    this.tables = tables
    this.mask = tables.keys.length - 1
  }

  static fromContainer(container: Container): Lexicon {
    return new Lexicon({
      keys: container.section('lexicon.keys', 'u32'),
      codes: container.section('lexicon.codes', 'u16'),
      cluster64: container.section('lexicon.cluster64', 'u8'),
      cluster256: container.section('lexicon.cluster256', 'u16'),
      cluster1024: container.section('lexicon.cluster1024', 'u16'),
      cluster4096: container.section('lexicon.cluster4096', 'u16'),
    })
  }

  toSections(): Record<string, SectionView> {
    return Object.fromEntries(Object.entries(this.tables).map(([name, view]) => [`lexicon.${name}`, view as SectionView]))
  }

  /** Slot of a word, or -1. The word is looked up as it stands; see `findForm` for its other spellings. */
  find(word: string): number {
    const hash = hashString(word) || 1
    for (let slot = hash & this.mask; ; slot = (slot + 1) & this.mask) {
      const key = this.tables.keys[slot]!
      if (key === hash) return slot
      if (key === 0) return -1
    }
  }

  /** Slot of the word or of its nearest known spelling: digits as 0, all capitals as a name, first letter small. */
  findForm(word: string): number {
    const exact = this.find(word)
    if (exact >= 0) return exact
    const digits = word.replace(/\d/g, '0')
    if (digits !== word) return this.find(digits)
    const lower = word.toLowerCase()
    if (word.length > 3 && word === word.toUpperCase() && word !== lower) {
      const titled = this.find(word.charAt(0) + lower.slice(1))
      if (titled >= 0) return titled
    }
    return lower === word ? -1 : this.find(lower)
  }

  codes(slot: number): number {
    return slot < 0 ? 0 : this.tables.codes[slot]!
  }

  cluster(slot: number, grain: 64 | 256 | 1024 | 4096): number {
    if (slot < 0) return 0
    switch (grain) {
      case 64:
        return this.tables.cluster64[slot]!
      case 256:
        return this.tables.cluster256[slot]!
      case 1024:
        return this.tables.cluster1024[slot]!
      default:
        return this.tables.cluster4096[slot]!
    }
  }
}
