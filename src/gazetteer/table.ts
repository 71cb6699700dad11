import { AscendingNumbers } from '../binary/ascending.js'
import { countBelow } from '../binary/bisect.js'
import { type Container, openContainer, type SectionView } from '../binary/container.js'
import { hashString } from '../binary/hash.js'
import { ENTITY_TYPES, type EntityType } from '../labels/scheme.js'
import { foldKey } from './key.js'
import { equalsUtf8 } from './utf8.js'

export const GAZETTEER_KIND = 'gazetteer'

/** Flags of an alias. The first alias of an entry is its canonical name. */
export const AliasFlag = {
  /** A word derived from the name: adjective or inhabitant. */
  Derived: 1 << 0,
  Acronym: 1 << 1,
  /** The bare surname of a person, entered by rule: it needs more evidence than a name. */
  Surname: 1 << 2,
  /** Years of use are known. */
  Dated: 1 << 3,
} as const

/**
 * The gazetteer as it lies in its file. All sections are zero-copy views; strings are decoded when they are asked for.
 * E entries, A aliases, Q entries with a QID, D dated
 * aliases.
 */
export interface GazetteerTables {
  /** UTF-8 of all aliases, one after the other. */
  readonly bytes: Uint8Array
  /** A + 1 `AscendingNumbers`: first byte of each alias, and the end of the last. */
  readonly aliasStart: Uint16Array
  readonly aliasStartBlocks: Uint32Array
  /** A: see AliasFlag. */
  readonly aliasFlags: Uint8Array
  /** E + 1 `AscendingNumbers`: first alias of each entry, its canonical name. */
  readonly entryAlias: Uint16Array
  readonly entryAliasBlocks: Uint32Array
  /** E: index into ENTITY_TYPES; prominence 0-100; country (see `packCountry`); subtype (see header). */
  readonly entryType: Uint8Array
  readonly entryProminence: Uint8Array
  readonly entryCountry: Uint16Array
  readonly entrySubtype: Uint8Array
  /** Q, ascending: the entries with a QID, and its number. */
  readonly identifiedEntry: Uint32Array
  readonly identifiedQid: Uint32Array
  /** D, ascending: the aliases with years, and the first and last month of use (year × 12 + month - 1; 0: open). */
  readonly datedAlias: Uint32Array
  readonly datedFrom: Uint16Array
  readonly datedTo: Uint16Array
  /** Open addressing by hash of a key; a slot holds a tag of the hash and the alias number + 1. */
  readonly foldedSlots: Uint32Array
  /** By sound key, and by sound key of the surname: only names that other spellings may lead to. */
  readonly soundSlots: Uint32Array
  readonly surnameSlots: Uint32Array
  /** By the folded key and by it without one letter: only names in which a slip is forgiven. */
  readonly slipSlots: Uint32Array
}

const SECTION_TYPES = {
  bytes: 'u8',
  aliasStart: 'u16',
  aliasStartBlocks: 'u32',
  aliasFlags: 'u8',
  entryAlias: 'u16',
  entryAliasBlocks: 'u32',
  entryType: 'u8',
  entryProminence: 'u8',
  entryCountry: 'u16',
  entrySubtype: 'u8',
  identifiedEntry: 'u32',
  identifiedQid: 'u32',
  datedAlias: 'u32',
  datedFrom: 'u16',
  datedTo: 'u16',
  foldedSlots: 'u32',
  soundSlots: 'u32',
  surnameSlots: 'u32',
  slipSlots: 'u32',
} as const

/** Bits of a slot that number the alias; the rest is a tag that tells most strangers apart without a look at the string. */
export const ALIAS_BITS = 20
const ALIAS_MASK = (1 << ALIAS_BITS) - 1

/** Slot of an alias under a key's hash. */
export function slotOf(hash: number, alias: number): number {
  return ((hash & ~ALIAS_MASK) | (alias + 1)) >>> 0
}

/** Read access to the tables by entry and alias number. */
export class GazetteerTable {
  readonly tables: GazetteerTables
  /** Names of the subtypes by their number. */
  readonly subtypes: readonly string[]
  /** For some entries, other names of a text that speak for them. */
  readonly contexts: Readonly<Record<number, readonly string[]>>
  private readonly aliasStart: AscendingNumbers
  private readonly entryAlias: AscendingNumbers
  private readonly decoder = new TextDecoder()

  constructor(
    tables: GazetteerTables,
    subtypes: readonly string[],
    contexts: Readonly<Record<number, readonly string[]>>,
  ) {
    this.tables = tables
    this.subtypes = subtypes
    this.contexts = contexts
    this.aliasStart = new AscendingNumbers(tables.aliasStart, tables.aliasStartBlocks)
    this.entryAlias = new AscendingNumbers(tables.entryAlias, tables.entryAliasBlocks)
  }

  static read(bytes: ArrayBufferLike | ArrayBufferView, source: string): GazetteerTable {
    const container: Container = openContainer(bytes, GAZETTEER_KIND, source)
    const tables = Object.fromEntries(
      Object.entries(SECTION_TYPES).map(([name, type]) => [name, container.section(name, type)]),
    ) as unknown as GazetteerTables
    const { subtypes = [], contexts = {} } = container.header as {
      subtypes?: readonly string[]
      contexts?: Readonly<Record<number, readonly string[]>>
    }
    return new GazetteerTable(tables, subtypes, contexts)
  }

  get entryCount(): number {
    return this.tables.entryType.length
  }

  get aliasCount(): number {
    return this.tables.aliasFlags.length
  }

  toSections(): Record<string, SectionView> {
    return { ...this.tables } as unknown as Record<string, SectionView>
  }

  entryName(entry: number): string {
    return this.aliasName(this.entryAlias.at(entry))
  }

  entryType(entry: number): EntityType {
    return ENTITY_TYPES[this.tables.entryType[entry]!]!
  }

  /** Number of the Wikidata QID, 0 for none. */
  entryQid(entry: number): number {
    const { identifiedEntry, identifiedQid } = this.tables
    const at = countBelow(identifiedEntry, entry)
    return identifiedEntry[at] === entry ? identifiedQid[at]! : 0
  }

  entryCountry(entry: number): string {
    return unpackCountry(this.tables.entryCountry[entry]!)
  }

  entrySubtype(entry: number): string {
    return this.subtypes[this.tables.entrySubtype[entry]!] ?? ''
  }

  /** Entry that an alias belongs to. */
  entryOf(alias: number): number {
    return this.entryAlias.countBelow(alias + 1) - 1
  }

  aliasName(alias: number): string {
    // A copy: browsers decode no shared memory.
    return this.decoder.decode(
      this.tables.bytes.slice(this.aliasStart.at(alias), this.aliasStart.at(alias + 1)),
    )
  }

  isCanonical(alias: number, entry: number): boolean {
    return this.entryAlias.at(entry) === alias
  }

  /** True if the alias was in use in this month (year × 12 + month - 1). */
  inUse(alias: number, month: number): boolean {
    const { aliasFlags, datedAlias, datedFrom, datedTo } = this.tables
    if ((aliasFlags[alias]! & AliasFlag.Dated) === 0) return true
    const at = countBelow(datedAlias, alias)
    return datedFrom[at]! <= month && (datedTo[at] === 0 || month <= datedTo[at]!)
  }

  /** Numbers of the aliases spelt exactly so. Costs one hash and, for a stranger, no string. */
  exact(name: string, key = foldKey(name)): number[] {
    const { bytes, foldedSlots } = this.tables
    return probe(foldedSlots, hashString(key), (alias) =>
      equalsUtf8(bytes, this.aliasStart.at(alias), this.aliasStart.at(alias + 1), name),
    )
  }

  /** Numbers of the aliases with this folded key. */
  folded(key: string): number[] {
    return probe(this.tables.foldedSlots, hashString(key), (alias) => foldKey(this.aliasName(alias)) === key)
  }

  /** Numbers of the aliases that may have this sound key; a few may not. */
  sounded(key: string): number[] {
    return probe(this.tables.soundSlots, hashString(key), () => true)
  }

  /** Numbers of the people's names whose surname may have this sound key. */
  surnamed(key: string): number[] {
    return probe(this.tables.surnameSlots, hashString(key), () => true)
  }

  /** Numbers of the aliases that may have this folded key but for one letter. */
  slipped(key: string): number[] {
    return probe(this.tables.slipSlots, hashString(key), () => true)
  }
}

const NONE: number[] = []

function probe(slots: Uint32Array, hash: number, matches: (alias: number) => boolean): number[] {
  let found = NONE
  const tag = hash >>> ALIAS_BITS
  for (let at = hash % slots.length; slots[at] !== 0; at = at + 1 === slots.length ? 0 : at + 1) {
    const slot = slots[at]!
    if (slot >>> ALIAS_BITS !== tag) continue
    const alias = (slot & ALIAS_MASK) - 1
    if (!matches(alias)) continue
    if (found === NONE) found = [alias]
    else found.push(alias)
  }
  return found
}

/** Two letters of an ISO 3166 code as a number, 0 for anything else. */
export function packCountry(code: string): number {
  return /^[A-Z]{2}$/.test(code) ? (code.charCodeAt(0) << 8) | code.charCodeAt(1) : 0
}

function unpackCountry(packed: number): string {
  return packed === 0 ? '' : String.fromCharCode(packed >> 8, packed & 0xff)
}
