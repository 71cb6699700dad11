import { BEGINNING, readItems } from '../corpus/items.js'
import { plainRecord } from '../corpus/record.js'
import type { Source } from '../corpus/sources.js'
import { ArgumentError, describe } from '../errors.js'
import type { QueuedDocument, Rules } from './messages.js'

/** A text, or a record with one in its text field. */
export type Input = string | object

/**
 * Documents from a program. A text without a record gets its number as id, counted from 1.
 * @throws ArgumentError for an input of another kind
 */
export async function* fromInputs(
  inputs: Iterable<Input> | AsyncIterable<Input>,
  file: string,
): AsyncGenerator<QueuedDocument> {
  let line = 0
  for await (const input of inputs) {
    line++
    const id = String(line)
    if (typeof input === 'string') yield { file, line, id, plain: true, record: plainRecord(input, id) }
    else if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
      yield { file, line, id: `${file}:${line}`, record: JSON.stringify(input) }
    } else {
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `the corpus holds ${describe(input)} as number ${line}, expected a text or an object with one. Convert it first.`,
      )
    }
  }
}

/** Documents from files, as `eigennamen batch` reads them; a record keeps its bytes. */
export async function* fromFiles(
  sources: readonly Source[],
  { textField, idField }: Rules,
): AsyncGenerator<QueuedDocument> {
  const fields = { text: textField, id: idField, language: false }
  for await (const { parsed, file, line } of readItems(sources, BEGINNING, fields, () => undefined)) {
    const place = { file, ...(line === undefined ? {} : { line }) }
    if (parsed.kind === 'fault') yield { ...place, fault: parsed.fault }
    else {
      const { id, text, record } = parsed.text
      yield record === undefined
        ? { ...place, id, plain: true, record: plainRecord(text, id) }
        : { ...place, id, record }
    }
  }
}
