import { foldKey } from '../../gazetteer/key.js'
import { AliasFlag } from '../../gazetteer/table.js'
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
  /** It became part of another draft. */
  merged: boolean
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
  private drafts: Draft[] = []
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
    // Gerd Müller (Politiker) is called Gerd Müller, and is another one.
    if (holders.length === 1 && isTelling(name) && !isNamesake(holders[0]!.name, name)) return holders[0]
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

  /**
   * Entities that came twice become one: the more prominent of two, if a name of several words or an acronym that it lists is the
   * canonical name of the other, of which nothing else is known or which lists its name in turn; and Gala and Gala (Zeitschrift),
   * where the qualifier names the kind of the other.
   */
  mergeDoubles(): void {
    for (const draft of [...this.drafts].sort((a, b) => b.prominence - a.prominence)) {
      if (draft.merged) continue
      for (const { name, flags } of [...draft.aliases.values()]) {
        if ((flags & ~AliasFlag.Acronym) !== 0 || !isUnmistakable(name)) continue
        const key = `${draft.type}|${foldKey(name)}`
        const [other, ...more] = this.byName.get(key) ?? []
        if (other === undefined || other === draft || more.length > 0) continue
        if (draft.country !== '' && other.country !== '' && draft.country !== other.country) continue
        const isAlone = [...(this.byAlias.get(key) ?? [])].every(
          (holder) =>
            holder === other || holder === draft || holder.prominence + CLEAR_MARGIN <= draft.prominence,
        )
        const mutual =
          isTelling(name) && [...other.aliases.keys()].some((alias) => foldKey(alias) === foldKey(draft.name))
        if (
          mutual ||
          (!/[ -]/.test(name) && isTwin(draft, other)) ||
          (isBare(other) && draft.source !== 'corpus' && isAlone)
        )
          this.absorb(draft, other)
      }
    }
    for (const draft of this.drafts) {
      const [, name = '', qualifier = ''] = /^(.+) \(([^)]+)\)$/.exec(draft.name) ?? []
      const kinds = QUALIFIERS.get(qualifier)
      if (draft.merged || kinds === undefined || !isBare(draft)) continue
      const [other, ...more] = this.byName.get(`${draft.type}|${foldKey(name)}`) ?? []
      if (other === undefined || more.length > 0 || !kinds.includes(other.subtype)) continue
      this.absorb(other, draft)
    }
    this.drafts = this.drafts.filter(({ merged }) => !merged)
  }

  private absorb(draft: Draft, other: Draft): void {
    for (const alias of [{ name: other.name, flags: 0, from: 0, to: 0 }, ...other.aliases.values()])
      this.addAlias(draft, alias)
    draft.prominence = Math.max(draft.prominence, other.prominence)
    if (draft.country === '') draft.country = other.country
    other.merged = true
    this.byName.get(`${other.type}|${foldKey(other.name)}`)?.delete(other)
    for (const alias of other.aliases.keys())
      this.byAlias.get(`${other.type}|${foldKey(alias)}`)?.delete(other)
  }

  /** True if some entity of the type is called so, canonically or otherwise. */
  isNamed(name: string, type: EntityType): boolean {
    const key = `${type}|${foldKey(name)}`
    return (this.byName.get(key)?.size ?? 0) + (this.byAlias.get(key)?.size ?? 0) > 0
  }

  /** The entity with exactly this canonical name. */
  named(name: string, type: EntityType): Draft | undefined {
    return [...(this.byName.get(`${type}|${foldKey(name)}`) ?? [])].find((draft) => draft.name === name)
  }

  entries(): TableEntry[] {
    return this.drafts.map(({ aliases, source: _source, merged: _merged, ...draft }) => ({
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
      merged: false,
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

/** Points of prominence by which the bearer of a name must be ahead of all others. */
const CLEAR_MARGIN = 20

/** The title says that it is not the one whom the bare name means. */
function isNamesake(title: string, name: string): boolean {
  return title.startsWith(`${name} (`) || title === `${name} senior`
}

/** Of the same kind, and with a name of several words in common: UNRWA. */
function isTwin(a: Draft, b: Draft): boolean {
  if (a.subtype === '' || a.subtype !== b.subtype) return false
  const names = new Set([...a.aliases.keys()].map(foldKey))
  return [...b.aliases.keys()].some(
    (name) => /[ -]/.test(name) && isTelling(name) && names.has(foldKey(name)),
  )
}

/** Nothing but names is known of it. */
function isBare({ subtype, country }: Draft): boolean {
  return subtype === '' && country === ''
}

/** Names of several words, and acronyms: FIS, dpa, ifo. */
function isUnmistakable(name: string): boolean {
  return (
    (isTelling(name) && /[ -]/.test(name)) || /^\p{Lu}[\p{L}\d]*\p{Lu}[\p{L}\d]*$|^\p{Ll}{3}$/u.test(name)
  )
}

/** Qualifiers of German encyclopaedia titles, and the kinds that they name. */
const QUALIFIERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'Unternehmen Konzern Unternehmensgruppe Handelskette Supermarktkette Tankstellenkette Marke Käse':
      'company brand bank airline',
    Fluggesellschaft: 'airline company',
    Bank: 'bank',
    'Zeitung Tageszeitung Wochenzeitung Zeitschrift Magazin': 'media_paper media_online',
    'Fernsehsender Rundfunk Hörfunksender Sender': 'media_broadcaster',
    Nachrichtenagentur: 'media_agency',
    Band: 'band',
    Bundesstaat: 'state',
    Fluss: 'river',
    Insel: 'island',
    Partei: 'party',
    'Stiftung Organisation Verein': 'foundation ngo association',
  }).flatMap(([words, kinds]) => words.split(' ').map((word) => [word, kinds.split(' ')] as const)),
)

/** A name of several words, or a long one, is hardly ever two entities'. */
function isTelling(name: string): boolean {
  return name.length >= 10 || (name.length >= 7 && /[\s-]/.test(name))
}
