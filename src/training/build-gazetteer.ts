import { foldKey } from '../gazetteer/key.js'
import { AliasFlag, type GazetteerTable } from '../gazetteer/table.js'
import { buildTable, type TableAlias, type TableEntry } from '../gazetteer/table-builder.js'
import { ENTITY_TYPES, type EntityType } from '../labels/scheme.js'
import { QidIndex } from './qid-index.js'
import { ordinarySurfaces, rows, tableRows, wordCounts } from './tables.js'

/** Contents of the source files, read by the caller. Formats: see the README beside each source. */
export interface GazetteerSources {
  /** canonical TAB type TAB subtype TAB qid TAB aliases (|) TAB prominence TAB source TAB cc TAB valid TAB licence class. */
  readonly entities: string
  /** canonical TAB subtype TAB country TAB aliases (|). */
  readonly knowledge: readonly string[]
  /** canonical TAB type TAB subtype TAB aliases (;) TAB validity of aliases. */
  readonly checklist: string
  /** CLDR territory names: JSON of `main.de.localeDisplayNames.territories`. */
  readonly territories: string
  /** cc TAB adjective. */
  readonly adjectives: string
  /** word TAB count in German text. */
  readonly counts: string
  /** surface TAB types TAB as ordinary word TAB as name. */
  readonly ambiguous: string
  /** Tables of this repository: canonical TAB type TAB aliases, and place TAB derived words. */
  readonly curated: string
  readonly inhabitants: string
}

/** Least prominence (0-100) by type for entities of the merged table; curated sources are always taken. */
export interface GazetteerLimits {
  readonly prominence: Readonly<Record<'PER' | 'ORG' | 'LOC', number>>
}

export const DEFAULT_GAZETTEER_LIMITS: GazetteerLimits = { prominence: { PER: 30, ORG: 45, LOC: 45 } }

interface Draft {
  readonly name: string
  readonly type: EntityType
  qid: number
  prominence: number
  readonly aliases: Map<string, TableAlias>
}

/** Prominence of hand-written entries. */
const CURATED = 95
const CHECKLIST = 80
const KNOWLEDGE = 60

/** Compiles the gazetteer; the same sources always give the same table. */
export function buildGazetteer(sources: GazetteerSources, limits: GazetteerLimits): GazetteerTable {
  return buildTable(new GazetteerCompiler(sources, limits).run(), foldKey)
}

class GazetteerCompiler {
  private readonly sources: GazetteerSources
  private readonly limits: GazetteerLimits
  private readonly drafts = new Map<string, Draft>()
  private readonly qids: QidIndex
  private readonly counts: ReadonlyMap<string, number>
  private readonly ordinary: ReadonlySet<string>
  /** Names of places by country code, for the adjectives. */
  private readonly countries = new Map<string, string>()

  constructor(sources: GazetteerSources, limits: GazetteerLimits) {
    this.sources = sources
    this.limits = limits
    this.qids = new QidIndex(sources.entities)
    this.counts = wordCounts(sources.counts)
    this.ordinary = ordinarySurfaces(sources.ambiguous)
  }

  run(): TableEntry[] {
    this.addCurated()
    this.addChecklist()
    this.addTerritories()
    this.addEntities()
    this.addKnowledge()
    this.addDerived()
    return [...this.drafts.values()].map(({ name, type, qid, prominence, aliases }) => ({
      name,
      type,
      qid,
      prominence,
      aliases: [...aliases.values()],
    }))
  }

  private draft(name: string, type: EntityType, prominence: number): Draft {
    const key = `${type}|${name}`
    let draft = this.drafts.get(key)
    if (draft === undefined) {
      draft = { name, type, qid: 0, prominence, aliases: new Map() }
      this.drafts.set(key, draft)
    }
    draft.prominence = Math.max(draft.prominence, prominence)
    return draft
  }

  private addCurated(): void {
    for (const [name, type, aliases = ''] of tableRows(this.sources.curated)) {
      const forms = aliases.split('|').filter(Boolean).map(parseAlias)
      const draft = this.draft(name!, asType(type!), CURATED)
      for (const alias of forms) draft.aliases.set(alias.name, alias)
      draft.qid = this.qids.idOf(
        name!,
        type!,
        forms.map((alias) => alias.name),
      )
    }
  }

  private addChecklist(): void {
    for (const [name, type, , aliases = '', validity = ''] of tableRows(this.sources.checklist)) {
      const forms = aliases.split(';').filter(Boolean)
      const known = this.owner(name!, type!)
      const draft = known ?? this.draft(name!, asType(type!), CHECKLIST)
      const years = parseValidity(validity)
      for (const form of known === undefined ? forms : [name!, ...forms]) {
        if (form !== draft.name && !draft.aliases.has(form))
          draft.aliases.set(form, { name: form, flags: acronymFlag(form), ...(years.get(form) ?? NO_YEARS) })
      }
      if (draft.qid === 0) draft.qid = this.qids.idOf(name!, type!, forms)
    }
  }

  /** A hand-written entry that has this name among its aliases already. */
  private owner(name: string, type: string): Draft | undefined {
    for (const draft of this.drafts.values())
      if (draft.type === type && (draft.name === name || draft.aliases.has(name))) return draft
    return undefined
  }

  private addTerritories(): void {
    const territories = JSON.parse(this.sources.territories).main.de.localeDisplayNames.territories as Record<
      string,
      string
    >
    for (const [code, name] of Object.entries(territories)) {
      const [country, variant] = code.split('-alt-')
      if (
        !/^[A-Z]{2}$|^\d{3}$/.test(country!) ||
        ['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB', '001'].includes(country!)
      )
        continue
      if (variant !== undefined) continue
      const draft = this.owner(name, 'LOC') ?? this.draft(name, 'LOC', /^\d/.test(country!) ? 85 : CURATED)
      if (draft.qid === 0) draft.qid = this.qids.idOf(draft.name, 'LOC', [name])
      this.countries.set(country!, draft.name)
    }
    for (const [code, name] of Object.entries(territories)) {
      const [country, variant] = code.split('-alt-')
      const owner = this.countries.get(country!)
      if (variant !== undefined && owner !== undefined) this.alias(this.draft(owner, 'LOC', 0), name)
    }
  }

  private addEntities(): void {
    const taken = new Set([...this.drafts.values()].map(({ qid }) => qid))
    for (const [canonical, type, , qid, aliases = '', prominence, , , , licence = ''] of rows(
      this.sources.entities,
    ).slice(1)) {
      if (!canonical || !/[AB]/.test(licence) || (type !== 'PER' && type !== 'ORG' && type !== 'LOC'))
        continue
      if (Number(prominence) < this.limits.prominence[type] || !this.isUsed(canonical)) continue
      const id = /^Q\d+$/.test(qid ?? '') ? Number(qid!.slice(1)) : 0
      if (id !== 0 && taken.has(id)) continue
      if (this.isTaken(canonical, type)) continue
      const draft = this.draft(canonical, type, Number(prominence))
      draft.qid = id
      if (type === 'LOC' && Number(prominence) < 55) continue
      for (const alias of aliases.split('|')) if (alias.length > 2) this.alias(draft, alias)
    }
  }

  /** True if some entry of the type is already called so. */
  private isTaken(name: string, type: string): boolean {
    return this.names().has(`${type}|${name}`)
  }

  private nameSet: Set<string> | undefined

  private names(): Set<string> {
    if (this.nameSet === undefined) {
      this.nameSet = new Set()
      for (const draft of this.drafts.values()) {
        this.nameSet.add(`${draft.type}|${draft.name}`)
        for (const alias of draft.aliases.keys()) this.nameSet.add(`${draft.type}|${alias}`)
      }
    }
    return this.nameSet
  }

  private addKnowledge(): void {
    this.nameSet = undefined
    for (const table of this.sources.knowledge) {
      for (const [name, , , aliases = ''] of tableRows(table).slice(1)) {
        if (this.isTaken(name!, 'ORG')) continue
        const forms = aliases.split('|').filter(Boolean)
        const draft = this.draft(name!, 'ORG', KNOWLEDGE)
        draft.qid = this.qids.idOf(name!, 'ORG', forms)
        for (const form of forms) this.alias(draft, form)
      }
    }
  }

  private addDerived(): void {
    const add = (place: string, word: string): void => {
      const draft = this.drafts.get(`LOC|${place}`)
      if (draft !== undefined && word !== '')
        draft.aliases.set(word, { name: word, flags: AliasFlag.Derived, ...NO_YEARS })
    }
    for (const [code, adjective] of tableRows(this.sources.adjectives).slice(1)) {
      const country = this.countries.get(code!)
      if (country !== undefined && /^\p{Ll}+$/u.test(adjective ?? '')) add(country, adjective!)
    }
    for (const [place, words = ''] of tableRows(this.sources.inhabitants))
      for (const word of words.split('|')) add(place!, word)
  }

  /** Takes an alias that German text uses and that is no ordinary word. */
  private alias(draft: Draft, name: string): void {
    if (name === draft.name || draft.aliases.has(name) || this.ordinary.has(name) || !this.isUsed(name))
      return
    const lower = name.toLowerCase()
    if (lower !== name && (this.counts.get(lower) ?? 0) > (this.counts.get(name) ?? 0)) return
    draft.aliases.set(name, { name, flags: acronymFlag(name), ...NO_YEARS })
  }

  /** Every word of the name occurs in German text at all. */
  private isUsed(name: string): boolean {
    return (
      /^[\p{Script=Latin}\d][\p{Script=Latin}\p{M}\d '’.&/+-]+$/u.test(name) &&
      name.split(/[\s-]+/).every((word) => this.counts.has(word))
    )
  }
}

const NO_YEARS = { from: 0, to: 0 }

/** `Nur-Sultan [2019-2022]`. */
function parseAlias(text: string): TableAlias {
  const match = /^(.*?) \[(\d{4})?-(\d{4})?\]$/.exec(text)
  if (match === null) return { name: text, flags: acronymFlag(text), ...NO_YEARS }
  return {
    name: match[1]!,
    flags: acronymFlag(match[1]!),
    from: Number(match[2] ?? 0),
    to: Number(match[3] ?? 0),
  }
}

/** `Dnipropetrowsk: /2016-05-19`, several separated by semicolons. */
function parseValidity(text: string): Map<string, { from: number; to: number }> {
  const years = new Map<string, { from: number; to: number }>()
  for (const part of text.split(';')) {
    const match = /^\s*(.+?):\s*(\d{4})?[\d-]*\/(\d{4})?/.exec(part)
    if (match !== null) years.set(match[1]!, { from: Number(match[2] ?? 0), to: Number(match[3] ?? 0) })
  }
  return years
}

function acronymFlag(name: string): number {
  return /^[A-ZÄÖÜ][A-Za-zÄÖÜäöü\d]{1,6}$/.test(name) && /[A-ZÄÖÜ].*[A-ZÄÖÜ]/.test(name)
    ? AliasFlag.Acronym
    : 0
}

function asType(text: string): EntityType {
  if (!ENTITY_TYPES.includes(text as EntityType))
    throw new Error(
      `gazetteer source names the type ${JSON.stringify(text)}; expected ${ENTITY_TYPES.join(', ')}`,
    )
  return text as EntityType
}
