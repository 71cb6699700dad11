import { derivationBases } from '../../gazetteer/morphology.js'
import { AliasFlag, type GazetteerTable } from '../../gazetteer/table.js'
import { buildTable, type TableAlias } from '../../gazetteer/table-builder.js'
import { orthographyOf } from '../../gazetteer/variants/orthography.js'
import { ENTITY_TYPES, type EntityType } from '../../labels/scheme.js'
import { ordinarySurfaces, rows, tableRows, wordCounts } from '../tables.js'
import { type CorpusEntity, corpusEntities } from './corpus-names.js'
import { type Draft, DraftStore } from './draft.js'
import { QidTies } from './qid-ties.js'
import { subtypeOf } from './subtypes.js'

/** Contents of the source files, read by the caller. Formats: see the README beside each source. */
export interface GazetteerSources {
  /** canonical TAB type TAB subtype TAB qid TAB aliases (|) TAB prominence TAB source TAB cc TAB valid TAB licence class. */
  readonly entities: string
  /** canonical TAB subtype TAB country TAB aliases (|). */
  readonly knowledge: readonly { readonly name: string; readonly content: string }[]
  /** canonical TAB type TAB subtype TAB aliases (;) TAB validity of aliases. */
  readonly checklist: string
  /** CLDR territory names: JSON of `main.de.localeDisplayNames.territories`. */
  readonly territories: string
  /** word TAB count in German text. */
  readonly counts: string
  /** surface TAB types TAB as ordinary word TAB as name. */
  readonly ambiguous: string
  /** surname TAB ...: registered surnames. */
  readonly surnames: string
  /** Tables of this repository, see `models/sources/README.md`; the first decides about canonical names, then the corpus. */
  readonly own: readonly { readonly name: string; readonly content: string }[]
  /** canonical TAB type TAB derived words (|). */
  readonly derived: string
  /** alias TAB canonical TAB reason: spellings that other sources list and that mean something else. */
  readonly dropped: string
  /** canonical TAB type TAB QID of the merged table or "-", where the rules err. */
  readonly qids: string
  /** canonical TAB type TAB other names (|) that speak for the entity where it shares its name. */
  readonly contexts: string
  /** Training files of the annotated corpus. */
  readonly corpus: readonly { readonly name: string; readonly content: string }[]
}

/** Least prominence (0-100) for entities of the merged table. */
export interface GazetteerLimits {
  readonly prominence: Readonly<Record<'PER' | 'ORG' | 'LOC', number>>
  /** Places of Germany, Austria and Switzerland. */
  readonly homePlaces: number
  /** Organisations of Germany, Austria and Switzerland. */
  readonly homeOrganisations: number
}

export const DEFAULT_GAZETTEER_LIMITS: GazetteerLimits = {
  prominence: { PER: 30, ORG: 46, LOC: 42 },
  homePlaces: 10,
  homeOrganisations: 20,
}

/** Prominence of the ranks 1-5 of this repository's tables. */
const RANKS = [0, 40, 50, 65, 80, 95]
const LEAST_RANK = 2
const CHECKLIST = 80
const TERRITORY = 95
const KNOWLEDGE = 50
/** Entities that only the corpus names; a little more for every doubling of the texts. */
const CORPUS = 40
const CORPUS_STEP = 5

const HOME = new Set(['DE', 'AT', 'CH', 'LI', 'LU'])

/** The compiled table and what went into it. */
export interface BuiltGazetteer {
  readonly table: GazetteerTable
  /** Entities by `type` and by the source that named them first. */
  readonly byType: Readonly<Record<string, number>>
  readonly bySource: Readonly<Record<string, number>>
}

/** Compiles the gazetteer; the same sources always give the same table. */
export function buildGazetteer(sources: GazetteerSources, limits: GazetteerLimits): BuiltGazetteer {
  const store = new GazetteerCompiler(sources, limits).run()
  return {
    table: buildTable(store.entries(), { freeSpelling: false }),
    byType: tally(store.all.map(({ type }) => type)),
    bySource: tally(store.all.map(({ source }) => source)),
  }
}

class GazetteerCompiler {
  private readonly sources: GazetteerSources
  private readonly limits: GazetteerLimits
  private readonly store = new DraftStore()
  private readonly qids: QidTies
  private readonly counts: ReadonlyMap<string, number>
  private readonly ordinary: ReadonlySet<string>
  private readonly droppedAliases: ReadonlySet<string>

  constructor(sources: GazetteerSources, limits: GazetteerLimits) {
    this.sources = sources
    this.limits = limits
    this.qids = new QidTies(sources.entities, sources.qids)
    this.counts = wordCounts(sources.counts)
    this.ordinary = ordinarySurfaces(sources.ambiguous)
    this.droppedAliases = new Set(tableRows(sources.dropped).map(([alias, name]) => `${name}|${alias}`))
  }

  run(): DraftStore {
    const corpus = corpusEntities(this.sources.corpus)
    const [curated, ...others] = this.sources.own
    if (curated !== undefined) this.addOwn(curated)
    this.addCorpus(corpus)
    for (const table of others) this.addOwn(table)
    this.addTerritories()
    this.addChecklist()
    this.addKnowledge()
    this.store.mergeDoubles()
    this.tieQids()
    this.addEntities()
    this.addDerived(corpus)
    this.addSurnames()
    this.addContexts()
    return this.store
  }

  /** canonical TAB type TAB subtype TAB country TAB rank TAB aliases (|, with years). */
  private addOwn({ name: source, content }: GazetteerSources['own'][number]): void {
    for (const [name = '', type = '', subtype = '', country = '', rank = '', aliases = ''] of tableRows(
      content,
    )) {
      const prominence = RANKS[Number(rank)]
      if (prominence === undefined || name === '')
        throw new Error(
          `${source}: ${JSON.stringify(name)} has the rank ${JSON.stringify(rank)}; expected 1 to 5 in the fifth column`,
        )
      // Rare ones help the tagger's word lists; here they are the least certain and cost space.
      if (Number(rank) < LEAST_RANK) continue
      const forms = aliases.split('|').filter(Boolean).map(parseAlias)
      const draft = this.store.enter({
        name: titleOf(name, subtype, forms),
        type: asType(type),
        prominence,
        country: /^[A-Z]{2}$/.test(country) ? country : '',
        subtype,
        source: 'own tables',
        names: forms.map((alias) => alias.name),
      })
      for (const alias of [plainAlias(name), ...forms]) this.store.addAlias(draft, alias)
      // Texts leave out the qualifier of a namesake: John Adams (Komponist).
      const bare = name.replace(/ \([^)]*\)$/, '')
      if (bare !== name && bare.length >= SHORTEST_BARE && !this.isOrdinary(bare))
        this.store.addAlias(draft, plainAlias(bare))
    }
  }

  private addTerritories(): void {
    const territories = JSON.parse(this.sources.territories).main.de.localeDisplayNames.territories as Record<
      string,
      string
    >
    const owners = new Map<string, Draft>()
    for (const [code, name] of Object.entries(territories)) {
      if (
        !/^[A-Z]{2}$|^\d{3}$/.test(code) ||
        ['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB', '001'].includes(code)
      )
        continue
      const isCountry = !/^\d/.test(code)
      const draft = this.store.enter({
        name,
        type: 'LOC',
        prominence: isCountry ? TERRITORY : CHECKLIST,
        country: isCountry ? code : '',
        subtype: isCountry ? 'country' : 'region',
        source: 'CLDR',
      })
      owners.set(code, draft)
    }
    for (const [code, name] of Object.entries(territories)) {
      const [country = '', variant] = code.split('-alt-')
      const owner = owners.get(country)
      if (variant !== undefined && owner !== undefined) this.alias(owner, name)
    }
  }

  private addCorpus(entities: readonly CorpusEntity[]): void {
    for (const { name, type, texts, names } of entities) {
      if (type === 'MISC' || name.length < 2) continue
      const prominence = Math.min(75, CORPUS + Math.round(CORPUS_STEP * Math.log2(texts)))
      const draft = this.store.enter({ name, type, prominence, source: 'corpus', names })
      for (const alias of [name, ...names]) this.store.addAlias(draft, plainAlias(alias))
    }
  }

  private addChecklist(): void {
    for (const [name = '', type = '', subtype = '', aliases = '', validity = ''] of tableRows(
      this.sources.checklist,
    )) {
      const forms = aliases.split(';').filter(Boolean)
      const years = parseValidity(validity)
      const draft = this.store.enter({
        name,
        type: asType(type),
        prominence: CHECKLIST,
        subtype: subtypeOf(subtype, asType(type), 'other'),
        source: 'checklist',
        names: forms,
      })
      for (const form of [name, ...forms]) {
        if (!this.isDropped(draft, form))
          this.store.addAlias(draft, { ...plainAlias(form), ...years.get(form) })
      }
    }
  }

  private addKnowledge(): void {
    for (const { name: file, content } of this.sources.knowledge) {
      const source = file.includes('companies') ? 'companies' : 'other'
      for (const [name = '', subtype = '', country = '', aliases = ''] of tableRows(content).slice(1)) {
        const forms = aliases.split('|').filter(Boolean)
        const draft = this.store.enter({
          name,
          type: 'ORG',
          prominence: KNOWLEDGE,
          country: /^[A-Z]{2}$/.test(country) && country !== 'EU' ? country : '',
          subtype: subtypeOf(subtype, 'ORG', source),
          source: 'knowledge tables',
          names: forms,
        })
        for (const form of [name, ...forms]) this.alias(draft, form)
      }
    }
  }

  /** QIDs from the merged table; two entities never share one, and the one for which more speaks has it. */
  private tieQids(): void {
    const ties = this.store.all.flatMap((draft) => {
      const tie = this.qids.tieOf({ ...draft, names: [...draft.aliases.keys()] })
      return tie === undefined ? [] : [{ draft, ...tie }]
    })
    const strength = (tie: (typeof ties)[number]): number => tie.strength + tie.draft.prominence
    ties.sort((a, b) => strength(b) - strength(a))
    const taken = new Set<number>()
    for (const { draft, qid } of ties) {
      if (taken.has(qid)) continue
      taken.add(qid)
      draft.qid = qid
    }
  }

  private addEntities(): void {
    const byQid = new Map<number, Draft>()
    for (const draft of this.store.all) if (draft.qid !== 0) byQid.set(draft.qid, draft)
    const named = this.namedRows()
    for (const cells of rows(this.sources.entities).slice(1)) {
      const [
        name = '',
        type = '',
        subtype = '',
        qid = '',
        aliases = '',
        score = '',
        ,
        country = '',
        ,
        licence = '',
      ] = cells
      if (name === '' || !/[AB]/.test(licence) || (type !== 'PER' && type !== 'ORG' && type !== 'LOC'))
        continue
      const id = /^Q\d+$/.test(qid) ? Number(qid.slice(1)) : 0
      // What is another row's own name is left to it: Valencia is Valence in French, and Valence a town in France.
      const forms = aliases
        .split('|')
        .filter((alias) => alias.length > 2 && (named.get(`${type}|${alias}`) ?? id) === id)
      const known = id === 0 ? undefined : byQid.get(id)
      const prominence = Number(score)
      if (known !== undefined) {
        if (known.country === '') known.country = isCountry(country) ? country : ''
        if (known.subtype === '') known.subtype = subtypeOf(subtype, type, 'other')
        this.enrich(known, [name, ...forms])
        continue
      }
      if (!this.isWanted(type, country, prominence) || !this.isUsed(name)) continue
      if (prominence < SAFE && this.isOrdinary(name)) continue
      if (this.store.isNamed(name, type)) continue
      const draft = this.store.enter({
        name,
        type,
        prominence,
        country: isCountry(country) ? country : '',
        subtype: subtypeOf(subtype, type, subtype === 'company' ? 'companies' : 'other'),
        source: `merged entity table, licence class ${licence.replace('C', '')}`,
      })
      draft.qid = id
      if (id !== 0) byQid.set(id, draft)
      if (type === 'LOC' && prominence < 55) continue
      this.enrich(draft, forms)
    }
  }

  /** QID, or 0, of the most prominent row of each name that may become an entity by itself. */
  private namedRows(): Map<string, number> {
    const best = new Map<string, { id: number; prominence: number }>()
    for (const [name = '', type = '', , qid = '', , score = '', , country = ''] of rows(
      this.sources.entities,
    ).slice(1)) {
      const prominence = Number(score)
      if ((type !== 'PER' && type !== 'ORG' && type !== 'LOC') || !this.isWanted(type, country, prominence))
        continue
      const key = `${type}|${name}`
      if (prominence > (best.get(key)?.prominence ?? -1))
        best.set(key, { id: /^Q\d+$/.test(qid) ? Number(qid.slice(1)) : 0, prominence })
    }
    return new Map([...best].map(([key, { id }]) => [key, id]))
  }

  private isWanted(type: 'PER' | 'ORG' | 'LOC', country: string, prominence: number): boolean {
    const { limits } = this
    if (HOME.has(country) && type === 'LOC') return prominence >= limits.homePlaces
    if (HOME.has(country) && type === 'ORG') return prominence >= limits.homeOrganisations
    return prominence >= limits.prominence[type]
  }

  /** Other spellings of the merged table; those that the variant engine reaches by itself are left out. */
  private enrich(draft: Draft, names: readonly string[]): void {
    for (const name of names) {
      if (name.length < 4 && draft.type !== 'ORG') continue
      this.alias(draft, name)
    }
  }

  private addDerived(corpus: readonly CorpusEntity[]): void {
    const add = (draft: Draft | undefined, word: string): void => {
      if (draft !== undefined && word !== '' && !this.isDropped(draft, word))
        this.store.addAlias(draft, { name: word, flags: AliasFlag.Derived, from: 0, to: 0 })
    }
    for (const [name = '', type = '', words = ''] of tableRows(this.sources.derived)) {
      const draft = this.store.named(name, asType(type)) ?? this.store.find({ name, type: asType(type) })
      for (const word of words.split('|')) add(draft, word)
    }
    for (const { name, type, derived } of corpus)
      for (const word of derived) {
        // die Berliner are whatever club of Berlin the text speaks of.
        const isOfPlace =
          type === 'ORG' && derivationBases(word).some((base) => this.store.named(base, 'LOC') !== undefined)
        if (!isOfPlace) add(this.store.find({ name, type }), word)
      }
  }

  /**
   * Bare surnames of people whom every reader knows: one person of the name far ahead of all others, and a name that is no
   * ordinary word. Common German surnames need the highest rank.
   */
  private addSurnames(): void {
    this.dropSharedSurnames()
    const registered = new Set(rows(this.sources.surnames).map(([surname]) => surname))
    const holders = new Map<string, Draft[]>()
    for (const draft of this.store.all) {
      if (draft.type !== 'PER' || !draft.name.includes(' ')) continue
      const surname = lastWordOf(draft.name)
      const list = holders.get(surname)
      if (list === undefined) holders.set(surname, [draft])
      else list.push(draft)
    }
    for (const [surname, people] of holders) {
      const [first, second] = people.sort((a, b) => b.prominence - a.prominence)
      if (first === undefined || surname.length < 4 || this.isOrdinary(surname)) continue
      const isForeign = orthographyOf(first.country, first.name, false) !== undefined
      const least = registered.has(surname) || !isForeign ? SURNAME_PROMINENCE : FOREIGN_SURNAME_PROMINENCE
      if (first.prominence < least || people.length >= FAR_TOO_MANY_BEARERS) continue
      if (second !== undefined && second.prominence > first.prominence - SURNAME_MARGIN) continue
      if (this.store.isNamed(surname, 'PER')) continue
      this.store.addAlias(first, { name: surname, flags: AliasFlag.Surname, from: 0, to: 0 })
    }
  }

  /**
   * A bare surname that the tables give to one person is kept only if few people of the gazetteer bear it: of two and more it
   * needs support from the document, of many it is nobody's.
   */
  private dropSharedSurnames(): void {
    const bearers = new Map<string, number>()
    for (const { type, name } of this.store.all) {
      const surname = lastWordOf(name)
      if (type === 'PER' && surname !== name) bearers.set(surname, (bearers.get(surname) ?? 0) + 1)
    }
    for (const { type, name, prominence, aliases } of this.store.all) {
      if (type !== 'PER') continue
      const surname = lastWordOf(name)
      const alias = aliases.get(surname)
      const count = bearers.get(surname) ?? 0
      if (alias === undefined || surname === name || count < 2) continue
      if (count >= (prominence >= SURNAME_PROMINENCE ? FAR_TOO_MANY_BEARERS : TOO_MANY_BEARERS))
        aliases.delete(surname)
      else aliases.set(surname, { ...alias, flags: alias.flags | AliasFlag.Surname })
    }
  }

  private addContexts(): void {
    for (const [name = '', type = '', names = ''] of tableRows(this.sources.contexts)) {
      const draft = this.store.named(name, asType(type))
      if (draft !== undefined) draft.contexts = names.split('|')
    }
  }

  /** Takes an alias that German text uses, that is no ordinary word and that nobody struck out. */
  private alias(draft: Draft, name: string): void {
    if (this.isOrdinary(name) || !this.isUsed(name) || this.isDropped(draft, name)) return
    // Another entity's own name is not a foreign spelling of this one: Georgia is not Georgien.
    const owner = this.store.named(name, draft.type)
    if (owner !== undefined && owner !== draft) return
    this.store.addAlias(draft, plainAlias(name))
  }

  private isDropped(draft: Draft, alias: string): boolean {
    return this.droppedAliases.has(`${draft.name}|${alias}`)
  }

  /** Written small at least as often as with a capital, or known to be a word as often as a name. */
  private isOrdinary(name: string): boolean {
    if (this.ordinary.has(name)) return true
    const lower = name.toLowerCase()
    return (
      lower !== name &&
      (this.counts.get(lower) ?? 0) >= (this.counts.get(name) ?? 0) &&
      this.counts.has(lower)
    )
  }

  /** Every word of the name occurs in German text at all. */
  private isUsed(name: string): boolean {
    return (
      /^[\p{Script=Latin}\d][\p{Script=Latin}\p{M}\d '’.&/+()-]+$/u.test(name) &&
      name.split(/[\s()/-]+/).every((word) => word === '' || this.counts.has(word))
    )
  }
}

/** Entities of this prominence are names to everybody, whatever else the word means (Essen, Halle). */
const SAFE = 65
/** Shortest name that stands for its entity without a qualifier. */
const SHORTEST_BARE = 3
const SURNAME_PROMINENCE = 95
const FOREIGN_SURNAME_PROMINENCE = 65
const SURNAME_MARGIN = 15
const TOO_MANY_BEARERS = 5
const FAR_TOO_MANY_BEARERS = 12

function lastWordOf(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1)
}

/** Districts are titled with their town, as the corpus does: Berlin-Spandau. */
function titleOf(name: string, subtype: string, forms: readonly TableAlias[]): string {
  if (subtype !== 'district') return name
  return forms.find((form) => form.name.endsWith(`-${name}`))?.name ?? name
}

function plainAlias(name: string): TableAlias {
  return { name, flags: acronymFlag(name), from: 0, to: 0 }
}

/** `Nur-Sultan [2019-2022]`. */
export function parseAlias(text: string): TableAlias {
  const match = /^(.*?)\s*\[(\d{3,4})?\s*-\s*(\d{3,4})?\]$/.exec(text)
  if (match === null) return plainAlias(text.trim())
  return {
    ...plainAlias(match[1]!),
    from: match[2] === undefined ? 0 : Number(match[2]) * 12,
    to: match[3] === undefined ? 0 : Number(match[3]) * 12 + 11,
  }
}

/** `Dnipropetrowsk: /2016-05-19`, several separated by semicolons. */
function parseValidity(text: string): Map<string, { from: number; to: number }> {
  const years = new Map<string, { from: number; to: number }>()
  for (const part of text.split(';')) {
    const match = /^\s*(.+?):\s*(\d{4})?[\d-]*\/(\d{4})?/.exec(part)
    if (match === null) continue
    const from = match[2] === undefined ? 0 : Number(match[2]) * 12
    const to = match[3] === undefined ? 0 : Number(match[3]) * 12 + 11
    years.set(match[1]!, { from, to })
  }
  return years
}

function acronymFlag(name: string): number {
  return /^[A-ZÄÖÜ][A-Za-zÄÖÜäöü\d]{1,6}$/.test(name) && /[A-ZÄÖÜ].*[A-ZÄÖÜ]/.test(name)
    ? AliasFlag.Acronym
    : 0
}

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code)
}

function asType(text: string): EntityType {
  if (!ENTITY_TYPES.includes(text as EntityType))
    throw new Error(
      `gazetteer source names the type ${JSON.stringify(text)}; expected ${ENTITY_TYPES.join(', ')}`,
    )
  return text as EntityType
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
