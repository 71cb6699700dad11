import type { Entity } from '../../types.js'
import type { EntityDocument } from '../document.js'
import { type InlineNode, inlineForest } from '../inline.js'
import { cardHtml } from './card.js'
import { escapeHtml } from './escape.js'
import { TYPES } from './terms.js'

/** Id of the element of a mention, from the number of its document and its place in the text. */
export type MentionId = (entity: Entity) => string

/**
 * The text with its mentions marked, each with a card that hover and focus show. Without the cards it is the text itself.
 * `card` writes another card, or none.
 */
export function textHtml(doc: EntityDocument, idOf: MentionId, card = cardHtml): string {
  return contentHtml(doc.text, 0, doc.text.length, inlineForest(doc), idOf, card)
}

function contentHtml(
  text: string,
  start: number,
  end: number,
  nodes: readonly InlineNode[],
  idOf: MentionId,
  card: typeof cardHtml,
): string {
  let result = ''
  let at = start
  for (const node of nodes) {
    result += escapeHtml(text.slice(at, node.start))
    const inner = contentHtml(text, node.start, node.end, node.children, idOf, card)
    result +=
      node.entity === undefined
        ? `<span class="host">${inner}</span>`
        : mentionHtml(node.entity, inner, idOf(node.entity), card)
    at = node.end
  }
  return result + escapeHtml(text.slice(at, end))
}

function mentionHtml(entity: Entity, inner: string, id: string, card: typeof cardHtml): string {
  return `<span class="m ${TYPES[entity.type].css}" id="${id}"><mark tabindex="0" aria-describedby="${id}-card">${inner}</mark>${card(entity, id)}</span>`
}
