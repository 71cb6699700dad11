import { distinctEntities } from '../../entities/distinct.js'
import { ENTITY_TYPES } from '../../labels/scheme.js'
import type { IndexedEntity } from '../../types.js'
import type { EntityDocument } from '../document.js'
import { wikidataPage } from '../wikidata.js'
import { escapeHtml } from './escape.js'
import { TYPES } from './terms.js'
import type { MentionId } from './text.js'

/** The distinct entities by type, each with its count, its spellings, and links to its first mention and to Wikidata. */
export function listHtml(doc: EntityDocument, idOf: MentionId): string {
  const entities = distinctEntities(doc.entities)
  const sections = ENTITY_TYPES.map((type) => {
    const items = entities.filter((entity) => entity.type === type).map((entity) => itemHtml(entity, idOf))
    return items.length === 0
      ? ''
      : `<h3>${TYPES[type].many}</h3>\n<ul class="${TYPES[type].css}">\n${items.join('\n')}\n</ul>\n`
  }).join('')
  return sections === '' ? '<p>No names found.</p>\n' : sections
}

function itemHtml(entity: IndexedEntity, idOf: MentionId): string {
  const spellings = [...new Set(entity.mentions.map(({ text, host }) => (host ?? { text }).text))]
  const page = wikidataPage(entity.id)
  const link = page === undefined ? '' : ` · <a href="${page}">${escapeHtml(entity.id!)}</a>`
  const times = entity.count === 1 ? '1 mention' : `${entity.count} mentions`
  return `<li><a class="who" href="#${idOf(entity.mentions[0]!)}">${escapeHtml(entity.canonical)}</a> <span class="count" title="${times}">${entity.count} ×</span> <span class="forms">${escapeHtml(spellings.join(', '))}${link}</span></li>`
}
