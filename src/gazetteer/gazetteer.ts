import type { EntityKind, EntityType } from '../labels/scheme.js'
import { cleanWord } from '../text/characters.js'
import { checkEntry, type GazetteerEntry } from './entry.js'
import { foldKey } from './key.js'
import { adjectiveBase, derivationBases, inflectionBases } from './morphology.js'
import { AliasFlag, GazetteerTable } from './table.js'
import { buildTable, type TableEntry } from './table-builder.js'

/** How a name was tied to its entry. */
export type LinkMethod = 'exact' | 'inflection' | 'transliteration' | 'fuzzy' | 'acronym' | 'coreference'

/** An answer of the gazetteer. */
export interface Candidate {
  readonly canonical: string
  readonly type: EntityType
  /** Wikidata QID, or the identifier of a caller's own entry; absent where none is known. */
  readonly id?: string
  readonly method: LinkMethod
  /** The spelling of the gazetteer that the name met. */
  readonly alias: string
  /** Closeness of the spelling and prominence of the entry, in (0, 1]. */
  readonly score: number
}

export interface LookupOptions {
  /** Only entries of this type. */
  readonly type?: EntityType
  /** ISO date of the text: names out of use then rank behind those in use. */
  readonly date?: string
}

/** Worth of a method: an exact spelling is better evidence than a derived or folded one. */
const METHOD_SCORE: Readonly<Record<LinkMethod, number>> = {
  exact: 1,
  acronym: 0.95,
  inflection: 0.92,
  transliteration: 0.85,
  fuzzy: 0.7,
  coreference: 0.9,
}

/** Shortest name that is looked up by its folded key; below, exact spelling is required (IS, is, Is). */
const SHORTEST_FOLDED = 4

interface Layer {
  readonly table: GazetteerTable
  /** Identifiers of a caller's own entries, which need not be QIDs; undefined for the shipped table. */
  readonly ids: readonly (string | undefined)[] | undefined
}

/** Names with their spellings, shipped and the caller's own; the caller's come first. Immutable. */
export class Gazetteer {
  private readonly layers: readonly Layer[]

  private constructor(layers: readonly Layer[]) {
    this.layers = layers
  }

  /** Opens the bytes of a compiled gazetteer; `source` names them in errors. */
  static read(bytes: ArrayBufferLike | ArrayBufferView, source: string): Gazetteer {
    return new Gazetteer([{ table: GazetteerTable.read(bytes, source, foldKey), ids: undefined }])
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
    const table = buildTable(checked.map(toTableEntry), foldKey)
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
    const clean = cleanWord(name).replace(/\s+/g, ' ').trim()
    if (clean === '') return []
    const exact = this.collect((table) => table.exact(clean), 'exact', options)
    if (exact.length > 0) return exact
    for (const base of inflectionBases(clean)) {
      const found = this.collect((table) => table.exact(base), 'inflection', options)
      if (found.length > 0) return found
    }
    const key = foldKey(clean)
    if (key.length < SHORTEST_FOLDED) return []
    return this.collect((table) => table.folded(key), 'transliteration', options)
  }

  /** Entries that a derived word (kasachische, Moskauer) may come from, best first. */
  lookupDerived(word: string, options: LookupOptions = {}): Candidate[] {
    const clean = cleanWord(word)
    const forms = [clean, adjectiveBase(clean), ...inflectionBases(clean)]
    for (const form of forms) {
      if (form === undefined) continue
      const listed = this.collect(
        (table) => table.exact(form).filter((alias) => isDerived(table, alias)),
        'inflection',
        options,
      )
      if (listed.length > 0) return listed
    }
    for (const base of derivationBases(clean)) {
      const found = this.collect((table) => table.exact(base), 'inflection', options)
      if (found.length > 0) return found
    }
    return []
  }

  /** Like `lookup`, for a mention of the kind. */
  lookupMention(name: string, kind: EntityKind, options: LookupOptions): Candidate[] {
    return kind === 'derived' ? this.lookupDerived(name, options) : this.lookup(name, options)
  }

  private collect(
    find: (table: GazetteerTable) => number[],
    method: LinkMethod,
    options: LookupOptions,
  ): Candidate[] {
    const year = options.date === undefined ? 0 : Number(options.date.slice(0, 4))
    const candidates: (Candidate & { readonly key: string })[] = []
    for (const [depth, layer] of this.layers.entries()) {
      for (const alias of find(layer.table)) {
        const { table } = layer
        const entry = table.tables.aliasEntry[alias]!
        const type = table.entryType(entry)
        const key = `${depth}:${entry}`
        if (
          (options.type !== undefined && type !== options.type) ||
          candidates.some((other) => other.key === key)
        )
          continue
        candidates.push({ ...this.candidate(layer, alias, entry, type, method, year), key })
      }
    }
    return candidates.sort((a, b) => b.score - a.score).map(({ key: _key, ...candidate }) => candidate)
  }

  private candidate(
    layer: Layer,
    alias: number,
    entry: number,
    type: EntityType,
    method: LinkMethod,
    year: number,
  ): Candidate {
    const { tables } = layer.table
    const flags = tables.aliasFlags[alias]!
    const qid = tables.entryQid[entry]!
    const id = layer.ids === undefined ? (qid === 0 ? undefined : `Q${qid}`) : layer.ids[entry]
    const told: LinkMethod = method === 'exact' && flags & AliasFlag.Acronym ? 'acronym' : method
    const prominence = layer.ids === undefined ? tables.entryProminence[entry]! / 100 : 1
    const inUse =
      year === 0 || ((tables.aliasFrom[alias] || 0) <= year && year <= (tables.aliasTo[alias] || 9999))
    const preferred = flags & AliasFlag.Canonical ? 1 : 0.9
    const score = METHOD_SCORE[told] * preferred * (0.5 + 0.5 * prominence) * (inUse ? 1 : 0.5)
    return {
      canonical: layer.table.entryName(entry),
      type,
      ...(id === undefined ? {} : { id }),
      method: told,
      alias: layer.table.aliasName(alias),
      score: Math.round(score * 1e4) / 1e4,
    }
  }
}

function isDerived(table: GazetteerTable, alias: number): boolean {
  return (table.tables.aliasFlags[alias]! & AliasFlag.Derived) !== 0
}

function toTableEntry(entry: GazetteerEntry): TableEntry {
  const from = entry.from === undefined ? 0 : Number(entry.from.slice(0, 4))
  const to = entry.to === undefined ? 0 : Number(entry.to.slice(0, 4))
  return {
    name: entry.name,
    type: entry.type,
    qid: 0,
    prominence: 100,
    aliases: (entry.aliases ?? []).map((name) => ({ name, flags: 0, from, to })),
  }
}
