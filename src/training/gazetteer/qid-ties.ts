import { foldKey } from '../../gazetteer/key.js'
import type { EntityType } from '../../labels/scheme.js'
import { rows, tableRows } from '../tables.js'
import { subtypeOf } from './subtypes.js'

/** What is known of an entity before it has an identifier. */
export interface Candidate {
  readonly name: string
  readonly type: EntityType
  /** ISO 3166 alpha-2 or UN, EU; empty where unknown. */
  readonly country: string
  readonly subtype: string
  readonly names: readonly string[]
}

/** A row of the merged entity table. */
interface Row {
  /** 0 for none. */
  readonly qid: number
  readonly name: string
  readonly country: string
  readonly subtype: string
  readonly prominence: number
  /** Folded. */
  readonly names: ReadonlySet<string>
}

export interface Tie {
  readonly qid: number
  /** The higher, the more speaks for it; only for comparison. */
  readonly strength: number
}

interface Found extends Tie {
  /** 2: the row's own name is the entity's; 1: it is one of its aliases; 0: they share aliases alone. */
  readonly level: number
}

/** Points of prominence: how much better the first of several entities of a name must be than the second. */
const CLEAR_MARGIN = 15
/** The same for organisations of one word: shops, brands and bus lines share such names all over the world. */
const WIDE_MARGIN = 40
/** An entity of unknown country and one word is nobody's namesake only above this. */
const LEAST_ONE_WORD = 20
/** People of unknown office below this are too often namesakes; the table knows politicians alone. */
const LEAST_PERSON = 65
/** Judges, officers, rebels often are in the table, and their namesakes rarely. */
const LEAST_PUBLIC = 25
/** People of unknown office, by an alias alone. */
const LEAST_PERSON_BY_ALIAS = 80
/** What speaks for a row, in points of prominence. */
const CANONICAL = 20
const SAME_COUNTRY = 30
const SAME_KIND = 20
const SHARED = 10
/** Names that two entries have in common beside each other's: enough where nothing is known of the country. */
const ENOUGH_SHARED = 2

/**
 * Wikidata QIDs of entities, found by their names in the merged entity table. A wrong identifier does more harm than none, so
 * a name is believed only as far as country and kind agree: the Łańcut that is called Landshut, too, is in Poland.
 */
export class QidTies {
  private readonly byName = new Map<string, Row[]>()
  private readonly settled = new Map<string, number>()

  /**
   * @param entities canonical TAB type TAB subtype TAB qid TAB aliases (|) TAB prominence TAB source TAB country TAB ...
   * @param settled canonical TAB type TAB QID or "-": where the rules err; an identifier must stand in the table
   */
  constructor(entities: string, settled: string) {
    const known = new Set<string>()
    for (const line of rows(entities).slice(1)) {
      const [name = '', type = '', subtype = '', qid = '', aliases = '', prominence = '', , country = ''] =
        line
      if (name === '') continue
      known.add(`${type}|${qid}`)
      const names = new Set([name, ...aliases.split('|')].filter(Boolean).map(foldKey))
      const row: Row = {
        qid: /^Q\d+$/.test(qid) ? Number(qid.slice(1)) : 0,
        name,
        country,
        subtype: kindOf(subtype, type as EntityType),
        prominence: Number(prominence),
        names,
      }
      for (const key of names) {
        const at = `${type}|${key}`
        const list = this.byName.get(at)
        if (list === undefined) this.byName.set(at, [row])
        else list.push(row)
      }
    }
    for (const [name = '', type = '', qid = ''] of tableRows(settled)) {
      if (qid !== '-' && !known.has(`${type}|${qid}`))
        throw new Error(
          `qids.tsv: ${name} has the QID ${JSON.stringify(qid)}, which no row of the entity table has with the type ${type}; expected one of the table or "-"`,
        )
      this.settled.set(`${type}|${name}`, qid === '-' ? 0 : Number(qid.slice(1)))
    }
  }

  /** The QID that the names, the country and the kind of the entity lead to; `undefined` where they do not. */
  tieOf(entity: Candidate): Tie | undefined {
    const settled = this.settled.get(`${entity.type}|${entity.name}`)
    if (settled !== undefined)
      return settled === 0 ? undefined : { qid: settled, strength: Number.POSITIVE_INFINITY }
    const own = foldKey(entity.name)
    const names = new Set([entity.name, ...entity.names].map(foldKey))
    const found = new Map<number, Found>()
    let rival = Number.NEGATIVE_INFINITY
    // One-word aliases are evidence beside another name, never alone.
    for (const name of [entity.name, ...entity.names.filter(isTelling)]) {
      for (const row of this.byName.get(`${entity.type}|${foldKey(name)}`) ?? []) {
        if (row.qid === 0) {
          if (row.name === entity.name && mayBe(row, entity))
            rival = Math.max(rival, row.prominence + CANONICAL)
          continue
        }
        const strength = strengthOf(row, entity, names)
        if (strength === 0) continue
        const level = foldKey(row.name) === own ? 2 : names.has(foldKey(row.name)) ? 1 : 0
        const tie = { qid: row.qid, strength, level }
        const before = found.get(row.qid)
        if (before === undefined || byWorth(tie, before) < 0) found.set(row.qid, tie)
      }
    }
    const [best, second] = [...found.values()].sort(byWorth)
    if (best === undefined) return undefined
    const oneWord = entity.type === 'ORG' && !isTelling(entity.name)
    const margin = oneWord ? WIDE_MARGIN : CLEAR_MARGIN
    if (second?.level === best.level && best.strength - second.strength < margin) return undefined
    // An entity of the very name without an identifier: the alias of the other one is a coincidence.
    return best.strength < rival ? undefined : best
  }
}

function byWorth(a: Found, b: Found): number {
  return b.level - a.level || b.strength - a.strength || a.qid - b.qid
}

/** Chains and their branches stand under brand_bank, brand_political_party, brand_social_facility. */
function kindOf(said: string, type: EntityType): string {
  const bare = said.replace(
    /^brand_(political_)?(?=party|bank|union|association)|^brand_(?=hospital|university|school)/,
    '',
  )
  if (/^brand_(social|lifeguard|charity|community)/.test(said)) return 'association'
  return subtypeOf(bare, type, said === 'company' ? 'companies' : 'other')
}

function isTelling(name: string): boolean {
  return /[ -]/.test(name)
}

function isLong(name: string): boolean {
  return /[ -].*[ -]/.test(name)
}

function mayBe(row: Row, { country, subtype, type }: Candidate): boolean {
  return agree(row.country, country, type) !== 'no' && kindsAgree(row.subtype, subtype, type)
}

/** 0 where names, country and kind do not suffice. */
function strengthOf(row: Row, entity: Candidate, names: ReadonlySet<string>): number {
  const { type } = entity
  const country = agree(row.country, entity.country, type)
  if (!mayBe(row, entity)) return 0
  const own = foldKey(entity.name)
  const canonical = foldKey(row.name)
  let shared = 0
  for (const name of names) if (row.names.has(name)) shared++
  const same = own === canonical
  const believed =
    type === 'PER'
      ? believedPerson(row, entity, same, shared)
      : country === 'yes'
        ? same ||
          shared >= ENOUGH_SHARED ||
          sameKind(row.subtype, entity.subtype, type) ||
          (type === 'ORG' && names.has(canonical) && isTelling(row.name))
        : same
          ? isTelling(entity.name) ||
            type === 'LOC' ||
            row.prominence >= LEAST_ONE_WORD ||
            shared >= ENOUGH_SHARED
          : shared >= ENOUGH_SHARED || (names.has(canonical) && isLong(row.name))
  if (!believed) return 0
  return (
    row.prominence +
    1 +
    (same ? CANONICAL : 0) +
    (country === 'yes' ? SAME_COUNTRY : 0) +
    (sameKind(row.subtype, entity.subtype, type) ? SAME_KIND : 0) +
    SHARED * Math.min(3, shared - 1)
  )
}

/** The table knows only politicians, from all over the world and without their countries. */
function believedPerson(row: Row, { subtype }: Candidate, same: boolean, shared: number): boolean {
  if (POLITICAL.has(subtype)) return true
  if (OTHERS.has(subtype)) return false
  if (subtype !== '') return row.prominence >= LEAST_PUBLIC
  return row.prominence >= (same || shared >= ENOUGH_SHARED ? LEAST_PERSON : LEAST_PERSON_BY_ALIAS)
}

const POLITICAL = new Set(
  'head_of_state head_of_government minister official parliamentarian party_leader politician diplomat mayor'.split(
    ' ',
  ),
)
/** Politicians who are called like them are others. */
const OTHERS = new Set(
  'athlete footballer coach sports_official actor musician artist writer scientist journalist fictional'.split(
    ' ',
  ),
)

/** Codes that sources use for what others count as part of a country, and places that two countries are given for. */
const PART_OF: Readonly<Record<string, string>> = { DD: 'DE', IC: 'ES', DG: 'IO' }
const DISPUTED = new Set(['RU|UA', 'EH|MA', 'IN|PK'])
/** Bodies of many countries stand under the country of their seat elsewhere. */
const NO_COUNTRY = new Set(['UN', 'EU', 'INT'])

function agree(a: string, b: string, type: EntityType): 'yes' | 'unknown' | 'no' {
  const [first = '', second = ''] = [PART_OF[a] ?? a, PART_OF[b] ?? b].sort()
  if (first === '' || !/^[A-Z]{2}$/.test(first) || !/^[A-Z]{2}$/.test(second)) return 'unknown'
  if (NO_COUNTRY.has(first) || NO_COUNTRY.has(second)) return 'unknown'
  return first === second || (type === 'LOC' && DISPUTED.has(`${first}|${second}`)) ? 'yes' : 'no'
}

/** Kinds that different sources tell apart differently. */
const KINDS: readonly ReadonlySet<string>[] = [
  'party government armed_group',
  'company bank brand airline authority media_paper media_broadcaster media_online media_agency business hospital',
  'media_paper media_broadcaster media_online media_agency authority brand',
  'university school institute hospital museum',
  'ministry authority court parliament government military intl_org institute association foundation ngo',
  'association foundation ngo union church federation intl_org museum theatre orchestra authority',
  'club federation league competition association national_body',
  'city district region country state island',
  'region landscape island mountain state country',
  'river lake sea',
].map((names) => new Set(names.split(' ')))

function kindsAgree(a: string, b: string, type: EntityType): boolean {
  return (
    type === 'PER' || a === '' || b === '' || a === b || KINDS.some((kinds) => kinds.has(a) && kinds.has(b))
  )
}

/** Under another name the kinds must be the same: Orhei is a town, and the Rajon Orhei around it. */
function sameKind(a: string, b: string, type: EntityType): boolean {
  if (a === '' || b === '') return false
  if (type === 'LOC') return a === b || (PARTS.has(a) && PARTS.has(b))
  return kindsAgree(a, b, type)
}

/** What one source calls a state, another calls a region. */
const PARTS = new Set(['state', 'region'])
