import { checkDocuments } from './check.js'
import type { NamedDocument } from './document.js'
import { type MentionRow, mentionRows } from './table.js'

const COLUMNS = [
  'id',
  'start',
  'end',
  'text',
  'type',
  'kind',
  'score',
  'canonical',
  'qid',
  'method',
  'cluster',
  'host',
] as const satisfies readonly (keyof MentionRow)[]

/** How fields and lines are parted. */
interface Dialect {
  readonly separator: string
  readonly lineEnd: string
}

/** RFC 4180: comma, CRLF. */
const CSV: Dialect = { separator: ',', lineEnd: '\r\n' }
/** The same quoting with tabs, and with the line ends that Unix tools expect. */
const TSV: Dialect = { separator: '\t', lineEnd: '\n' }

export const csvHeader = (): string => line(COLUMNS, CSV)
export const tsvHeader = (): string => line(COLUMNS, TSV)

/**
 * The mentions of documents as CSV (RFC 4180) with a header: id (of the document), start, end, text, type, kind, score,
 * canonical, qid, method, cluster, host. Offsets are UTF-16 code units. A missing value is an empty field.
 * @throws ArgumentError for what is no array of documents; so do all writers, for what they cannot take
 */
export function formatCsv(docs: readonly NamedDocument[]): string {
  checkDocuments('formatCsv', docs)
  return csvHeader() + docs.map(csvRows).join('')
}

/** The same columns parted by tabs, lines ended by LF. A field with a tab, quote or line break is quoted as in CSV. */
export function formatTsv(docs: readonly NamedDocument[]): string {
  checkDocuments('formatTsv', docs)
  return tsvHeader() + docs.map(tsvRows).join('')
}

/** The lines of one document, without the header. */
export const csvRows = (doc: NamedDocument): string => rows(doc, CSV)
export const tsvRows = (doc: NamedDocument): string => rows(doc, TSV)

function rows(doc: NamedDocument, dialect: Dialect): string {
  return mentionRows(doc)
    .map((row) =>
      line(
        COLUMNS.map((column) => row[column]),
        dialect,
      ),
    )
    .join('')
}

function line(values: readonly (string | number | null)[], { separator, lineEnd }: Dialect): string {
  return values.map((value) => quote(String(value ?? ''), separator)).join(separator) + lineEnd
}

function quote(field: string, separator: string): string {
  return /["\r\n]/.test(field) || field.includes(separator) ? `"${field.replaceAll('"', '""')}"` : field
}
