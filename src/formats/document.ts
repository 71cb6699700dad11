import type { EntityKind, EntityType } from '../labels/scheme.js'
import type { Entity, Sentence, Token } from '../types.js'

/**
 * What every writer takes: a text and its mentions, sorted by start, then longer first. A `Document` of the recogniser is
 * one, and so is a line of `extract --format jsonl`. Offsets are UTF-16 code units.
 */
export interface EntityDocument {
  readonly text: string
  readonly entities: readonly Entity[]
}

/** What the writers of token formats take: tokens in order, and sentences from a first to a last token. */
export interface TokenDocument extends EntityDocument {
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
}

/** A document with the name under which it appears in a file that holds several. */
export interface NamedDocument extends EntityDocument {
  readonly id: string
}

/** A mention as a file tells it. Fields that its format cannot hold are absent. */
export interface ReadMention {
  /** Half-open UTF-16 offsets, whatever the file counts in. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly type: EntityType
  readonly kind: EntityKind
  readonly canonical?: string
  readonly id?: string
  readonly score?: number
}

/** A text with the mentions of a file, in the order of the file. */
export interface ReadDocument {
  readonly text: string
  readonly mentions: readonly ReadMention[]
}
