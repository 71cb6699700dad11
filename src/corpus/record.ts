import { describe } from '../errors.js'
import type { Entity } from '../types.js'

/** Why a line or a file gives no document. */
export interface Fault {
  readonly code: 'UNREADABLE' | 'UTF8' | 'TOO_LONG' | 'JSON' | 'TEXT' | 'RECOGNITION'
  readonly reason: string
  /** The record's id, where it could be read. */
  readonly id?: string
  /** The beginning of the line. */
  readonly excerpt?: string
}

/** What a line of output needs of a recognised text. */
export interface Recognized {
  readonly entities: readonly Entity[]
  readonly language: { readonly code: string }
}

/** A text to recognise, and how its line of output is made. */
export interface Text {
  readonly text: string
  readonly id: string
  /** The line of JSON that it was read from; undefined for a text without a record around it. */
  readonly record: string | undefined
  /** The line of output, without a line break. */
  render(doc: Recognized): string
  /** What `join` adds to the record to make the same line; undefined where the record must be written anew. */
  addition(doc: Recognized): string | undefined
}

export type Parsed =
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'fault'; readonly fault: Fault }

/** Which fields of a record hold its text and its id: names, or paths such as `body.text`. */
export interface Fields {
  readonly text: string
  readonly id: string
  /** Whether `language` is added beside `entities`. */
  readonly language: boolean
}

const EXCERPT = 120

/**
 * Reads a line of JSON. The record is passed through byte by byte with its new fields behind the others; numbers keep their
 * digits, keys their order. Only a record that has a field of such a name already is written anew.
 *
 * @param fallbackId for a record without an id
 */
export function parseRecord(line: string, fields: Fields, fallbackId: string): Parsed {
  const { language } = fields
  const excerpt = line.slice(0, EXCERPT)
  let record: unknown
  try {
    record = JSON.parse(line)
  } catch (error) {
    return fault({ code: 'JSON', reason: `the line is not JSON: ${(error as Error).message}`, excerpt })
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return fault({ code: 'JSON', reason: `the line is ${describe(record)}, expected an object`, excerpt })
  }
  const foundId = follow(record, fields.id)
  const id = typeof foundId === 'string' || typeof foundId === 'number' ? String(foundId) : undefined
  const text = follow(record, fields.text)
  if (typeof text !== 'string') {
    const reason =
      text === undefined
        ? `the record has no field "${fields.text}", only ${Object.keys(record).slice(0, 8).join(', ') || 'none at all'}; name the field with --text-field`
        : `the field "${fields.text}" is ${describe(text)}, expected a string`
    return fault({ code: 'TEXT', reason, ...(id === undefined ? {} : { id }), excerpt })
  }
  const given: object = record
  const clash = (language && Object.hasOwn(given, 'language')) || Object.hasOwn(given, 'entities')
  return {
    kind: 'text',
    text: {
      text,
      id: id ?? fallbackId,
      record: line,
      render(doc) {
        const added = additions(doc, language)
        return clash ? JSON.stringify({ ...given, ...added }) : join(line, JSON.stringify(added))
      },
      addition: (doc) => (clash ? undefined : JSON.stringify(additions(doc, language))),
    },
  }
}

/** A text without a record around it; its line of output has the form of `extract --format jsonl`. */
export function plainText(text: string, id: string): Parsed {
  const addition = (doc: Recognized): string => JSON.stringify(additions(doc, true))
  return {
    kind: 'text',
    text: {
      text,
      id,
      record: undefined,
      render: (doc) => join(plainRecord(text, id), addition(doc)),
      addition,
    },
  }
}

/** The record that a text without one would have. */
export function plainRecord(text: string, id: string): string {
  return JSON.stringify({ id, text })
}

/** Puts the fields of a JSON object behind those of a record, which keeps its bytes. Neither is empty. */
export function join(record: string, addition: string): string {
  return `${record.trimEnd().slice(0, -1)},${addition.slice(1)}`
}

export function fault(found: Fault): Parsed {
  return { kind: 'fault', fault: found }
}

function additions(doc: Recognized, language: boolean): { language?: string; entities: readonly Entity[] } {
  return { ...(language ? { language: doc.language.code } : {}), entities: doc.entities }
}

/** The value at a path: the field of that very name if there is one, else down through objects and arrays. */
function follow(record: object, path: string): unknown {
  if (Object.hasOwn(record, path)) return (record as Record<string, unknown>)[path]
  let value: unknown = record
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
