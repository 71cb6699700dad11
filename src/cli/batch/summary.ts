import type { Document, EntityType } from '../../index.js'
import { ENTITY_TYPES } from '../../labels/scheme.js'

/** Counts over a whole run, interruptions included. */
export interface Counts {
  readonly documents: number
  readonly tokens: number
  readonly failures: number
  readonly entities: Readonly<Record<EntityType, number>>
}

export const NO_COUNTS: Counts = {
  documents: 0,
  tokens: 0,
  failures: 0,
  entities: { PER: 0, ORG: 0, LOC: 0, MISC: 0 },
}

/** Counts that grow. */
export class Summary {
  #documents: number
  #tokens: number
  #failures: number
  readonly #entities: Record<EntityType, number>

  constructor({ documents, tokens, failures, entities }: Counts = NO_COUNTS) {
    this.#documents = documents
    this.#tokens = tokens
    this.#failures = failures
    this.#entities = { ...entities }
  }

  get counts(): Counts {
    return {
      documents: this.#documents,
      tokens: this.#tokens,
      failures: this.#failures,
      entities: { ...this.#entities },
    }
  }

  addDocument(doc: Document): void {
    this.#documents++
    this.#tokens += doc.tokens.length
    for (const { type } of doc.entities) this.#entities[type]++
  }

  addFailure(): void {
    this.#failures++
  }
}

/**
 * The lines for the end of a run.
 * @param before counts when this run began: its rate is of what it did itself
 * @param seconds how long it took
 */
export function formatSummary(counts: Counts, before: Counts, seconds: number): string {
  const { documents, tokens, failures, entities } = counts
  const types = ENTITY_TYPES.filter((type) => entities[type] > 0).map(
    (type) => `${type} ${number(entities[type])}`,
  )
  const total = ENTITY_TYPES.reduce((sum, type) => sum + entities[type], 0)
  const rate = (amount: number): string => number(Math.round(amount / Math.max(seconds, 0.001)))
  const lines = [
    `${number(documents)} documents, ${number(tokens)} tokens, ${number(total)} entities${total > 0 ? ` (${types.join(', ')})` : ''}, ${number(failures)} failures`,
    `${duration(seconds)}, ${rate(documents - before.documents)} documents/s, ${rate(tokens - before.tokens)} tokens/s`,
  ]
  const resumed = before.documents + before.failures
  if (resumed > 0) lines.push(`${number(resumed)} of them before the interruption`)
  return lines.join('\n')
}

export function number(value: number): string {
  return value.toLocaleString('en')
}

/** `1:02:03`, `2:03`, `0:03`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
