import type { Entity } from '../../types.js'
import { wikidataPage } from '../wikidata.js'
import { escapeHtml } from './escape.js'
import { KINDS, METHODS, TYPES } from './terms.js'

/** The card of a mention: what it stands for, how sure that is, and how it is known. */
export function cardHtml(entity: Entity, id: string): string {
  return `<span class="tip" role="tooltip" id="${id}-card" lang="en">${cardLines(entity)}</span>`
}

/** What stands in it. */
export function cardLines(entity: Entity): string {
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
  return `<b>${escapeHtml(canonical)}</b><span>${escapeHtml(
    `${TYPES[type].one}${KINDS[kind]}${word}`,
  )}</span><span>Score ${percent(score)}</span><span>${escapeHtml(method)}</span>${identifier}`
}

/** Whole per cent, never cut from its sign; only certainty is 100. */
function percent(probability: number): string {
  return `${probability < 1 ? Math.min(99, Math.round(probability * 100)) : 100}\u00a0%`
}
