/**
 * The package's `eigennamen/formats`: writers that take what a recogniser answers (or a line of `extract --format jsonl`),
 * and readers that lead back to text and mentions. Pure functions; no model is loaded, nothing of Node is used.
 */
export { ArgumentError, CorpusError, EigennamenError, type ErrorCode } from '../errors.js'
export type { Entity, EntityKind, EntityType, IndexedEntity, Sentence, Token } from '../types.js'
export { formatBrat } from './brat.js'
export { readBrat } from './brat-reader.js'
export { readConll } from './conll-text.js'
export { formatCsv, formatTsv } from './delimited.js'
export type { EntityDocument, NamedDocument, ReadDocument, ReadMention, TokenDocument } from './document.js'
export { documentToConll as formatConll, type TagScheme } from './document-conll.js'
export { formatHtml } from './html/page.js'
export { type SpacyDocument, toSpacy } from './spacy.js'
export { readSpacy } from './spacy-reader.js'
export { type EntityRow, entityRows, type MentionRow, mentionRows } from './table.js'
export { formatTei, formatTeiCorpus } from './tei.js'
export { toW3c, type W3cAnnotation, type W3cAnnotationPage, type W3cBody } from './w3c.js'
export { readW3c } from './w3c-reader.js'
export { formatWebAnno, type WebAnnoOptions } from './webanno.js'
export { readWebAnno } from './webanno-reader.js'
