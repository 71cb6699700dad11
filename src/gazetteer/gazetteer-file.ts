import { describe, GazetteerError } from '../errors.js'
import { checkEntry, FIELDS, type GazetteerEntry } from './entry.js'

/** Tab-separated with a header line, or one JSON object a line. */
export type GazetteerFormat = 'tsv' | 'jsonl'

/** A row that could not be used. */
export interface BadRow {
  /** 1-based line. */
  readonly line: number
  /** The field at fault, where one is. */
  readonly field?: string
  /** What was found, what was expected and what to do. */
  readonly reason: string
}

/** Options of `parseGazetteer`. */
export interface ParseGazetteerOptions {
  /** Default: JSON Lines if the first character is `{`, else TSV. */
  readonly format?: GazetteerFormat
  /** Name of the file, for messages. */
  readonly source?: string
  /** What a bad row does: `'throw'` (default) gives up, `'skip'` leaves it out and reports it in `badRows`. */
  readonly onBadRow?: 'throw' | 'skip'
}

/** What `parseGazetteer` answers. */
export interface ParsedGazetteer {
  /** In the order of the file; for `loadRecognizer({ gazetteer })` and `withGazetteer`. */
  readonly entries: readonly GazetteerEntry[]
  /** Empty unless bad rows are skipped. */
  readonly badRows: readonly BadRow[]
}

/**
 * Reads a gazetteer of the caller's own. TSV: a header line names the columns `name`, `type` and, in any order, `id`, `aliases`
 * (separated by `|`), `from`, `to`; lines that begin with `#` are comments. JSON Lines: one entry an object,
 * `{ "name", "type", "id"?, "aliases"?, "from"?, "to"? }`.
 * @throws GazetteerError that names line, field and reason, for a header that cannot be used, and for the first bad row unless
 *   bad rows are skipped
 */
export function parseGazetteer(content: string, options: ParseGazetteerOptions = {}): ParsedGazetteer {
  const { source = 'gazetteer', onBadRow = 'throw' } = options
  const format = options.format ?? (content.trimStart().startsWith('{') ? 'jsonl' : 'tsv')
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/)
  const read = format === 'jsonl' ? readJson : tsvReader(lines, source)
  const entries: GazetteerEntry[] = []
  const badRows: BadRow[] = []
  for (const [index, line] of lines.entries()) {
    try {
      const row = read(line, index)
      if (row !== undefined) entries.push(checkEntry(row, `${source}:${index + 1}`))
    } catch (error) {
      if (!(error instanceof GazetteerError)) throw error
      if (onBadRow === 'throw') throw withPlace(error, source, index + 1)
      badRows.push(badRow(error, index + 1))
    }
  }
  return { entries, badRows }
}

type RowReader = (line: string, index: number) => Record<string, unknown> | undefined

function readJson(line: string): Record<string, unknown> | undefined {
  if (line.trim() === '') return undefined
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new GazetteerError(
      'GAZETTEER_ENTRY',
      `no JSON: ${(error as Error).message}. Write one object a line, such as {"name":"Astana","type":"LOC"}.`,
    )
  }
}

function tsvReader(lines: readonly string[], source: string): RowReader {
  const headerAt = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'))
  const header = (lines[headerAt] ?? '').split('\t').map((cell) => cell.trim())
  const unknown = header.find((name) => !FIELDS.includes(name as (typeof FIELDS)[number]))
  if (headerAt >= 0 && (unknown !== undefined || !header.includes('name') || !header.includes('type'))) {
    throw new GazetteerError(
      'GAZETTEER_ENTRY',
      `${source}:${headerAt + 1}: the first line must name the columns, "name" and "type" at least, of ${FIELDS.join(', ')}; got ${describe(lines[headerAt])}. Put a header line before the rows.`,
    )
  }
  return (line, index) => {
    if (index <= headerAt || line.trim() === '' || line.startsWith('#')) return undefined
    const cells = line.split('\t')
    if (cells.length > header.length) {
      throw new GazetteerError(
        'GAZETTEER_ENTRY',
        `${cells.length} cells where the header names ${header.length} columns. Remove the tabs too many.`,
      )
    }
    const row: Record<string, unknown> = {}
    for (const [at, name] of header.entries()) {
      const cell = cells[at]?.trim() ?? ''
      if (cell === '' && name !== 'name' && name !== 'type') continue
      row[name] =
        name === 'aliases'
          ? cell
              .split('|')
              .map((alias) => alias.trim())
              .filter(Boolean)
          : cell
    }
    return row
  }
}

/** Messages of `checkEntry` name the place already; those of the readers do not. */
function withPlace(error: GazetteerError, source: string, line: number): GazetteerError {
  const place = `${source}:${line}`
  return error.message.startsWith(place)
    ? error
    : new GazetteerError('GAZETTEER_ENTRY', `${place}: ${error.message}`, { cause: error })
}

function badRow(error: GazetteerError, line: number): BadRow {
  const reason = error.message.replace(/^.*?:\d+: /, '')
  const field = /^"(\w+)"/.exec(reason)?.[1]
  return { line, ...(field === undefined ? {} : { field }), reason }
}
