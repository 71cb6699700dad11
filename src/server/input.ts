import { ArgumentError, describe } from '../errors.js'
import { isDate } from '../gazetteer/entry.js'
import type { LookupOptions } from '../gazetteer/gazetteer.js'
import { ENTITY_TYPES, type EntityType } from '../labels/scheme.js'
import { resolveOptions } from '../recognizer/options.js'
import type { RecognizeOptions } from '../types.js'
import { Problem } from './problem.js'

/** A text to recognise. Its id is handed back as it came. */
export interface TextInput {
  readonly text: string
  readonly id: string | number | null
  readonly options: RecognizeOptions
}

const OPTIONS = ['types', 'kinds', 'minScore', 'date', 'language'] as const
const TEXT_FIELDS = ['text', 'id', ...OPTIONS] as const
/** Longest name that is looked up, in UTF-16 units. */
export const LONGEST_NAME = 500

type Fields = Readonly<Record<string, unknown>>

/**
 * One text with its options, `{ text, id?, types?, ... }`. `path` stands before field names in errors: `documents[3].`.
 * @throws Problem 400 that names the field
 */
export function textInput(value: unknown, path = '', defaults: RecognizeOptions = {}): TextInput {
  const fields = object(value, path, TEXT_FIELDS)
  const { text, id = null } = fields
  if (typeof text !== 'string') throw invalid(`${path}text`, 'must be a string with the text', text)
  if (id !== null && typeof id !== 'string' && typeof id !== 'number') {
    throw invalid(`${path}id`, 'must be a string or a number; leave it out if there is none', id)
  }
  return { text, id, options: { ...defaults, ...optionsOf(fields, path) } }
}

/**
 * `{ documents: [{ text, id? }], types?, ... }`; options beside the list are for all, those of a document win.
 * @throws Problem 400 that names the field
 */
export function batchInput(value: unknown): TextInput[] {
  const fields = object(value, '', ['documents', ...OPTIONS])
  const { documents } = fields
  if (!Array.isArray(documents)) {
    throw invalid('documents', 'must be an array of objects { text, id? }', documents)
  }
  const defaults = optionsOf(fields, '')
  return documents.map((document, index) => textInput(document, `documents[${index}].`, defaults))
}

/**
 * Options and id from a query: `?types=PER,ORG&minScore=0.5`.
 * @throws Problem 400 that names the parameter
 */
export function queryInput(query: URLSearchParams, known: readonly string[]): Fields {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of query) {
    if (!known.includes(name)) throw unknown(name, known, 'query parameter')
    if (Object.hasOwn(fields, name)) throw invalid(name, 'may be given once', value)
    if (name === 'types' || name === 'kinds') fields[name] = value.split(',').map((item) => item.trim())
    else fields[name] = name === 'minScore' && value.trim() !== '' ? Number(value) : value
  }
  return fields
}

/** Parameters that a plain text may come with, and those of a stream, which has an id a line. */
export const TEXT_QUERY: readonly string[] = ['id', ...OPTIONS]
export const STREAM_QUERY: readonly string[] = OPTIONS

/** @throws Problem 400 that names the option */
export function optionsOf(fields: Fields, path: string): RecognizeOptions {
  const options: Record<string, unknown> = {}
  for (const name of OPTIONS) {
    if (fields[name] === undefined) continue
    options[name] = fields[name]
    try {
      resolveOptions({ [name]: fields[name] })
    } catch (error) {
      if (!(error instanceof ArgumentError)) throw error
      throw new Problem(400, error.code, `${path}${error.message}`, { field: path + name })
    }
  }
  return options
}

/** @throws Problem 400 that names the parameter */
export function lookupInput(query: URLSearchParams): { name: string; options: LookupOptions } {
  const { name, type, date } = queryInput(query, ['name', 'type', 'date'])
  if (typeof name !== 'string' || name.trim() === '') {
    throw invalid('name', 'must be the name to look up, e.g. /v1/lookup?name=Tokayev', name)
  }
  if (name.length > LONGEST_NAME) throw invalid('name', `may have ${LONGEST_NAME} characters`, name.length)
  if (type !== undefined && !ENTITY_TYPES.includes(type as EntityType)) {
    throw invalid('type', `must be one of ${ENTITY_TYPES.join(', ')}`, type)
  }
  if (date !== undefined && !isDate(date)) {
    throw invalid('date', 'must be an ISO date of the calendar such as "2020-05-01"', date)
  }
  return {
    name,
    options: {
      ...(type === undefined ? {} : { type: type as EntityType }),
      ...(date === undefined ? {} : { date }),
    },
  }
}

/** @throws Problem 400 for bytes that are no JSON in UTF-8 */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  const json = decodeUtf8(bytes)
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new Problem(
      400,
      'INVALID_JSON',
      `not JSON: ${(error as Error).message}. Send e.g. {"text": "Toqajew traf Vertreter der OVKS."}.`,
    )
  }
}

/** @throws Problem 400; a wrong encoding would shift every offset */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Problem(400, 'INVALID_UTF8', 'the body is not valid UTF-8. Convert it first.')
  }
}

function object(value: unknown, path: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const field = path.replace(/\.$/, '')
    const message = `${field || 'the body'} must be an object with ${known.join(', ')}; got ${describe(value)}.`
    throw new Problem(400, 'INVALID_FIELD', message, field === '' ? {} : { field })
  }
  for (const name of Object.keys(value)) if (!known.includes(name)) throw unknown(path + name, known, 'field')
  return value as Fields
}

function invalid(field: string, expected: string, got: unknown): Problem {
  const found = got === undefined ? 'it is missing' : `got ${describe(got)}`
  return new Problem(400, 'INVALID_FIELD', `${field} ${expected}; ${found}.`, { field })
}

function unknown(field: string, known: readonly string[], what: string): Problem {
  const message = `unknown ${what} "${field}"; known are ${known.join(', ')}. Check the spelling.`
  return new Problem(400, 'UNKNOWN_FIELD', message, { field })
}
