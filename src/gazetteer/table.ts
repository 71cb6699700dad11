import { type Container, openContainer, type SectionView } from '../binary/container.js'
import { hashString } from '../binary/hash.js'
import { ENTITY_TYPES, type EntityType } from '../labels/scheme.js'

export const GAZETTEER_KIND = 'gazetteer'

/** Flags of an alias. */
export const AliasFlag = {
  /** The preferred name itself. */
  Canonical: 1 << 0,
  /** A word derived from the name: adjective or inhabitant. */
  Derived: 1 << 1,
  Acronym: 1 << 2,
} as const

/**
 * The gazetteer as it lies in its file: aliases sorted into two open-addressing tables, one by exact spelling and one by
 * folded key. All sections are zero-copy views; strings are decoded when they are asked for.
 */
export interface GazetteerTables {
  /** UTF-8 of all strings, one after the other. */
  readonly bytes: Uint8Array
  /** First byte of each string, and the end of the last. Strings: entry names, then aliases. */
  readonly stringStart: Uint32Array
  /** Per entry: type (index into ENTITY_TYPES), prominence 0-100, QID number (0: none). */
  readonly entryType: Uint8Array
  readonly entryProminence: Uint8Array
  readonly entryQid: Uint32Array
  /** Per alias: its entry, flags, first and last year of use (0: unlimited). */
  readonly aliasEntry: Uint32Array
  readonly aliasFlags: Uint8Array
  readonly aliasFrom: Uint16Array
  readonly aliasTo: Uint16Array
  /** Open addressing: alias number + 1 by hash of the exact spelling, and by hash of the folded key. */
  readonly exactSlots: Uint32Array
  readonly foldedSlots: Uint32Array
}

const SECTION_TYPES = {
  bytes: 'u8',
  stringStart: 'u32',
  entryType: 'u8',
  entryProminence: 'u8',
  entryQid: 'u32',
  aliasEntry: 'u32',
  aliasFlags: 'u8',
  aliasFrom: 'u16',
  aliasTo: 'u16',
  exactSlots: 'u32',
  foldedSlots: 'u32',
} as const

/** Read access to the tables by entry and alias number. */
export class GazetteerTable {
  readonly tables: GazetteerTables
  private readonly decoder = new TextDecoder()
  private readonly fold: (name: string) => string

  constructor(tables: GazetteerTables, fold: (name: string) => string) {
    this.tables = tables
    this.fold = fold
  }

  static read(
    bytes: ArrayBufferLike | ArrayBufferView,
    source: string,
    fold: (name: string) => string,
  ): GazetteerTable {
    const container: Container = openContainer(bytes, GAZETTEER_KIND, source)
    const tables = Object.fromEntries(
      Object.entries(SECTION_TYPES).map(([name, type]) => [name, container.section(name, type)]),
    ) as unknown as GazetteerTables
    return new GazetteerTable(tables, fold)
  }

  get entryCount(): number {
    return this.tables.entryType.length
  }

  get aliasCount(): number {
    return this.tables.aliasEntry.length
  }

  toSections(): Record<string, SectionView> {
    return { ...this.tables } as unknown as Record<string, SectionView>
  }

  entryName(entry: number): string {
    return this.string(entry)
  }

  entryType(entry: number): EntityType {
    return ENTITY_TYPES[this.tables.entryType[entry]!]!
  }

  aliasName(alias: number): string {
    return this.string(this.entryCount + alias)
  }

  /** Numbers of the aliases spelt exactly so. */
  exact(name: string): number[] {
    return this.probe(this.tables.exactSlots, name, (alias) => this.aliasName(alias) === name)
  }

  /** Numbers of the aliases with this folded key. */
  folded(key: string): number[] {
    return this.probe(this.tables.foldedSlots, key, (alias) => this.fold(this.aliasName(alias)) === key)
  }

  private probe(slots: Uint32Array, key: string, matches: (alias: number) => boolean): number[] {
    const found: number[] = []
    const mask = slots.length - 1
    for (let slot = hashString(key) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const alias = slots[slot]! - 1
      if (matches(alias)) found.push(alias)
    }
    return found
  }

  private string(index: number): string {
    const { bytes, stringStart } = this.tables
    return this.decoder.decode(bytes.subarray(stringStart[index]!, stringStart[index + 1]!))
  }
}
