import { CorpusError, describe } from '../errors.js'
import { readClassName } from './class-name.js'
import { utf16Offsets } from './code-points.js'
import type { ReadDocument, ReadMention } from './document.js'
import { field, parseJson } from './json.js'
import { idOfIri } from './wikidata.js'

/**
 * Reads a page of W3C Web Annotations of a text, as `toW3c` writes it: a JSON text, or its parsed value. Positions count code
 * points as the recommendation wants; where only UTF-16 code units lead to the quoted text, as some browser tools write them,
 * these are taken.
 * @throws CorpusError for another form, an unknown label, or a quotation that the text does not have at its position
 */
export function readW3c(text: string, json: unknown, source = 'Web Annotation'): ReadDocument {
  const page = parseJson(json, source)
  const items = field(page, 'items')
  if (!Array.isArray(items)) {
    throw new CorpusError(
      `${source}: expected an AnnotationPage { "items": [...] }, got ${describe(page)}. Pass one page at a time, with the text it is about.`,
    )
  }
  const utf16 = utf16Offsets(text)
  return {
    text,
    mentions: items.map((item, index) => readItem(item, text, utf16, `${source}: items[${index}]`)),
  }
}

function readItem(
  item: unknown,
  text: string,
  utf16: (offset: number) => number,
  place: string,
): ReadMention {
  const selectors = listOf(field(field(item, 'target'), 'selector'))
  const position = selectors.find((selector) => field(selector, 'type') === 'TextPositionSelector')
  const quote = selectors.find((selector) => field(selector, 'type') === 'TextQuoteSelector')
  const [start, end] = locate(text, position, field(quote, 'exact'), utf16, place)
  const bodies = listOf(field(item, 'body'))
  const bodyOf = (purpose: string, name: string): unknown =>
    bodies
      .filter((body) => field(body, 'purpose') === purpose)
      .map((body) => field(body, name))
      .find((value) => value !== undefined)
  const canonical = bodyOf('identifying', 'value')
  const iri = bodyOf('identifying', 'source')
  const score = field(item, 'confidence')
  return {
    start,
    end,
    text: text.slice(start, end),
    ...readClassName(bodyOf('classifying', 'value'), place),
    ...(typeof canonical === 'string' ? { canonical } : {}),
    ...(typeof iri === 'string' ? { id: idOfIri(iri) } : {}),
    ...(typeof score === 'number' ? { score } : {}),
  }
}

/** UTF-16 offsets of the stretch that position and quotation speak of. */
function locate(
  text: string,
  position: unknown,
  exact: unknown,
  utf16: (offset: number) => number,
  place: string,
): [number, number] {
  const given: [number, number] = [Number(field(position, 'start')), Number(field(position, 'end'))]
  const counted: [number, number] = [utf16(given[0]), utf16(given[1])]
  for (const [start, end] of [counted, given]) {
    const valid = start >= 0 && start < end && end <= text.length
    if (valid && (exact === undefined || text.slice(start, end) === exact)) return [start, end]
  }
  throw new CorpusError(
    `${place}: expected ${describe(exact)} at ${given.join('-')}, found ${describe(text.slice(...counted))}. Read the annotations with the very text they were made for.`,
  )
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
