import { checkDocument, PLAIN } from './check.js'
import { codePointOffsets } from './code-points.js'
import type { EntityDocument } from './document.js'
import { conceptIri } from './wikidata.js'

/**
 * Brat stand-off annotation (.ann) of a text, which brat reads beside the text itself (.txt); format:
 * http://brat.nlplab.org/standoff.html. Offsets in code points as brat counts them. A line a fact:
 *
 * - `T1 TAB LOC 16 26 TAB Nur-Sultan` the mention; over a line break brat wants its lines as fragments (`0 4;5 9`)
 * - `A1 TAB Kind T1 derived` its kind, where it is no name
 * - `N1 TAB Reference T1 Wikidata:Q1520 TAB Astana` its identifier
 * - `#1 TAB AnnotatorNotes T1 TAB Astana` its canonical name
 */
export function formatBrat(doc: EntityDocument): string {
  checkDocument('formatBrat', doc, PLAIN)
  const { text, entities } = doc
  const offset = codePointOffsets(text)
  const lines: string[] = []
  for (const [index, entity] of entities.entries()) {
    const number = index + 1
    const parts = fragments(entity.text)
    const places = parts.map(
      ({ start, end }) => `${offset(entity.start + start)} ${offset(entity.start + end)}`,
    )
    const surface = parts.map(({ start, end }) => oneLine(entity.text.slice(start, end))).join(' ')
    const canonical = oneLine(entity.canonical)
    lines.push(`T${number}\t${entity.type} ${places.join(';')}\t${surface}`)
    if (entity.kind !== 'name') lines.push(`A${number}\tKind T${number} ${entity.kind}`)
    if (entity.id !== undefined) {
      lines.push(`N${number}\tReference T${number} ${reference(entity.id)}\t${canonical}`)
    }
    lines.push(`#${number}\tAnnotatorNotes T${number}\t${canonical}`)
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** The stretches of a mention between its line breaks, without the white space around these. */
function fragments(surface: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  let start = 0
  for (const match of surface.matchAll(/\s*[\n\r]\s*/g)) {
    const end = match.index + match[0].length
    if (match.index === 0 || end === surface.length) continue
    found.push({ start, end: match.index })
    start = end
  }
  return [...found, { start, end: surface.length }]
}

/** `Wikidata:Q1520`; an identifier of the caller's own under `Own`. */
function reference(id: string): string {
  return `${conceptIri(id) === undefined ? 'Own' : 'Wikidata'}:${id.replace(/\s/g, '_')}`
}

function oneLine(value: string): string {
  return value.replace(/[\t\n\r]/g, ' ')
}
