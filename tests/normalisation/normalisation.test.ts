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

  it('lead to their entity', () => {
    let pairs = 0
    let resolved = 0
    for (const [half, all] of Object.entries(both)) {
      const outcome = resolve(all)
      pairs += outcome.pairs
      resolved += outcome.resolved
      const share = (100 * outcome.resolved) / outcome.pairs
      console.info(
        `variants, ${half} half: ${outcome.resolved} of ${outcome.pairs} resolved (${share.toFixed(1)} %), ${outcome.listed} listed, ${outcome.unknown} of entities not in the gazetteer`,
      )
      expect(share).toBeGreaterThanOrEqual(91)
      expect(outcome.unknown).toBeLessThan(40)
    }
    expect(pairs).toBeGreaterThan(1800)
    expect((100 * resolved) / pairs).toBeGreaterThanOrEqual(92)
  })
})

describe('near misses', () => {
  it.each(Object.entries(halves(rows('near-misses.tsv'))))('are never merged: %s half', (half, all) => {
    const merged = new Set<string>()
    for (const [name, other, type] of all) {
      const [entity] = gazetteer.search(other, { type })
      const canonical = entity?.method === 'exact' || entity?.method === 'acronym' ? entity.canonical : other
      for (const options of [{ type }, {}]) {
        const [found] = gazetteer.search(name, options)
        if (found?.canonical === canonical || found?.canonical === other) merged.add(`${name} -> ${other}`)
      }
    }
    console.info(`near misses, ${half} half: ${merged.size} of ${all.length} merged`)
    expect([...merged]).toEqual([])
  })
})

describe('the shipped gazetteer', () => {
  const idOf = (name: string): string | undefined => gazetteer.lookup(name)[0]?.id

  it('has the identifiers of the places and bodies that everybody means', () => {
    expect(['Istanbul', 'Charkiw', 'Florida', 'Dänemark', 'den Niederlanden'.slice(4)].map(idOf)).toEqual([
      'Q406',
      'Q42308',
      'Q812',
      'Q35',
      'Q55',
    ])
  })

  it('has none rather than that of a namesake', () => {
    for (const name of ['Landshut', 'Marburg', 'Weißes Haus', 'ARD', 'PKK', 'Chris Martin'])
      expect(idOf(name), name).toBeUndefined()
  })

  it('has one entity for all names of a person', () => {
    for (const name of ['Alexander Lukaschenko', 'Aleksandr Lukaschenko', 'Aljaksandr Lukaschenka'])
      expect(idOf(name), name).toBe('Q2866')
  })

  it('finds the genitive of another romanisation', () => {
    expect(gazetteer.lookup('Navalnys', { type: 'PER' })[0]?.canonical).toBe('Alexej Nawalny')
    expect(gazetteer.lookup('Pashinyans', { type: 'PER' })[0]?.canonical).toBe('Nikol Paschinjan')
  })
})
