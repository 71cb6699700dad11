import { parseAnnotated } from '../../formats/annotated.js'
import { adjectiveBase, derivationBases, inflectionBases } from '../../gazetteer/morphology.js'
import type { EntityKind, EntityType } from '../../labels/scheme.js'

/** A real entity of the annotated corpus with the ways it is written there. */
export interface CorpusEntity {
  readonly name: string
  readonly type: EntityType
  /** Texts that name it. */
  readonly texts: number
  /** Spellings in their base form that lead to no other entity of the type in the corpus. */
  readonly names: readonly string[]
  /** Derived words (Wolfsburger for the club) that no rule leads to it. */
  readonly derived: readonly string[]
}

/** Share of a spelling's mentions that must mean the entity. */
const DOMINANT = 0.8

interface Tally {
  readonly texts: Set<string>
  readonly surfaces: Map<string, { kind: EntityKind; count: number }>
}

/** Real entities of corpus files; invented ones and bare surnames are left out. */
export function corpusEntities(files: readonly { name: string; content: string }[]): CorpusEntity[] {
  const tallies = new Map<string, Tally>()
  const uses = new Map<string, number>()
  for (const { name: file, content } of files) {
    for (const text of parseAnnotated(content, file)) {
      for (const { type, kind, canonical, invented, text: surface } of text.mentions) {
        const use = `${type}|${kind === 'derived'}|${surface}`
        uses.set(use, (uses.get(use) ?? 0) + 1)
        if (invented) continue
        const key = `${type}|${canonical}`
        const tally = tallies.get(key) ?? { texts: new Set(), surfaces: new Map() }
        tallies.set(key, tally)
        tally.texts.add(text.id)
        const seen = tally.surfaces.get(surface)
        if (seen === undefined) tally.surfaces.set(surface, { kind, count: 1 })
        else seen.count++
      }
    }
  }
  const entities: CorpusEntity[] = []
  for (const key of [...tallies.keys()].sort()) {
    const { texts, surfaces } = tallies.get(key)!
    const bar = key.indexOf('|')
    const type = key.slice(0, bar) as EntityType
    const name = key.slice(bar + 1)
    const names: string[] = []
    const derived: string[] = []
    for (const [surface, { kind, count }] of surfaces) {
      const isDerived = kind === 'derived'
      if (count < DOMINANT * uses.get(`${type}|${isDerived}|${surface}`)!) continue
      if (isDerived) derived.push(adjectiveBase(surface) ?? surface)
      else names.push(surface)
    }
    entities.push({
      name,
      type,
      texts: texts.size,
      names: baseForms(name, type, names),
      derived: derived.filter((word) => !derivationBases(word).includes(name)),
    })
  }
  return entities
}

/** Spellings without those that inflection leads back to another one, and without bare surnames. */
function baseForms(name: string, type: EntityType, surfaces: readonly string[]): string[] {
  const all = new Set([name, ...surfaces])
  return surfaces.filter((surface) => {
    if (surface === name || surface.length < 2 || /-$|^-|\s{2}|\n/.test(surface)) return false
    if (type === 'PER' && name.includes(' ') && !surface.includes(' ')) return false
    return !inflectionBases(surface).some((base) => all.has(base))
  })
}
