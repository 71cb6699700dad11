import { foldKey } from '../../gazetteer/key.js'
import type { TableAlias, TableEntry } from '../../gazetteer/table-builder.js'
import type { EntityType } from '../../labels/scheme.js'

/** An entity in the making. */
export interface Draft {
  readonly name: string
  readonly type: EntityType
  qid: number
  prominence: number
  country: string
  subtype: string
  /** Where it was first named: one of the sources of the gazetteer card. */
  readonly source: string
  readonly aliases: Map<string, TableAlias>
  contexts: readonly string[]
}

/** What a source says of an entity. */
export interface DraftFacts {
  readonly name: string
  readonly type: EntityType
  readonly prominence: number
  readonly country?: string
  readonly subtype?: string
  readonly source: string
  /** Other names; only used to tell whether the entity is there already. */
  readonly names?: readonly string[]
}

/** Entities by their names, in the order in which they came. The first source that names an entity decides its canonical name. */
export class DraftStore {
  private readonly drafts: Draft[] = []
  private readonly byName = new Map<string, Set<Draft>>()
  private readonly byAlias = new Map<string, Set<Draft>>()

  get all(): readonly Draft[] {
    return this.drafts
  }

  /** The entity that the facts are about, made if it is new; facts that were missing are filled in. */
  enter(facts: DraftFacts): Draft {
    const draft = this.find(facts) ?? this.create(facts)
    draft.prominence = Math.max(draft.prominence, facts.prominence)
    if (draft.country === '') draft.country = facts.country ?? ''
    if (draft.subtype === '') draft.subtype = facts.subtype ?? ''
    return draft
  }

  /**
   * The entity of this name: the same canonical name; else one that has it among its aliases and is itself among the other
   * names; else the only one that a name of several words leads to. Namesakes have a qualifier in brackets; other names than the
   * canonical one never lead to an entity of another country.
   */
  find({
    name,
    type,
    country = '',
    names = [],
  }: Omit<DraftFacts, 'prominence' | 'source'>): Draft | undefined {
    const fits = (draft: Draft): boolean =>
      country === '' || draft.country === '' || draft.country === country
    const key = `${type}|${foldKey(name)}`
    const [same] = this.byName.get(key) ?? []
    if (same !== undefined) return same
    const others = new Set(names.map(foldKey))
    const holders = [...(this.byAlias.get(key) ?? [])].filter(fits)
    const mutual = holders.find((draft) => others.has(foldKey(draft.name)))
    if (mutual !== undefined) return mutual
    if (holders.length === 1 && isTelling(name)) return holders[0]
    for (const other of names) {
      if (!isTelling(other)) continue
      const named = [...(this.byName.get(`${type}|${foldKey(other)}`) ?? [])].filter(fits)
      if (named.length === 1) return named[0]
    }
    return undefined
  }

  /** Adds a name; the first one to say so decides its flags and years. */
  addAlias(draft: Draft, alias: TableAlias): void {
    if (alias.name === '' || alias.name === draft.name || draft.aliases.has(alias.name)) return
    draft.aliases.set(alias.name, alias)
    this.index(this.byAlias, `${draft.type}|${foldKey(alias.name)}`, draft)
  }

  /** True if some entity of the type is called so, canonically or otherwise. */
  isNamed(name: string, type: EntityType): boolean {
    const key = `${type}|${foldKey(name)}`
    return this.byName.has(key) || this.byAlias.has(key)
  }

  /** The entity with exactly this canonical name. */
  named(name: string, type: EntityType): Draft | undefined {
    return [...(this.byName.get(`${type}|${foldKey(name)}`) ?? [])].find((draft) => draft.name === name)
  }

  entries(): TableEntry[] {
    return this.drafts.map(({ aliases, source: _source, ...draft }) => ({
      ...draft,
      aliases: [...aliases.values()],
    }))
  }

  private create({ name: written, type, prominence, country = '', subtype = '', source }: DraftFacts): Draft {
    const name = written.replace(/'/g, '’')
    const draft: Draft = {
      name,
      type,
      qid: 0,
      prominence,
      country,
      subtype,
      source,
      aliases: new Map(),
      contexts: [],
    }
    this.drafts.push(draft)
    this.index(this.byName, `${type}|${foldKey(name)}`, draft)
    return draft
  }

  private index(map: Map<string, Set<Draft>>, key: string, draft: Draft): void {
    const set = map.get(key)
    if (set === undefined) map.set(key, new Set([draft]))
    else set.add(draft)
  }
}

/** A name of several words, or a long one, is hardly ever two entities'. */
function isTelling(name: string): boolean {
  return name.length >= 10 || (name.length >= 7 && /[\s-]/.test(name))
}
