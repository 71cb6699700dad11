import type { Entity, EntityType } from '../../types.js'
import type { PlacedTerm } from './align.js'
import { MARKS, type Mark, type Pointer, type TermDocument, type View, type World } from './contract.js'

/** compromise's tag of a type. */
const TAGS: Readonly<Record<EntityType, string>> = {
  PER: 'Person',
  ORG: 'Organization',
  LOC: 'Place',
  MISC: 'ProperNoun',
}

const NO_MARKS: readonly Mark[] = []

export function isMarked(document: TermDocument): boolean {
  return document.some((terms) => terms.some((term) => term[MARKS] !== undefined))
}

/**
 * Writes the entities on the terms: marks for all, tags for names. What compromise's own lexicon took for people, places
 * and organisations is taken back first. A mention across two of compromise's sentences gets the terms of the first.
 *
 * @param placed the terms that have text, in order of the text
 */
export function markTerms(
  document: TermDocument,
  placed: readonly PlacedTerm[],
  entities: readonly Entity[],
  world: World,
): void {
  const { setTag, unTag } = world.methods.one
  const all = document.flat()
  for (const tag of ['Person', 'Place', 'Organization']) unTag(all, tag, world.model.one.tagSet ?? {})
  for (const term of all) term[MARKS] = NO_MARKS
  let next = 0
  for (const entity of entities) {
    while (next < placed.length && placed[next]!.end <= entity.start) next++
    const first = placed[next]
    if (first === undefined || first.start >= entity.end) continue
    let last = first
    for (let at = next; at < placed.length && placed[at]!.start < entity.end; at++) {
      if (placed[at]!.sentence === first.sentence) last = placed[at]!
    }
    const terms = document[first.sentence]!.slice(first.index, last.index + 1)
    for (const [place, term] of terms.entries()) {
      term[MARKS] = [...(term[MARKS] ?? []), { entity, place, count: terms.length }]
    }
    if (entity.kind === 'name') setTag(terms, TAGS[entity.type], world, false, 'eigennamen')
  }
}

/** A mention that a view shows whole. */
export interface ShownMention {
  readonly entity: Entity
  readonly pointer: Pointer
}

/** The mentions within a view, in order of the text, each with the stretch of terms that it stands on. */
export function mentionsIn(view: View, types: ReadonlySet<EntityType>): ShownMention[] {
  const mentions: ShownMention[] = []
  const pointers = view.fullPointer
  for (const [index, terms] of view.docs.entries()) {
    const [sentence, offset = 0] = pointers[index]!
    for (const [at, term] of terms.entries()) {
      for (const { entity, place, count } of term[MARKS] ?? []) {
        if (place !== 0 || !types.has(entity.type) || !isWhole(terms.slice(at, at + count), entity, count))
          continue
        const start = offset + at
        mentions.push({
          entity,
          pointer: [sentence, start, start + count, term.id, terms[at + count - 1]!.id] as Pointer,
        })
      }
    }
  }
  return mentions
}

function isWhole(terms: TermDocument[number], entity: Entity, count: number): boolean {
  return (
    terms.length === count &&
    terms.every((term, place) =>
      (term[MARKS] ?? []).some((mark) => mark.place === place && mark.entity === entity),
    )
  )
}
