import { replaceFile } from '../../corpus/output.js'
import type { EntityType } from '../../index.js'

/** What the index needs to know of a mention. */
export interface Named {
  readonly canonical: string
  readonly type: EntityType
  readonly id?: string
}

/** An entity over the whole corpus, as it is written. */
export interface IndexRow extends Named {
  readonly mentions: number
  readonly documents: number
  /** Named in the same documents most often, with the number of those documents. */
  readonly partners: readonly (Named & { readonly documents: number })[]
}

interface Entry {
  readonly name: Named
  mentions: number
  documents: number
  /** Documents in common. */
  readonly partners: Map<Entry, number>
}

/** Bounds of memory. Reached, the rarer half goes. */
export interface IndexLimits {
  /** Entities counted at a time. */
  readonly entities: number
  /** Partners counted at a time for one entity. */
  readonly partners: number
  /** Entities of one document that are paired with one another, those named first; a list of a thousand names says little. */
  readonly paired: number
}

const LIMITS: IndexLimits = { entities: 100_000, partners: 64, paired: 64 }
const PARTNERS_WRITTEN = 10

/**
 * Counts entities over a corpus in bounded memory, by lossy counting (after Manku and Motwani, VLDB 2002): when a table is full, its
 * rarer half is dropped. What is left is exact except that it may lack what was counted before a drop; `missing` bounds that.
 * The same documents in the same order always give the same index.
 */
export class EntityIndex {
  readonly #limits: IndexLimits
  #entries = new Map<string, Entry>()
  #missing = 0

  constructor(limits: IndexLimits = LIMITS) {
    this.#limits = limits
  }

  /** Most mentions that any entity may lack; 0 while nothing was dropped. */
  get missing(): number {
    return this.#missing
  }

  get size(): number {
    return this.#entries.size
  }

  /** Counts the mentions of one document. */
  addDocument(mentions: readonly Named[]): void {
    const named = new Set<Entry>()
    for (const mention of mentions) {
      const entry = this.#entryOf(mention)
      entry.mentions++
      named.add(entry)
    }
    const paired = [...named].slice(0, this.#limits.paired)
    for (const entry of named) entry.documents++
    for (const entry of paired) {
      for (const partner of paired) {
        if (partner !== entry) entry.partners.set(partner, (entry.partners.get(partner) ?? 0) + 1)
      }
      this.#prunePartners(entry)
    }
    this.#prune()
  }

  /** Most mentions first; ties by canonical name, type and id in code units. */
  *rows(): Generator<IndexRow> {
    const entries = [...this.#entries.values()].sort(
      (a, b) => b.mentions - a.mentions || b.documents - a.documents || compare(key(a.name), key(b.name)),
    )
    for (const { name, mentions, documents, partners } of entries) {
      const best = [...partners]
        .sort(([a, inA], [b, inB]) => inB - inA || compare(key(a.name), key(b.name)))
        .slice(0, PARTNERS_WRITTEN)
      yield {
        ...name,
        mentions,
        documents,
        partners: best.map(([partner, common]) => ({ ...partner.name, documents: common })),
      }
    }
  }

  #entryOf({ canonical, type, id }: Named): Entry {
    const name: Named = { canonical, type, ...(id === undefined ? {} : { id }) }
    const known = this.#entries.get(key(name))
    if (known !== undefined) return known
    const entry: Entry = { name, mentions: 0, documents: 0, partners: new Map() }
    this.#entries.set(key(name), entry)
    return entry
  }

  #prunePartners({ partners }: Entry): void {
    if (partners.size <= this.#limits.partners) return
    const rarest = [...partners].sort(([, a], [, b]) => a - b).slice(0, partners.size >> 1)
    for (const [partner] of rarest) partners.delete(partner)
  }

  #prune(): void {
    if (this.#entries.size <= this.#limits.entities) return
    const sorted = [...this.#entries.values()].sort((a, b) => a.mentions - b.mentions)
    const dropped = new Set(sorted.slice(0, sorted.length >> 1))
    for (const entry of dropped) this.#entries.delete(key(entry.name))
    // The name dropped last was the most frequent one; names dropped several times add up.
    this.#missing += sorted[dropped.size - 1]!.mentions
    for (const { partners } of this.#entries.values()) {
      for (const partner of partners.keys()) if (dropped.has(partner)) partners.delete(partner)
    }
  }
}

/** Writes an index as JSON Lines; `note` is told if anything was dropped. */
export function writeIndex(path: string, index: EntityIndex, note: (line: string) => void): void {
  replaceFile(path, (append) => {
    for (const row of index.rows()) append(`${JSON.stringify(row)}\n`)
  })
  if (index.missing === 0) return
  note(
    `eigennamen: the index left out rare names to save memory; any entity may lack up to ${index.missing} mentions.`,
  )
}

function key({ canonical, type, id }: Named): string {
  return `${canonical}\t${type}\t${id ?? ''}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
