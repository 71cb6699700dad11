import { distinctEntities } from '../../entities/distinct.js'
import { ENTITY_TYPES } from '../../labels/scheme.js'
import type { Entity } from '../../types.js'
import { checkDocuments } from '../check.js'
import type { NamedDocument } from '../document.js'
import { escapeHtml } from './escape.js'
import { listHtml } from './list.js'
import { STYLE } from './style.js'
import { TYPES } from './terms.js'
import { textHtml } from './text.js'

/**
 * Documents as one page to read: names by colour, a card with canonical name, identifier, score and link on hover and focus,
 * and the distinct entities with their counts. Self-contained: no scripts, nothing fetched; everything of the text escaped.
 */
export function formatHtml(docs: readonly NamedDocument[]): string {
  checkDocuments('formatHtml', docs)
  const title = docs.length === 1 ? docs[0]!.id : `${docs.length} texts`
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Names in ${escapeHtml(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<a class="skip" href="#texts">Skip to the text</a>
<header>
<h1>Names in ${escapeHtml(title)}</h1>
<p class="sum">${summary(docs)}</p>
${legend(docs)}
</header>
<main id="texts">
${docs.map((doc, index) => section(doc, index + 1, docs.length > 1)).join('\n')}
</main>
<footer>Found by eigennamen. Identifiers lead to Wikidata.</footer>
</body>
</html>
`
}

function section(doc: NamedDocument, number: number, titled: boolean): string {
  const numbers = new Map(doc.entities.map((entity, index) => [entity, index + 1]))
  const idOf = (entity: Entity): string => `m${number}-${numbers.get(entity)}`
  // The text element may hold no white space of its own: what stands in it is shown as it is.
  return `${titled ? `<h2>${escapeHtml(doc.id)}</h2>\n` : ''}<div class="doc">
<article class="text" lang="de">${textHtml(doc, idOf)}</article>
<aside class="list" aria-label="Entities">
${listHtml(doc, idOf)}</aside>
</div>`
}

function summary(docs: readonly NamedDocument[]): string {
  const entities = docs.reduce((sum, doc) => sum + distinctEntities(doc.entities).length, 0)
  const mentions = docs.reduce((sum, doc) => sum + doc.entities.length, 0)
  return `${entities} ${entities === 1 ? 'entity' : 'entities'}, ${mentions} ${mentions === 1 ? 'mention' : 'mentions'}. Point at a name, tap it or reach it by the Tab key to see what it stands for.`
}

/** The types with their colours; other names only where there are some. */
function legend(docs: readonly NamedDocument[]): string {
  const shown = ENTITY_TYPES.filter(
    (type) => type !== 'MISC' || docs.some((doc) => doc.entities.some((entity) => entity.type === type)),
  )
  const items = shown.map((type) => `<li><mark class="${TYPES[type].css}">${TYPES[type].many}</mark></li>`)
  return `<ul class="legend" aria-label="Legend">\n${items.join('\n')}\n</ul>`
}
