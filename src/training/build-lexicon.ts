import { combine, hashString } from '../binary/hash.js'
import { HashIndex, sortByHash } from '../binary/hash-index.js'
import { Lexicon, type LexiconTables, WordCode } from '../lexicon/lexicon.js'
import { KIND_MASK, LONGEST_PHRASE, PhraseFlag, PhraseSet } from '../lexicon/phrases.js'
import { WordCodes } from '../lexicon/word-codes.js'
import { cleanWord } from '../text/characters.js'
import { tokenize } from '../text/tokenizer.js'
import { ordinarySurfaces, rows, tableRows, wordCounts } from './tables.js'

/** Contents of the source files, read by the caller. Formats: see the README beside each source. */
export interface LexiconSources {
  /** word TAB c64 TAB c256 TAB c1024 TAB c4096, most frequent first. */
  readonly clusters: string
  /** word TAB count. */
  readonly counts: string
  /** word TAB codes; a word may stand in several tables. */
  readonly names: readonly string[]
  readonly firstnames: string
  readonly surnames: string
  /** The merged entity table; only licence classes A and B are used. */
  readonly entities: string
  /** The knowledge tables: canonical TAB subtype TAB country TAB aliases. */
  readonly knowledge: readonly string[]
  /** canonical TAB type TAB subtype TAB aliases (;) TAB valid. */
  readonly checklist: string
  /** surface TAB types TAB as ordinary word TAB as name. */
  readonly ambiguous: string
  /** Tables of this repository: canonical TAB type TAB subtype TAB country TAB rank TAB aliases (|, with years). */
  readonly own: readonly string[]
  /** canonical TAB type TAB derived words (|). */
  readonly derived: string
}

export interface LexiconLimits {
  /** Most frequent words whose clusters are kept. */
  readonly clusterWords: number
  /** Registered given names kept: those with at least this count, or among the top of some country. */
  readonly firstnameCount: number
  /** Aliases of entities below this prominence (0-100) are left out of the phrases. */
  readonly aliasProminence: number
  /** Entities outside of Germany, Austria and Switzerland below this prominence are left out of the phrases. */
  readonly foreignProminence: number
}

export const DEFAULT_LIMITS: LexiconLimits = {
  clusterWords: 110_000,
  firstnameCount: 3,
  aliasProminence: 40,
  foreignProminence: 0,
}

const HOME = new Set(['DE', 'AT', 'CH', 'LI', 'LU'])

const NAME_CODES: Readonly<Record<string, number>> = {
  G: WordCode.Given,
  S: WordCode.Surname,
  L: WordCode.Place,
  O: WordCode.Organisation,
  D: WordCode.Derived,
  M: WordCode.OtherName,
  n: WordCode.Ordinary,
}

interface Entry {
  codes: number
  clusters: readonly number[]
}

const NO_CLUSTERS: readonly number[] = []

/** Word table of the tagger: clusters, name codes and frequency classes of single words. */
export function buildLexicon(sources: LexiconSources, limits: LexiconLimits): Lexicon {
  const entries = new Map<string, Entry>()
  const at = (word: string): Entry => {
    let entry = entries.get(word)
    if (entry === undefined) {
      entry = { codes: 0, clusters: NO_CLUSTERS }
      entries.set(word, entry)
    }
    return entry
  }
  for (const [index, [word, ...ids]] of rows(sources.clusters).entries()) {
    if (index >= limits.clusterWords) break
    if (word !== undefined && word !== '' && word !== '</s>') at(word).clusters = ids.map(Number)
  }
  for (const [word, codes] of sources.names.flatMap(rows)) {
    if (word) for (const code of codes ?? '') at(word).codes |= NAME_CODES[code] ?? 0
  }
  for (const [name, , count, countries] of rows(sources.firstnames).slice(1)) {
    if (name && (Number(count) >= limits.firstnameCount || countries)) at(name).codes |= WordCode.ListedGiven
  }
  for (const [name] of rows(sources.surnames).slice(1)) if (name) at(name).codes |= WordCode.ListedSurname
  const ordinary = ordinaryWords(sources)
  for (const phrase of gazetteerPhrases(sources, limits)) {
    if (phrase.words.length !== 1 || ordinary.has(phrase.words[0]!)) continue
    at(phrase.words[0]!).codes |=
      phrase.flags & PhraseFlag.Place ? WordCode.ListedPlace : WordCode.ListedOrganisation
  }
  addOwnWords(sources, ordinary, (word, code) => {
    at(word).codes |= code
  })
  addFrequencies(sources.counts, entries)
  return new Lexicon(tablesOf(entries))
}

/** Derived words, and the given names and surnames of the people in the tables of this repository. */
function addOwnWords(
  sources: LexiconSources,
  ordinary: ReadonlySet<string>,
  add: (word: string, code: number) => void,
): void {
  for (const [, , words = ''] of tableRows(sources.derived)) {
    for (const word of words.split('|')) {
      if (word.includes(' ') || ordinary.has(word)) continue
      const endings = /^\p{Ll}/u.test(word) ? ADJECTIVE_ENDINGS : NO_ENDING
      for (const ending of endings) add(word + ending, WordCode.Derived)
    }
  }
  for (const [name = '', type] of sources.own.flatMap(tableRows)) {
    if (type !== 'PER' || !/^[\p{L}\p{M} .'’-]+ [\p{L}\p{M}'’-]+$/u.test(name)) continue
    const words = name.split(' ')
    const [given] = words
    const surname = words[words.length - 1]!
    if (/^\p{Lu}\p{Ll}/u.test(given!) && !ordinary.has(given!)) add(given!, WordCode.Given)
    if (/^\p{Lu}\p{Ll}/u.test(surname) && !ordinary.has(surname)) add(surname, WordCode.Surname)
  }
}

const ADJECTIVE_ENDINGS = ['', 'e', 'en', 'em', 'er', 'es']
const NO_ENDING = ['']

/** Frequency classes and how often a word is written small, for words that are entered already. */
function addFrequencies(counts: string, entries: Map<string, Entry>): void {
  const frequency = wordCounts(counts)
  for (const [word, entry] of entries) {
    const own = frequency.get(word) ?? 0
    if (own >= 50) entry.codes |= WordCode.Known
    if (own >= 1000) entry.codes |= WordCode.Frequent
    const lower = word.toLowerCase()
    if (lower === word) continue
    const small = frequency.get(lower) ?? 0
    if (small * 10 >= own && small > 0) entry.codes |= WordCode.SometimesLower
    if (small >= own && small > 0) entry.codes |= WordCode.MostlyLower
  }
}

function tablesOf(entries: Map<string, Entry>): LexiconTables {
  const all = [...entries].map(([word, entry]) => [hashString(word), entry] as const)
  const coded = sortByHash(all.filter(([, { codes }]) => codes !== 0))
  const clustered = sortByHash(all.filter(([, { clusters }]) => clusters.length === 4))
  const grain = (index: number): number[] => clustered.values.map(({ clusters }) => clusters[index]!)
  return {
    codeIndex: HashIndex.build(coded.hashes),
    codes: WordCodes.pack(coded.values.map(({ codes }) => codes)),
    clusterIndex: HashIndex.build(clustered.hashes),
    cluster64: Uint8Array.from(grain(0)),
    cluster256: Uint8Array.from(grain(1)),
    cluster1024: Uint16Array.from(grain(2)),
    cluster4096: Uint16Array.from(grain(3)),
  }
}

interface Phrase {
  readonly words: readonly string[]
  readonly flags: number
}

/** Set of place and organisation names as word sequences. */
export function buildPhrases(sources: LexiconSources, limits: LexiconLimits): PhraseSet {
  const ordinary = ordinaryWords(sources)
  const flags = new Map<number, number>()
  const add = (hash: number, bits: number): void => {
    flags.set(hash, (flags.get(hash) ?? 0) | bits)
  }
  for (const phrase of gazetteerPhrases(sources, limits)) {
    if (phrase.words.length > LONGEST_PHRASE) continue
    if (phrase.words.length === 1 && ordinary.has(phrase.words[0]!)) continue
    let hash = hashString(phrase.words[0]!)
    for (let length = 1; length <= phrase.words.length; length++) {
      if (length > 1) hash = combine(hash, hashString(phrase.words[length - 1]!))
      add(hash, length === phrase.words.length ? phrase.flags & KIND_MASK : PhraseFlag.Prefix)
    }
  }
  const { hashes, values } = sortByHash(flags)
  const packed = new Uint8Array(Math.ceil(values.length / 2))
  for (const [number, bits] of values.entries()) packed[number >> 1]! |= bits << ((number & 1) << 2)
  return new PhraseSet({ index: HashIndex.build(hashes), flags: packed })
}

/** Surfaces that occur as ordinary words at least as often as as names, and words usually written small. */
function ordinaryWords(sources: LexiconSources): Set<string> {
  const words = ordinarySurfaces(sources.ambiguous)
  const frequency = wordCounts(sources.counts)
  for (const [word, own] of frequency) {
    const lower = word.toLowerCase()
    if (lower !== word && (frequency.get(lower) ?? 0) > own * 2) words.add(word)
    if (lower === word) words.add(word)
  }
  return words
}

function* gazetteerPhrases(sources: LexiconSources, limits: LexiconLimits): Generator<Phrase> {
  for (const cells of rows(sources.entities).slice(1)) {
    const [canonical, type, , , aliases, prominence, , country = '', , licence] = cells
    if (!canonical || type === 'PER' || !/[AB]/.test(licence ?? '')) continue
    const rank = Number(prominence)
    if (rank < limits.foreignProminence && !HOME.has(country)) continue
    const flag =
      (type === 'LOC' ? PhraseFlag.Place : PhraseFlag.Organisation) | (rank >= 50 ? PhraseFlag.Prominent : 0)
    yield* phrasesOf([canonical, ...(rank >= limits.aliasProminence ? (aliases ?? '').split('|') : [])], flag)
  }
  const curated = PhraseFlag.Organisation | PhraseFlag.Prominent
  for (const table of sources.knowledge) {
    for (const [canonical, , , aliases] of rows(table).slice(1)) {
      if (canonical) yield* phrasesOf([canonical, ...(aliases ?? '').split('|')], curated)
    }
  }
  for (const [canonical, type, , aliases] of rows(sources.checklist).slice(1)) {
    if (!canonical || type === 'PER') continue
    const flag = (type === 'LOC' ? PhraseFlag.Place : PhraseFlag.Organisation) | PhraseFlag.Prominent
    yield* phrasesOf([canonical, ...(aliases ?? '').split(';')], flag)
  }
  yield* ownPhrases(sources.own)
}

/** Rank from which an entity of this repository's tables counts as prominent. */
const PROMINENT_RANK = 3

function* ownPhrases(tables: readonly string[]): Generator<Phrase> {
  const all = tables.flatMap(tableRows).map(([canonical = '', type, subtype, , rank, aliases = '']) => ({
    type,
    flag: Number(rank) >= PROMINENT_RANK ? PhraseFlag.Prominent : 0,
    surfaces: [canonical, ...aliases.split('|').map((alias) => alias.replace(/\s*\[[\d-]*\]$/, ''))].flatMap(
      (surface) =>
        subtype === 'station' ? [surface, surface.replace(/\bHauptbahnhof\b/, 'Hbf')] : [surface],
    ),
  }))
  const places = new Set(all.flatMap(({ type, surfaces }) => (type === 'LOC' ? surfaces : [])))
  for (const { type, flag, surfaces } of all) {
    if (type === 'LOC') yield* phrasesOf(surfaces, flag | PhraseFlag.Place)
    // A club is called by its town, but a town's name is no sign of a club: the sentence must tell.
    if (type === 'ORG')
      yield* phrasesOf(
        surfaces.filter((surface) => !places.has(surface)),
        flag | PhraseFlag.Organisation,
      )
  }
}

function* phrasesOf(surfaces: readonly string[], flags: number): Generator<Phrase> {
  for (const surface of surfaces) {
    if (surface.length < 2 || surface.length > 80 || /[[\]()]/.test(surface)) continue
    const clean = cleanWord(surface)
    const tokens = tokenize(clean)
    if (tokens.length === 0) continue
    const words = Array.from({ length: tokens.length }, (_, i) =>
      clean.slice(tokens.starts[i], tokens.ends[i]),
    )
    if (words.length === 1 && (words[0]!.length < 2 || /^[\p{Ll}\d]/u.test(words[0]!))) continue
    yield { words, flags }
  }
}
