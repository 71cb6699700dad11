import { formatBrat } from '../formats/brat.js'
import { csvHeader, csvRows, tsvHeader, tsvRows } from '../formats/delimited.js'
import type { NamedDocument } from '../formats/document.js'
import { documentToConll } from '../formats/document-conll.js'
import { formatHtml } from '../formats/html/page.js'
import { toSpacy } from '../formats/spacy.js'
import { formatTei, formatTeiCorpus } from '../formats/tei.js'
import { toW3c } from '../formats/w3c.js'
import { formatWebAnno } from '../formats/webanno.js'
import type { Document } from '../index.js'
import { UsageError } from './arguments.js'
import { checkWritable, Output } from './output.js'
import { entitiesPath, ParquetFiles } from './parquet.js'
import { formatPretty } from './pretty.js'

/** A document with the name of its input. */
interface Input {
  readonly id: string
  readonly doc: Document
}

/** Printed input by input; `head` stands before the first. */
interface Streamed {
  readonly head?: () => string
  readonly each: (input: Input) => string
}

const STREAMED = {
  pretty: { each: ({ id, doc }) => formatPretty(id, doc) },
  jsonl: { each: (input) => `${JSON.stringify(record(input))}\n` },
  conll: { each: ({ doc }) => documentToConll(doc) },
  bioes: { each: ({ doc }) => documentToConll(doc, 'bioes') },
  csv: { head: csvHeader, each: (input) => csvRows(named(input)) },
  tsv: { head: tsvHeader, each: (input) => tsvRows(named(input)) },
} satisfies Record<string, Streamed>

/** One value or page around all inputs. */
const COLLECTED = {
  json: (inputs) => json(inputs.map(record)),
  spacy: (inputs) => json(inputs.map(({ id, doc }) => ({ id, ...toSpacy(doc) }))),
  w3c: (inputs) => json(only(inputs.map((input) => toW3c(named(input))))),
  tei: (inputs) => {
    const docs = inputs.map(named)
    return docs.length === 1 ? formatTei(docs[0]!) : formatTeiCorpus(docs)
  },
  html: (inputs) => formatHtml(inputs.map(named)),
} satisfies Record<string, (inputs: readonly Input[]) => string>

/** Formats whose files hold one text: offsets or numbers begin anew with each. */
const SINGLE = {
  brat: ({ doc }) => formatBrat(doc),
  webanno: ({ doc }) => formatWebAnno(doc),
} satisfies Record<string, (input: Input) => string>

/** Every format of `extract --format`, in the order of the help. */
export const FORMATS = [
  'pretty',
  'jsonl',
  'json',
  'csv',
  'tsv',
  'parquet',
  'html',
  'tei',
  'w3c',
  'conll',
  'bioes',
  'spacy',
  'brat',
  'webanno',
] as const
export type Format = (typeof FORMATS)[number]

/** Takes documents in input order. */
export interface DocumentWriter {
  write(id: string, doc: Document): void
  /** Writes what stands behind the last document; of none at all nothing is written. */
  end(): void | Promise<void>
}

/**
 * The writer of a format.
 * @param out file to write, undefined for standard output
 * @param inputs number of documents that will come
 * @throws UsageError where the format needs a file, or cannot hold so many; FileError for a file that cannot be written
 */
export function documentWriter(format: Format, out: string | undefined, inputs: number): DocumentWriter {
  if (format === 'parquet') return parquetWriter(out)
  if (isIn(COLLECTED, format)) return collectingWriter(COLLECTED[format], new Output(out))
  if (isIn(STREAMED, format)) return streamingWriter(STREAMED[format], new Output(out))
  if (inputs > 1) {
    throw new UsageError(
      `--format ${format} holds one text a file, got ${inputs} inputs. Run it once a file, with --out`,
    )
  }
  return streamingWriter({ each: SINGLE[format] }, new Output(out))
}

function streamingWriter({ head, each }: Streamed, output: Output): DocumentWriter {
  let isFirst = true
  return {
    write: (id, doc) => {
      if (isFirst && head !== undefined) output.write(head())
      isFirst = false
      output.write(each({ id, doc }))
    },
    end: () => output.close(),
  }
}

function collectingWriter(format: (inputs: readonly Input[]) => string, output: Output): DocumentWriter {
  const inputs: Input[] = []
  return {
    write: (id, doc) => void inputs.push({ id, doc }),
    end: () => {
      if (inputs.length > 0) output.write(format(inputs))
      output.close()
    },
  }
}

function parquetWriter(out: string | undefined): DocumentWriter {
  if (out === undefined || out === '-') {
    throw new UsageError('--format parquet writes two binary files; name the first, e.g. --out names.parquet')
  }
  for (const path of filesOf('parquet', out)) checkWritable(path)
  const files = new ParquetFiles(out)
  let isEmpty = true
  return {
    write: (id, doc) => {
      isEmpty = false
      files.add(named({ id, doc }))
    },
    end: () => (isEmpty ? undefined : files.write()),
  }
}

/** The files that a run writes. */
export function filesOf(format: Format, out: string | undefined): string[] {
  if (out === undefined || out === '-') return []
  return format === 'parquet' ? [out, entitiesPath(out)] : [out]
}

/** What jsonl prints. */
function record({ id, doc }: Input): object {
  return { id, text: doc.text, language: doc.language.code, entities: doc.entities }
}

function named({ id, doc }: Input): NamedDocument {
  return { id, text: doc.text, entities: doc.entities }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** The value of a list of one, else the list. */
function only<T>(values: readonly T[]): T | readonly T[] {
  return values.length === 1 ? values[0]! : values
}

function isIn<K extends string>(table: Readonly<Record<K, unknown>>, key: string): key is K {
  return Object.hasOwn(table, key)
}
