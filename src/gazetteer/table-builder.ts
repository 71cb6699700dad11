import { AscendingNumbers } from '../binary/ascending.js'
import { hashString } from '../binary/hash.js'
import { ENTITY_TYPES, type EntityType } from '../labels/scheme.js'
import { foldKey, hasAccents } from './key.js'
import { AliasFlag, GazetteerTable, type GazetteerTables, packCountry, slotOf } from './table.js'
import { orthographyOf } from './variants/orthography.js'
import { deletions, forgivesSlips } from './variants/slips.js'
import { soundKeys } from './variants/sound-key.js'
import { bareName, wordsOf } from './variants/words.js'

/** One entity with everything that the tables hold of it. */
export interface TableEntry {
  readonly name: string
  readonly type: EntityType
  /** Number of the Wikidata QID, 0 for none. */
  readonly qid: number
  /** 0-100. */
  readonly prominence: number
  /** ISO 3166 alpha-2, empty where unknown or none. */
  readonly country: string
  /** What sort of entity it is (club, ministry, river), empty where unknown. */
  readonly subtype: string
  readonly aliases: readonly TableAlias[]
  /** Other names that speak for this entity, where it shares its own with others. */
  readonly contexts?: readonly string[]
}

export interface TableAlias {
  readonly name: string
  /** See AliasFlag. */
  readonly flags: number
  /** First and last month of use (year × 12 + month - 1), 0 for unlimited. */
  readonly from: number
  readonly to: number
}

export interface TableOptions {
  /** Names of entries without a country may vary like foreign ones; otherwise only by accents. */
  readonly freeSpelling: boolean
}

/** Shortest name whose spelling may vary. */
const SHORTEST_VARIABLE = 4
/** A surname of four letters is too near to others: Meir is not Meier. */
const SHORTEST_VARIABLE_PERSON = 5
/** Readings of a spelling under which a name is entered; a query tries more. */
const ENTERED_READINGS = 2

/** Lays entries out as tables; the order of the entries is kept, and the same entries always give the same tables. */
export function buildTable(entries: readonly TableEntry[], options: TableOptions): GazetteerTable {
  const aliases: TableAlias[] = []
  const owners: TableEntry[] = []
  const entryAlias = new Uint32Array(entries.length + 1)
  for (const [index, entry] of entries.entries()) {
    entryAlias[index] = aliases.length
    const seen = new Set<string>()
    for (const alias of [{ name: entry.name, flags: 0, from: 0, to: 0 }, ...entry.aliases]) {
      if (alias.name === '' || seen.has(alias.name)) continue
      seen.add(alias.name)
      aliases.push(alias)
      owners.push(entry)
    }
  }
  entryAlias[entries.length] = aliases.length
  const { bytes, starts } = packStrings(aliases.map(({ name }) => name))
  const aliasStart = AscendingNumbers.pack(starts)
  const firstAlias = AscendingNumbers.pack(entryAlias)
  const dated = [...aliases.keys()].filter((index) => isDated(aliases[index]!))
  const identified = [...entries.keys()].filter((index) => entries[index]!.qid !== 0)
  const subtypes = [...new Set(['', ...entries.map(({ subtype }) => subtype)])].sort()
  if (subtypes.length > 256)
    throw new RangeError(`at most 256 subtypes fit in the table, the entries have ${subtypes.length}`)
  const tables: GazetteerTables = {
    bytes,
    aliasStart: aliasStart.low,
    aliasStartBlocks: aliasStart.blocks,
    aliasFlags: Uint8Array.from(aliases, (alias) => alias.flags | (isDated(alias) ? AliasFlag.Dated : 0)),
    entryAlias: firstAlias.low,
    entryAliasBlocks: firstAlias.blocks,
    entryType: Uint8Array.from(entries, ({ type }) => ENTITY_TYPES.indexOf(type)),
    entryProminence: Uint8Array.from(entries, ({ prominence }) => prominence),
    entryCountry: Uint16Array.from(entries, ({ country }) => packCountry(country)),
    entrySubtype: Uint8Array.from(entries, ({ subtype }) => subtypes.indexOf(subtype)),
    identifiedEntry: Uint32Array.from(identified),
    identifiedQid: Uint32Array.from(identified, (index) => entries[index]!.qid),
    datedAlias: Uint32Array.from(dated),
    datedFrom: Uint16Array.from(dated, (index) => aliases[index]!.from),
    datedTo: Uint16Array.from(dated, (index) => aliases[index]!.to),
    foldedSlots: slotsOf(aliases.map(({ name }) => [foldKey(name)])),
    soundSlots: slotsOf(aliases.map((alias, index) => soundEntries(alias, owners[index]!, options))),
    surnameSlots: slotsOf(aliases.map((alias, index) => surnameEntries(alias, owners[index]!, options))),
    slipSlots: slotsOf(aliases.map((alias, index) => slipEntries(alias, owners[index]!))),
  }
  const contexts: Record<number, readonly string[]> = {}
  for (const [index, { contexts: names }] of entries.entries())
    if (names !== undefined && names.length > 0) contexts[index] = names
  return new GazetteerTable(tables, subtypes, contexts)
}

function isDated({ from, to }: TableAlias): boolean {
  return from !== 0 || to !== 0
}

/** Keys of a name that other spellings may lead to: transliterated ones, and those with accents. */
function soundEntries(
  { name, flags }: TableAlias,
  { type, country }: TableEntry,
  options: TableOptions,
): string[] {
  const shortest = type === 'PER' ? SHORTEST_VARIABLE_PERSON : SHORTEST_VARIABLE
  if (name.length < shortest || (flags & (AliasFlag.Acronym | AliasFlag.Derived)) !== 0) return []
  const orthography = orthographyOf(country, name, options.freeSpelling)
  if (orthography === undefined) return hasAccents(name) ? soundKeys(bareName(name), 1) : []
  return soundKeys(bareName(name), ENTERED_READINGS, orthography.name)
}

function surnameEntries(
  { name }: TableAlias,
  { type, country }: TableEntry,
  options: TableOptions,
): string[] {
  if (type !== 'PER' || !name.includes(' ')) return []
  const orthography = orthographyOf(country, name, options.freeSpelling)
  return orthography === undefined ? [] : soundKeys(wordsOf(bareName(name)).pop() ?? '', 1, orthography.name)
}

function slipEntries({ name, flags }: TableAlias, { type, prominence }: TableEntry): string[] {
  const key = foldKey(name)
  if ((flags & AliasFlag.Derived) !== 0) return []
  return forgivesSlips(key, type, prominence) ? [key, ...deletions(key)] : []
}

function packStrings(strings: readonly string[]): { bytes: Uint8Array; starts: Uint32Array } {
  const encoder = new TextEncoder()
  const encoded = strings.map((text) => encoder.encode(text))
  const starts = new Uint32Array(strings.length + 1)
  for (const [index, part] of encoded.entries()) starts[index + 1] = starts[index]! + part.length
  const bytes = new Uint8Array(starts[strings.length]!)
  for (const [index, part] of encoded.entries()) bytes.set(part, starts[index])
  return { bytes, starts }
}

/** Share of the slots that may be taken. */
const LOAD = 0.75

/** @param keys the keys of each alias */
function slotsOf(keys: readonly (readonly string[])[]): Uint32Array {
  const count = keys.reduce((sum, { length }) => sum + length, 0)
  const size = Math.ceil(count / LOAD) + 1
  const slots = new Uint32Array(size)
  for (const [alias, list] of keys.entries()) {
    for (const key of new Set(list)) {
      const hash = hashString(key)
      let at = hash % size
      while (slots[at] !== 0) at = (at + 1) % size
      slots[at] = slotOf(hash, alias)
    }
  }
  return slots
}
