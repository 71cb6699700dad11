import type { EntityKind, EntityType } from '../labels/scheme.js'
import { toScore } from '../labels/score.js'
import { cleanWord } from '../text/characters.js'
import { checkEntry, type GazetteerEntry } from './entry.js'
import { foldKey } from './key.js'
import {
  type Candidate,
  type Layer,
  type LinkMethod,
  type Match,
  METHOD_SCORE,
  toCandidate,
} from './match.js'
import { Memory } from './memory.js'
import { monthOf } from './month.js'
import { derivationBases, derivedForms, inflectionBases, isWeakPlural } from './morphology.js'
import { AliasFlag, GazetteerTable } from './table.js'
import { buildTable, type TableEntry } from './table-builder.js'
import { VariantSearch } from './variants/variant-search.js'

export { type Candidate, type LinkMethod, type Match, toCandidate } from './match.js'

/** Options of `lookup`. */
export interface LookupOptions {
  /** Only entries of this type. */
  readonly type?: EntityType
  /** ISO date of the text: names out of use then rank behind those in use. */
  readonly date?: string
}

/** Kinds of entities whose names are plurals: the Grünen, the Niederlanden. */
const PLURALS = new Set(['party', 'country'])
/** Shortest name that is looked up by its folded key; below, exact spelling is required (IS, is, Is). */
const SHORTEST_FOLDED = 4
/** Acronyms may differ in case from three letters on (Uno, UNO). */
const SHORTEST_ACRONYM = 3
/** Longest name whose variants are looked for, in UTF-16 units: the time grows with the square of the length. */
const LONGEST_VARIANT = 160

const NO_CONTEXTS: readonly string[] = []

interface Found {
  readonly layer: number
  readonly alias: number
  readonly method: LinkMethod
  /** Closeness of the spelling in (0, 1]. */
  readonly similarity: number
}

type Question = 'search' | 'exact' | 'derived'

/** A memory for each type that may be asked for, so that the name alone is the key. */
function memories(): Readonly<Record<EntityType | 'any', Memory<readonly Match[]>>> {
  return { PER: new Memory(), ORG: new Memory(), LOC: new Memory(), MISC: new Memory(), any: new Memory() }
}

/** Names with their spellings, shipped and the caller's own; the caller's come first. Immutable. */
export class Gazetteer {
  private readonly layers: readonly Layer[]
  private readonly searches: readonly VariantSearch[]
  private readonly variants = new Memory<readonly Found[]>()
  private readonly answers = { search: memories(), exact: memories(), derived: memories() }
  private readonly dated = new Memory<readonly Match[]>()
  private readonly listed = new Memory<boolean>()

  private constructor(layers: readonly Layer[]) {
    this.layers = layers
    this.searches = layers.map(({ table, ids }) => new VariantSearch(table, ids !== undefined))
  }

  /** Opens the bytes of a compiled gazetteer; `source` names them in errors. */
  static read(bytes: ArrayBufferLike | ArrayBufferView, source: string): Gazetteer {
    return Gazetteer.of(GazetteerTable.read(bytes, source))
  }

  static of(table: GazetteerTable): Gazetteer {
    return new Gazetteer([{ table, ids: undefined }])
  }

  static empty(): Gazetteer {
    return new Gazetteer([])
  }

  /**
   * A gazetteer with these entries before the present ones.
   * @throws GazetteerError for the first entry that cannot be used, naming its place, field and remedy
   */
  with(entries: readonly GazetteerEntry[]): Gazetteer {
    const checked = entries.map((entry, index) => checkEntry(entry, `gazetteer entry ${index + 1}`))
    const table = buildTable(checked.map(toTableEntry), { freeSpelling: true })
    return new Gazetteer([{ table, ids: checked.map(({ id }) => id) }, ...this.layers])
  }

  get entryCount(): number {
    return this.layers.reduce((sum, { table }) => sum + table.entryCount, 0)
  }

  get aliasCount(): number {
    return this.layers.reduce((sum, { table }) => sum + table.aliasCount, 0)
  }

  /** Entries that the name may mean, best first; empty where none is close enough. */
  lookup(name: string, options: LookupOptions = {}): Candidate[] {
    return this.search(name, options).map(toCandidate)
  }

  /** Entries that a derived word (kasachische, Moskauer) may come from, best first. */
  lookupDerived(word: string, options: LookupOptions = {}): Candidate[] {
    return this.searchDerived(word, options).map(toCandidate)
  }

  /**
   * Like `lookup`, with what decides between several candidates. The first way that leads anywhere is taken: the spelling
   * itself, its base form, its folded form, another romanisation, a slip of the pen. A name that means another type exactly
   * is not taken for a variant.
   */
  search(name: string, options: LookupOptions = {}): readonly Match[] {
    return this.remembered('search', name, options, () => this.searchNew(name, options))
  }

  private searchNew(name: string, options: LookupOptions): readonly Match[] {
    const clean = cleanWord(name).replace(/\s+/g, ' ').trim()
    if (clean === '') return []
    const exact = this.exactNames(clean, 'exact')
    const matches = this.rank(exact, options)
    if (matches.length > 0) return matches
    let isKnown = exact.length > 0
    for (const base of inflectionBases(clean)) {
      const found = this.exactNames(base, 'inflection')
      const ranked = this.rank(found, options)
      // Grünen is a form of Grüne and Niederlanden one of Niederlande, but Rochen is none of Roche.
      const inflected =
        isWeakPlural(clean) && base === clean.slice(0, -1)
          ? ranked.filter(({ subtype, isOwn }) => PLURALS.has(subtype) || isOwn)
          : ranked
      if (inflected.length > 0) return inflected
      isKnown ||= found.length > 0 && base.length > SHORTEST_FOLDED
    }
    const folded = this.rank(this.folded(clean), options)
    if (folded.length > 0) return folded
    if (isKnown) return []
    const variants = this.rank(this.variantsOf(clean), options)
    if (variants.length > 0) return variants
    // Navalnys: the genitive of another spelling.
    return /^\S{4,}[^s]s$/.test(clean) ? this.rank(this.variantsOf(clean.slice(0, -1)), options) : []
  }

  /** Entries that are called exactly so; the first step of `search` alone. */
  searchExact(name: string, options: LookupOptions = {}): readonly Match[] {
    return this.remembered('exact', name, options, () =>
      this.rank(this.exactNames(cleanWord(name), 'exact'), options),
    )
  }

  /** Like `lookupDerived`, with what decides between several candidates. */
  searchDerived(word: string, options: LookupOptions = {}): readonly Match[] {
    return this.remembered('derived', word, options, () => this.searchDerivedNew(word, options))
  }

  private searchDerivedNew(word: string, options: LookupOptions): readonly Match[] {
    const clean = cleanWord(word)
    for (const form of derivedForms(clean)) {
      const listed = this.exact(form, 'inflection').filter((found) => this.isDerived(found))
      const matches = this.rank(listed, options)
      if (matches.length > 0) return matches
    }
    for (const base of derivationBases(clean)) {
      const matches = this.rank(this.exact(base, 'inflection'), options)
      if (matches.length > 0) return matches
    }
    return []
  }

  /** Like `search`, for a mention of the kind. */
  searchMention(name: string, kind: EntityKind, options: LookupOptions): readonly Match[] {
    if (kind === 'derived') return this.searchDerived(name, options)
    const found = this.search(name, options)
    // Palästinenser-Hilfswerk: inhabitants may stand in a compound for their place.
    const mayBePeople = found.length === 0 && kind === 'compound' && this.isListedDerived(name)
    return mayBePeople ? this.searchDerived(name, options) : found
  }

  /** True if the word is listed as derived from a name, in this form or inflected. */
  isListedDerived(word: string): boolean {
    return this.listed.get(word, () =>
      derivedForms(word).some((form) =>
        this.exact(form, 'inflection').some((found) => this.isDerived(found)),
      ),
    )
  }

  /** Type of what the word is listed as derived from; undefined for words that are not listed. */
  typeOfDerived(word: string): EntityType | undefined {
    return this.isListedDerived(word) ? this.searchDerived(word)[0]?.type : undefined
  }

  /** The answer to a question about a name, found once. Names come again and again, in a text and in the next. */
  private remembered(
    question: Question,
    name: string,
    { type, date }: LookupOptions,
    find: () => readonly Match[],
  ): readonly Match[] {
    if (date !== undefined) return this.dated.get(`${question}|${type ?? ''}|${date}|${name}`, find)
    return this.answers[question][type ?? 'any'].get(name, find)
  }

  private isDerived({ layer, alias }: Found): boolean {
    return this.hasFlag(layer, alias, AliasFlag.Derived)
  }

  private hasFlag(layer: number, alias: number, flag: number): boolean {
    return (this.layers[layer]!.table.tables.aliasFlags[alias]! & flag) !== 0
  }

  /** Aliases spelt so that are names themselves. */
  private exactNames(name: string, method: LinkMethod): Found[] {
    return this.exact(name, method).filter((found) => !this.isDerived(found))
  }

  private exact(name: string, method: LinkMethod): Found[] {
    const key = foldKey(name)
    const found: Found[] = []
    // Names are written with the typographic apostrophe or with the other one; the key is the same.
    const spellings = name.includes("'") ? [name, name.replace(/'/g, '’')] : [name]
    for (const [layer, { table }] of this.layers.entries())
      for (const spelling of spellings)
        for (const alias of table.exact(spelling, key)) found.push({ layer, alias, method, similarity: 1 })
    return found
  }

  private folded(name: string): Found[] {
    const key = foldKey(name)
    if (key.length < SHORTEST_ACRONYM) return []
    const found: Found[] = []
    for (const [layer, { table }] of this.layers.entries()) {
      for (const alias of table.folded(key)) {
        if (this.hasFlag(layer, alias, AliasFlag.Derived)) continue
        const isLong = key.length >= SHORTEST_FOLDED && !this.hasFlag(layer, alias, AliasFlag.Acronym)
        if (isLong || isWrittenAcronym(name))
          found.push({ layer, alias, method: 'transliteration', similarity: 1 })
      }
    }
    return found
  }

  private variantsOf(name: string): readonly Found[] {
    if (name.length > LONGEST_VARIANT) return []
    return this.variants.get(name, () =>
      this.layers.flatMap((_, layer) =>
        this.searches[layer]!.find(name).map((variant) => ({ layer, ...variant })),
      ),
    )
  }

  /** Matches of the type asked for, one an entry: the caller's own first, then best first. */
  private rank(found: readonly Found[], options: LookupOptions): Match[] {
    if (found.length === 0) return []
    const month = options.date === undefined ? 0 : monthOf(options.date, 0)
    const best = new Map<number, Match>()
    for (const item of found) {
      const { table } = this.layers[item.layer]!
      const entry = table.entryOf(item.alias)
      const type = table.entryType(entry)
      if (options.type !== undefined && type !== options.type) continue
      const match = this.match(item, entry, type, month)
      const key = entry * this.layers.length + item.layer
      const other = best.get(key)
      if (other === undefined || match.score > other.score) best.set(key, match)
    }
    return [...best.values()].sort(
      (a, b) =>
        Number(b.isOwn) - Number(a.isOwn) || b.score - a.score || a.layer - b.layer || a.entry - b.entry,
    )
  }

  private match(
    { layer, alias, method, similarity }: Found,
    entry: number,
    type: EntityType,
    month: number,
  ): Match {
    const { table, ids } = this.layers[layer]!
    const flags = table.tables.aliasFlags[alias]!
    const qid = table.entryQid(entry)
    const id = ids === undefined ? (qid === 0 ? undefined : `Q${qid}`) : ids[entry]
    const told: LinkMethod = method === 'exact' && flags & AliasFlag.Acronym ? 'acronym' : method
    const prominence = ids === undefined ? table.tables.entryProminence[entry]! / 100 : 1
    const inUse = month === 0 || table.inUse(alias, month)
    const preferred = table.isCanonical(alias, entry) ? 1 : 0.9
    const score = METHOD_SCORE[told] * similarity * preferred * (0.5 + 0.5 * prominence) * (inUse ? 1 : 0.5)
    return {
      canonical: table.entryName(entry),
      type,
      ...(id === undefined ? {} : { id }),
      method: told,
      alias: table.aliasName(alias),
      score: toScore(score),
      layer,
      isOwn: ids !== undefined,
      entry,
      country: table.entryCountry(entry),
      subtype: table.entrySubtype(entry),
      prominence,
      similarity,
      contexts: table.contexts[entry] ?? NO_CONTEXTS,
      bySurname: (flags & AliasFlag.Surname) !== 0,
    }
  }
}

/** Acronyms are written in capitals or like a word (UNO, Uno); BdB is another one than BDB. */
function isWrittenAcronym(name: string): boolean {
  const rest = name.slice(1)
  return name === name.toUpperCase() || (rest === rest.toLowerCase() && name !== name.toLowerCase())
}

function toTableEntry(entry: GazetteerEntry): TableEntry {
  const from = entry.from === undefined ? 0 : monthOf(entry.from, 0)
  const to = entry.to === undefined ? 0 : monthOf(entry.to, 11)
  return {
    name: entry.name,
    type: entry.type,
    qid: 0,
    prominence: 100,
    country: '',
    subtype: '',
    aliases: (entry.aliases ?? []).map((name) => ({ name, flags: 0, from, to })),
  }
}
