import type { Container, SectionView } from '../binary/container.js'
import { hashString } from '../binary/hash.js'
import { HashIndex } from '../binary/hash-index.js'
import { WordCodes } from './word-codes.js'

/**
 * What is known about single words before any training sentence is read: distributional clusters at four grains and name
 * codes. Keyed by 32-bit word hashes; read as zero-copy views.
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

const ANY_NAME =
  WordCode.Given |
  WordCode.Surname |
  WordCode.Place |
  WordCode.Organisation |
  WordCode.Derived |
  WordCode.OtherName

/** The tables: name codes of some words, cluster ids of others, many in both. */
export interface LexiconTables {
  readonly codeIndex: HashIndex
  readonly codes: WordCodes
  readonly clusterIndex: HashIndex
  readonly cluster64: Uint8Array
  readonly cluster256: Uint8Array
  readonly cluster1024: Uint16Array
  readonly cluster4096: Uint16Array
}

/** What the lexicon knows of a word. Cluster ids count from 1; 0 is unknown. */
export interface LexiconEntry {
  readonly codes: number
  readonly cluster64: number
  readonly cluster256: number
  readonly cluster1024: number
  readonly cluster4096: number
  /** Row of the word's vector, -1 for a word without one. */
  readonly row: number
}

export const UNKNOWN_WORD: LexiconEntry = {
  codes: 0,
  cluster64: 0,
  cluster256: 0,
  cluster1024: 0,
  cluster4096: 0,
  row: -1,
}

export class Lexicon {
  private readonly tables: LexiconTables

  constructor(tables: LexiconTables) {
    this.tables = tables
  }

  static fromContainer(container: Container): Lexicon {
    const index = (name: string): HashIndex =>
      new HashIndex(
        container.section(`lexicon.${name}.buckets`, 'u32'),
        container.section(`lexicon.${name}.low`, 'u16'),
      )
    return new Lexicon({
      codeIndex: index('codes'),
      codes: WordCodes.fromContainer(container),
      clusterIndex: index('clusters'),
      cluster64: container.section('lexicon.cluster64', 'u8'),
      cluster256: container.section('lexicon.cluster256', 'u8'),
      cluster1024: container.section('lexicon.cluster1024', 'u16'),
      cluster4096: container.section('lexicon.cluster4096', 'u16'),
    })
  }

  toSections(): Record<string, SectionView> {
    const { codeIndex, codes, clusterIndex, cluster64, cluster256, cluster1024, cluster4096 } = this.tables
    return {
      'lexicon.codes.buckets': codeIndex.buckets,
      'lexicon.codes.low': codeIndex.low,
      ...codes.toSections(),
      'lexicon.clusters.buckets': clusterIndex.buckets,
      'lexicon.clusters.low': clusterIndex.low,
      'lexicon.cluster64': cluster64,
      'lexicon.cluster256': cluster256,
      'lexicon.cluster1024': cluster1024,
      'lexicon.cluster4096': cluster4096,
    }
  }

  /** Number of words that have clusters and a vector. */
  get vectorRows(): number {
    return this.tables.clusterIndex.size
  }

  /** Row of a word's vector as it stands, or -1. */
  rowOf(word: string): number {
    return this.tables.clusterIndex.find(hashString(word))
  }

  /** Entry of a word as it stands, or undefined; see `findForm` for its other spellings. */
  find(word: string): LexiconEntry | undefined {
    const { tables } = this
    const hash = hashString(word)
    const code = tables.codeIndex.find(hash)
    const cluster = tables.clusterIndex.find(hash)
    if (code < 0 && cluster < 0) return undefined
    return {
      codes: code < 0 ? 0 : tables.codes.at(code),
      cluster64: cluster < 0 ? 0 : tables.cluster64[cluster]! + 1,
      cluster256: cluster < 0 ? 0 : tables.cluster256[cluster]! + 1,
      cluster1024: cluster < 0 ? 0 : tables.cluster1024[cluster]! + 1,
      cluster4096: cluster < 0 ? 0 : tables.cluster4096[cluster]! + 1,
      row: cluster,
    }
  }

  /** Codes of the word `text.slice(start, end)` as it stands, 0 where it has none. */
  codesOf(text: string, start = 0, end = text.length): number {
    const code = this.tables.codeIndex.find(hashString(text, start, end))
    return code < 0 ? 0 : this.tables.codes.at(code)
  }

  /** Entry of the word or of its nearest known spelling: digits as 0, all capitals as a name, first letter small. */
  findForm(word: string): LexiconEntry | undefined {
    const exact = this.find(word)
    if (exact !== undefined) return exact
    const digits = word.replace(/\d/g, '0')
    if (digits !== word) return this.find(digits)
    const lower = word.toLowerCase()
    if (word.length > 3 && word === word.toUpperCase() && word !== lower) {
      const titled = this.find(word.charAt(0) + lower.slice(1))
      if (titled !== undefined) return titled
    }
    return lower === word ? undefined : this.find(lower)
  }

  /** True for words that are in use and not known as names, or as often ordinary words. */
  isCommon(word: string): boolean {
    const codes = this.codesOf(word)
    return (codes & WordCode.Known) !== 0 && ((codes & ANY_NAME) === 0 || (codes & WordCode.Ordinary) !== 0)
  }
}
