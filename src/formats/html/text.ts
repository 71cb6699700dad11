import type { Entity } from '../../types.js'
import type { EntityDocument } from '../document.js'
import { type InlineNode, inlineForest } from '../inline.js'
import { wikidataPage } from '../wikidata.js'
import { escapeHtml } from './escape.js'
import { KINDS, METHODS, TYPES } from './terms.js'

/** Id of the element of a mention, from the number of its document and its place in the text. */
export type MentionId = (entity: Entity) => string

/** The text with its mentions marked, each with a card that hover and focus show. Without the cards it is the text itself. */
export function textHtml(doc: EntityDocument, idOf: MentionId): string {
  return contentHtml(doc.text, 0, doc.text.length, inlineForest(doc), idOf)
}

function contentHtml(
  text: string,
  start: number,
  end: number,
  nodes: readonly InlineNode[],
  idOf: MentionId,
): string {
  let result = ''
  let at = start
  for (const node of nodes) {
    result += escapeHtml(text.slice(at, node.start))
    const inner = contentHtml(text, node.start, node.end, node.children, idOf)
    result +=
      node.entity === undefined
        ? `<span class="host">${inner}</span>`
        : mentionHtml(node.entity, inner, idOf(node.entity))
    at = node.end
  }
  return result + escapeHtml(text.slice(at, end))
}

function mentionHtml(entity: Entity, inner: string, id: string): string {
  return `<span class="m ${TYPES[entity.type].css}" id="${id}"><mark tabindex="0" aria-describedby="${id}-card">${inner}</mark>${cardHtml(entity, id)}</span>`
}

function cardHtml(entity: Entity, id: string): string {
  const { canonical, type, kind, host, score, link } = entity
  const word = host === undefined ? '' : ` (${host.text})`
  const method =
    link === undefined
      ? 'Not in the gazetteer'
      : `Linked ${METHODS[link.method]}: ${link.alias} (${percent(link.score)})`
  const page = wikidataPage(entity.id)
  const identifier =
    page !== undefined
      ? `<a href="${page}">Wikidata ${escapeHtml(entity.id!)}</a>`
      : entity.id === undefined
        ? ''
        : `<span>${escapeHtml(entity.id)}</span>`
  return `<span class="tip" role="tooltip" id="${id}-card" lang="en"><b>${escapeHtml(canonical)}</b><span>${escapeHtml(
    `${TYPES[type].one}${KINDS[kind]}${word}`,
  )}</span><span>Score ${percent(score)}</span><span>${escapeHtml(method)}</span>${identifier}</span>`
}

/** Whole per cent; only certainty is 100. */
function percent(probability: number): string {
  return `${probability < 1 ? Math.min(99, Math.round(probability * 100)) : 100} %`
}
