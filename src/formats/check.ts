import { ArgumentError, describe } from '../errors.js'

/** Fields of an `EntityDocument`, a `NamedDocument`, a `TokenDocument`. */
export const PLAIN = ['text', 'entities']
export const NAMED = ['id', ...PLAIN]
export const TOKENS = [...PLAIN, 'tokens', 'sentences']

/** @throws ArgumentError for what is no document with these fields */
export function checkDocument(writer: string, doc: unknown, fields: readonly string[]): void {
  refuse(writer, 'a document', fields, faultOf(doc, fields))
}

/** @throws ArgumentError for what is no array of documents with ids */
export function checkDocuments(writer: string, docs: unknown): void {
  const found = Array.isArray(docs) ? docs.map((doc) => faultOf(doc, NAMED)).find(Boolean) : describe(docs)
  refuse(writer, 'an array of documents', NAMED, found)
}

function refuse(writer: string, what: string, fields: readonly string[], found: string | undefined): void {
  if (found === undefined) return
  throw new ArgumentError(
    'INVALID_ARGUMENT',
    `${writer} expects ${what} { ${fields.join(', ')} }, got ${found}. Take the fields from what recognize answers.`,
  )
}

function faultOf(doc: unknown, fields: readonly string[]): string | undefined {
  if (typeof doc !== 'object' || doc === null || Array.isArray(doc)) return describe(doc)
  for (const field of fields) {
    const value = (doc as Record<string, unknown>)[field]
    const isText = field === 'id' || field === 'text'
    if (isText ? typeof value !== 'string' : !Array.isArray(value)) return `"${field}": ${describe(value)}`
  }
  return undefined
}
