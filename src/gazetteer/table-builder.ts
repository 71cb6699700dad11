import { hashString } from '../binary/hash.js'
import { ENTITY_TYPES, type EntityType } from '../labels/scheme.js'
import { AliasFlag, GazetteerTable, type GazetteerTables } from './table.js'

/** One entity with everything that the tables hold of it. */
export interface TableEntry {
  readonly name: string
  readonly type: EntityType
  /** Number of the Wikidata QID, 0 for none. */
  readonly qid: number
  /** 0-100. */
  readonly prominence: number
  readonly aliases: readonly TableAlias[]
}

export interface TableAlias {
  readonly name: string
  /** See AliasFlag. */
  readonly flags: number
  /** Years of use, 0 for unlimited. */
  readonly from: number
  readonly to: number
}

/** Lays entries out as tables; the order of the entries is kept, and the same entries always give the same tables. */
export function buildTable(entries: readonly TableEntry[], fold: (name: string) => string): GazetteerTable {
  const aliases: (TableAlias & { entry: number })[] = []
  for (const [entry, { name, aliases: others }] of entries.entries()) {
    const seen = new Set<string>([name])
    aliases.push({ name, flags: AliasFlag.Canonical, from: 0, to: 0, entry })
    for (const alias of others) {
      if (seen.has(alias.name) || alias.name === '') continue
      seen.add(alias.name)
      aliases.push({ ...alias, entry })
    }
  }
  const strings = [...entries.map(({ name }) => name), ...aliases.map(({ name }) => name)]
  const encoder = new TextEncoder()
  const encoded = strings.map((text) => encoder.encode(text))
  const stringStart = new Uint32Array(strings.length + 1)
  for (const [index, bytes] of encoded.entries()) stringStart[index + 1] = stringStart[index]! + bytes.length
  const bytes = new Uint8Array(stringStart[strings.length]!)
  for (const [index, part] of encoded.entries()) bytes.set(part, stringStart[index])
  const tables: GazetteerTables = {
    bytes,
    stringStart,
    entryType: Uint8Array.from(entries, ({ type }) => ENTITY_TYPES.indexOf(type)),
    entryProminence: Uint8Array.from(entries, ({ prominence }) => prominence),
    entryQid: Uint32Array.from(entries, ({ qid }) => qid),
    aliasEntry: Uint32Array.from(aliases, ({ entry }) => entry),
    aliasFlags: Uint8Array.from(aliases, ({ flags }) => flags),
    aliasFrom: Uint16Array.from(aliases, ({ from }) => from),
    aliasTo: Uint16Array.from(aliases, ({ to }) => to),
    exactSlots: slotsOf(aliases, ({ name }) => name),
    foldedSlots: slotsOf(aliases, ({ name }) => fold(name)),
  }
  return new GazetteerTable(tables, fold)
}

function slotsOf(aliases: readonly TableAlias[], keyOf: (alias: TableAlias) => string): Uint32Array {
  let size = 16
  while (size * 0.6 < aliases.length) size *= 2
  const slots = new Uint32Array(size)
  for (const [index, alias] of aliases.entries()) {
    let slot = hashString(keyOf(alias)) & (size - 1)
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1)
    slots[slot] = index + 1
  }
  return slots
}
