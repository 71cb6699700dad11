import type { AnnotatedText } from '../formats/annotated.js'
import type { EntityKind, EntityType } from '../labels/scheme.js'
import type { Recognizer } from '../recognizer/recognizer.js'
import type { Entity } from '../types.js'

/** Mentions of some sort: how many there are, were found (span, type and kind), and were given the right canonical name. */
export interface LinkScore {
  gold: number
  found: number
  right: number
}

/** A mention that was found and tied to the wrong entity. */
export interface LinkError {
  readonly id: string
  readonly type: EntityType
  readonly kind: EntityKind
  readonly text: string
  readonly expected: string
  readonly answered: string
  /** How it was tied; `-` where the canonical name came from the document alone. */
  readonly method: string
}

export interface LinkEvaluation {
  readonly byKind: Readonly<Record<EntityKind, LinkScore>>
  readonly byType: Readonly<Record<string, LinkScore>>
  readonly byMethod: Readonly<Record<string, LinkScore>>
  readonly errors: readonly LinkError[]
}

const TYPES: readonly EntityType[] = ['PER', 'ORG', 'LOC']

/** Compares the canonical names that the recogniser gives with those of annotated texts; outer mentions of PER, ORG and LOC. */
export function evaluateLinks(
  texts: readonly AnnotatedText[],
  recognizer: Recognizer,
  onProgress?: (done: number) => void,
): LinkEvaluation {
  const byKind = { name: newScore(), derived: newScore(), compound: newScore() }
  const byType: Record<string, LinkScore> = { PER: newScore(), ORG: newScore(), LOC: newScore() }
  const byMethod: Record<string, LinkScore> = {}
  const errors: LinkError[] = []
  for (const [index, { id, text, mentions }] of texts.entries()) {
    const found = new Map<string, Entity>()
    for (const entity of recognizer.recognize(text).entities) found.set(placeOf(entity), entity)
    for (const mention of mentions) {
      const { type, kind, canonical: expected, depth } = mention
      if (depth > 0 || !TYPES.includes(type)) continue
      const entity = found.get(placeOf(mention))
      const method = entity === undefined ? undefined : (entity.link?.method ?? '-')
      const scores = [byKind[kind], byType[type]!]
      if (method !== undefined) {
        byMethod[method] ??= newScore()
        scores.push(byMethod[method])
      }
      for (const score of scores) {
        score.gold++
        if (entity !== undefined) score.found++
        if (entity?.canonical === expected) score.right++
      }
      if (entity === undefined || method === undefined || entity.canonical === expected) continue
      errors.push({ id, type, kind, text: mention.text, expected, answered: entity.canonical, method })
    }
    onProgress?.(index + 1)
  }
  return { byKind, byType, byMethod, errors }
}

/** Sum of several scores. */
export function totalOf(scores: readonly LinkScore[]): LinkScore {
  const total = newScore()
  for (const { gold, found, right } of scores) {
    total.gold += gold
    total.found += found
    total.right += right
  }
  return total
}

function newScore(): LinkScore {
  return { gold: 0, found: 0, right: 0 }
}

function placeOf({ start, end, type, kind }: Pick<Entity, 'start' | 'end' | 'type' | 'kind'>): string {
  return `${start}:${end}:${type}:${kind}`
}
