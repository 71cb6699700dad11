import { CorpusError } from '../errors.js'

/**
 * The value of a JSON text; any value but a string is taken as parsed already.
 * @throws CorpusError for a string that is no JSON
 */
export function parseJson(json: unknown, source: string): unknown {
  if (typeof json !== 'string') return json
  try {
    return JSON.parse(json)
  } catch (error) {
    throw new CorpusError(
      `${source}: not JSON (${(error as Error).message}). Pass the text of one JSON document, or its parsed value.`,
    )
  }
}

/** A field of a value of unknown shape; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}
