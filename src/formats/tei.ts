import type { EntityType } from '../labels/scheme.js'
import type { Entity } from '../types.js'
import { checkDocument, checkDocuments, NAMED } from './check.js'
import type { EntityDocument, NamedDocument } from './document.js'
import { type InlineNode, inlineForest } from './inline.js'
import { conceptIri } from './wikidata.js'
import { escapeXmlText, xmlAttributes } from './xml.js'

const NAMESPACE = 'http://www.tei-c.org/ns/1.0'

/** Elements of the TEI module namesdates; `name` for other names. */
const ELEMENT: Readonly<Record<EntityType, string>> = {
  PER: 'persName',
  ORG: 'orgName',
  LOC: 'placeName',
  MISC: 'name',
}

/**
 * A document as TEI P5 (https://tei-c.org/guidelines/p5/): `persName`, `orgName`, `placeName` with `key` (canonical name),
 * `ref` (Wikidata), `cert` (score) and `type` (derived, compound); `seg type="compound"` around a word that holds names.
 *
 * Well-formed whatever the text holds, and lossless: the character data of `body` are the text, except that a character XML
 * cannot hold is U+FFFD there. An empty line begins a paragraph.
 */
export function formatTei(doc: NamedDocument): string {
  checkDocument('formatTei', doc, NAMED)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${teiElement(doc, ` xmlns="${NAMESPACE}"`)}\n`
}

/** Several documents as one `teiCorpus`. */
export function formatTeiCorpus(docs: readonly NamedDocument[]): string {
  checkDocuments('formatTeiCorpus', docs)
  const texts = docs.map((doc) => teiElement(doc, '')).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="${NAMESPACE}">
${header(`${docs.length} texts`)}
${texts}
</teiCorpus>
`
}

function teiElement(doc: NamedDocument, attributes: string): string {
  return `<TEI${attributes}>
${header(doc.id)}
<text xml:lang="de">
<body>${body(doc)}</body>
</text>
</TEI>`
}

function header(title: string): string {
  return `<teiHeader>
<fileDesc>
<titleStmt><title>${escapeXmlText(title)}</title></titleStmt>
<publicationStmt><p>Unpublished</p></publicationStmt>
<sourceDesc><p>Plain text; names marked by eigennamen</p></sourceDesc>
</fileDesc>
</teiHeader>`
}

/** Paragraphs, with the white space between them left where it is, so that nothing of the text is lost. */
function body(doc: EntityDocument): string {
  const forest = inlineForest(doc)
  const paragraphs: string[] = []
  let from = 0
  let node = 0
  for (const [separatorStart, separatorEnd] of separators(doc.text, forest)) {
    const first = node
    while (node < forest.length && forest[node]!.start < separatorStart) node++
    paragraphs.push(`<p>${content(doc.text, from, separatorStart, forest.slice(first, node))}</p>`)
    paragraphs.push(escapeXmlText(doc.text.slice(separatorStart, separatorEnd)))
    from = separatorEnd
  }
  paragraphs.push(`<p>${content(doc.text, from, doc.text.length, forest.slice(node))}</p>`)
  return paragraphs.join('')
}

/** White space with an empty line in it, half-open offsets; not inside a mention. */
function separators(text: string, forest: readonly InlineNode[]): [number, number][] {
  const found: [number, number][] = []
  let node = 0
  for (const match of text.matchAll(/[ \t\r]*\n[ \t\r]*\n[ \t\r\n]*/g)) {
    const start = match.index
    const end = start + match[0].length
    while (node < forest.length && forest[node]!.end <= start) node++
    const inside = node < forest.length && forest[node]!.start < end
    if (!inside && start > 0 && end < text.length) found.push([start, end])
  }
  return found
}

function content(text: string, start: number, end: number, nodes: readonly InlineNode[]): string {
  let result = ''
  let at = start
  for (const node of nodes) {
    result += escapeXmlText(text.slice(at, node.start))
    const inner = content(text, node.start, node.end, node.children)
    result +=
      node.entity === undefined ? `<seg type="compound">${inner}</seg>` : nameElement(node.entity, inner)
    at = node.end
  }
  return result + escapeXmlText(text.slice(at, end))
}

function nameElement({ type, kind, canonical, id, score }: Entity, inner: string): string {
  const attributes = xmlAttributes({
    type: kind === 'name' ? undefined : kind,
    key: canonical,
    ref: conceptIri(id),
    cert: String(Number(score.toFixed(4))),
  })
  return `<${ELEMENT[type]}${attributes}>${inner}</${ELEMENT[type]}>`
}
