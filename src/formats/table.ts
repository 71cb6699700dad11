import { distinctEntities } from '../entities/distinct.js'
import { checkDocument, NAMED } from './check.js'
import type { NamedDocument } from './document.js'

/** A mention as a row: scalars only, null for what it does not have. */
export interface MentionRow {
  /** Of the document. */
  readonly id: string
  /** Half-open UTF-16 offsets. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly type: string
  readonly kind: string
  /** Probability in (0, 1]. */
  readonly score: number
  readonly canonical: string
  readonly qid: string | null
  /** How the name was tied to the gazetteer. */
  readonly method: string | null
  /** Number of the entity within its document. */
  readonly cluster: number
  /** The whole word, where the mention is a part of it. */
  readonly host: string | null
}

/** A distinct entity of a document as a row; `id` and `cluster` tie it to its mentions. */
export interface EntityRow {
  readonly id: string
  readonly cluster: number
  readonly canonical: string
  readonly type: string
  readonly qid: string | null
  /** Number of mentions in the document. */
  readonly mentions: number
  /** UTF-16 offset of the first. */
  readonly first: number
}

/** One row a mention, in the order of the text. */
export function mentionRows(doc: NamedDocument): MentionRow[] {
  checkDocument('mentionRows', doc, NAMED)
  const { id, entities } = doc
  return entities.map((entity) => ({
    id,
    start: entity.start,
    end: entity.end,
    text: entity.text,
    type: entity.type,
    kind: entity.kind,
    score: entity.score,
    canonical: entity.canonical,
    qid: entity.id ?? null,
    method: entity.link?.method ?? null,
    cluster: entity.cluster,
    host: entity.host?.text ?? null,
  }))
}

/** One row a distinct entity, most often named first. */
export function entityRows(doc: NamedDocument): EntityRow[] {
  checkDocument('entityRows', doc, NAMED)
  const { id, entities } = doc
  return distinctEntities(entities).map((entity) => ({
    id,
    cluster: entity.cluster,
    canonical: entity.canonical,
    type: entity.type,
    qid: entity.id ?? null,
    mentions: entity.count,
    first: entity.mentions[0]!.start,
  }))
}
