import type { Entity } from '../types.js'
import { checkDocument, NAMED } from './check.js'
import { classNameOf } from './class-name.js'
import { codePointOffsets } from './code-points.js'
import type { NamedDocument } from './document.js'
import { conceptIri } from './wikidata.js'

/** Terms beyond the standard's own context. Confidence is ITS RDF's (https://www.w3.org/2005/11/its/rdf). */
const CONTEXT = [
  'http://www.w3.org/ns/anno.jsonld',
  {
    confidence: {
      '@id': 'http://www.w3.org/2005/11/its/rdf#taConfidence',
      '@type': 'http://www.w3.org/2001/XMLSchema#double',
    },
    offsetUnit: 'urn:x-eigennamen:offsetUnit',
    cluster: 'urn:x-eigennamen:cluster',
  },
] as const

/** Characters of context in a quotation, each side. */
const CONTEXT_LENGTH = 32

/** One annotation: what is said (bodies) of which stretch of which text (target). */
export interface W3cAnnotation {
  readonly id: string
  readonly type: 'Annotation'
  readonly motivation: readonly ['identifying', 'classifying']
  readonly body: readonly W3cBody[]
  readonly target: {
    readonly source: string
    readonly selector: readonly [
      { readonly type: 'TextPositionSelector'; readonly start: number; readonly end: number },
      {
        readonly type: 'TextQuoteSelector'
        readonly exact: string
        readonly prefix: string
        readonly suffix: string
      },
    ]
  }
  /** Probability of the mention, in (0, 1]. */
  readonly confidence: number
  /** Number of the entity within the text. */
  readonly cluster: number
}

/** A canonical name or a label as text, or the thing itself. */
export type W3cBody =
  | {
      readonly type: 'TextualBody'
      readonly purpose: 'identifying' | 'classifying'
      readonly value: string
      readonly language?: 'de'
    }
  | { readonly type: 'SpecificResource'; readonly purpose: 'identifying'; readonly source: string }

/** The annotations of one text. */
export interface W3cAnnotationPage {
  /** The recommendation's, and one for `confidence`, `cluster` and `offsetUnit`. */
  readonly '@context': typeof CONTEXT
  readonly id: string
  readonly type: 'AnnotationPage'
  readonly offsetUnit: 'code point'
  readonly items: readonly W3cAnnotation[]
}

/**
 * A document's mentions as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), a page of them in JSON-LD. The
 * recommendation counts text positions in Unicode code points (4.2.4, 4.2.5); `offsetUnit` says so again. The document's id,
 * percent-encoded, is the IRI of the text, relative to where the page lies.
 */
export function toW3c(doc: NamedDocument): W3cAnnotationPage {
  checkDocument('toW3c', doc, NAMED)
  const source = encodeIri(doc.id)
  const offset = codePointOffsets(doc.text)
  return {
    '@context': CONTEXT,
    id: `${source}#names`,
    type: 'AnnotationPage',
    offsetUnit: 'code point',
    items: doc.entities.map((entity, index) => ({
      id: `${source}#name-${index + 1}`,
      type: 'Annotation',
      motivation: ['identifying', 'classifying'],
      body: bodiesOf(entity),
      target: {
        source,
        selector: [
          { type: 'TextPositionSelector', start: offset(entity.start), end: offset(entity.end) },
          { type: 'TextQuoteSelector', ...quotation(doc.text, entity) },
        ],
      },
      confidence: entity.score,
      cluster: entity.cluster,
    })),
  }
}

function bodiesOf(entity: Entity): W3cBody[] {
  const iri = conceptIri(entity.id)
  return [
    { type: 'TextualBody', purpose: 'classifying', value: classNameOf(entity) },
    { type: 'TextualBody', purpose: 'identifying', value: entity.canonical, language: 'de' },
    ...(iri === undefined
      ? []
      : ([{ type: 'SpecificResource', purpose: 'identifying', source: iri }] as const)),
  ]
}

/** The mention and what stands around it, never cut through a pair of surrogates. */
function quotation(text: string, { start, end }: Entity): { exact: string; prefix: string; suffix: string } {
  let from = Math.max(0, start - CONTEXT_LENGTH)
  let to = Math.min(text.length, end + CONTEXT_LENGTH)
  if (isInsidePair(text, from)) from++
  if (isInsidePair(text, to)) to--
  return { exact: text.slice(start, end), prefix: text.slice(from, start), suffix: text.slice(end, to) }
}

function isInsidePair(text: string, at: number): boolean {
  return at > 0 && at < text.length && text.codePointAt(at - 1)! > 0xffff
}

/** A file name as a relative IRI; its folders stay folders. */
function encodeIri(id: string): string {
  return id
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
}
