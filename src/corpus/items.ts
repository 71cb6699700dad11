import { FileError } from '../errors.js'
import { readChunks } from './chunks.js'
import { fnv1a, type Line, type Place, START, splitLines } from './lines.js'
import { type Fields, fault, type Parsed, parseRecord, plainText } from './record.js'
import type { Source } from './sources.js'

/** A place in the inputs as a whole: every document before it is behind us. */
export interface Position extends Place {
  /** Index of the source. */
  readonly source: number
}

export const BEGINNING: Position = { source: 0, ...START }

/** A document, or a fault in its stead, with the place behind it. */
export interface Item {
  readonly parsed: Parsed
  readonly file: string
  /** 1-based; undefined where the fault is in the file as a whole. */
  readonly line: number | undefined
  readonly behind: Position
}

/** Longest line or article, in bytes. One JavaScript string holds it, and its tokens take several times as much. */
export const LONGEST = 1 << 26

const BOM = [0xef, 0xbb, 0xbf] as const

/**
 * Everything in the sources from a position on, in order. Faults of a line or of a file are items too; only inputs that do not
 * begin as they did before the position end it.
 *
 * @param onRaw told the index of the source and the bytes that were read from disk
 * @throws FileError if the bytes before the position changed
 */
export async function* readItems(
  sources: readonly Source[],
  from: Position,
  fields: Fields,
  onRaw: (source: number, bytes: number) => void,
): AsyncGenerator<Item> {
  for (let index = from.source; index < sources.length; index++) {
    const source = sources[index]!
    const next: Position = { source: index + 1, ...START }
    const place = index === from.source ? from : START
    try {
      const chunks = readChunks(source, place.offset, (bytes) => onRaw(index, bytes))
      if (source.shape === 'article') yield { ...(await readArticle(source, chunks)), behind: next }
      else yield* readLines(source, index, rest(source, chunks, place), place, fields)
    } catch (error) {
      if (error instanceof ChangedInput) throw new FileError('UNREADABLE_FILE', error.message)
      const reason = `cannot read ${source.name} any further: ${(error as Error).message}`
      yield {
        parsed: fault({ code: 'UNREADABLE', reason }),
        file: source.name,
        line: undefined,
        behind: next,
      }
    }
  }
}

class ChangedInput extends Error {}

async function* readLines(
  source: Source,
  index: number,
  chunks: AsyncIterable<Uint8Array>,
  place: Place,
  fields: Fields,
): AsyncGenerator<Item> {
  for await (const line of splitLines(chunks, place, LONGEST)) {
    const parsed = parseLine(line, source, fields)
    if (parsed === undefined) continue
    yield { parsed, file: source.name, line: line.end.line, behind: { source: index, ...line.end } }
  }
}

/** Undefined for an empty line. */
function parseLine({ bytes, end }: Line, source: Source, fields: Fields): Parsed | undefined {
  if (bytes === undefined) return tooLong('line')
  const line = decode(end.line === 1 ? withoutMark(bytes) : bytes)
  if (typeof line !== 'string') return line
  if (line.trim() === '') return undefined
  const id = `${source.id}:${end.line}`
  return source.shape === 'records' ? parseRecord(line, fields, id) : plainText(line.replace(/\r$/, ''), id)
}

async function readArticle(
  source: Source,
  chunks: AsyncIterable<Uint8Array>,
): Promise<Pick<Item, 'parsed' | 'file' | 'line'>> {
  const pieces: Uint8Array[] = []
  let length = 0
  const place = { file: source.name, line: undefined }
  for await (const chunk of chunks) {
    pieces.push(chunk)
    length += chunk.length
    if (length > LONGEST) return { parsed: tooLong('article'), ...place }
  }
  const text = decode(withoutMark(Buffer.concat(pieces)))
  return { parsed: typeof text === 'string' ? plainText(text, source.id) : text, ...place }
}

/** What lies behind a place. A plain file is opened there; anything else is read up to it, and must be what it was. */
async function* rest(
  { name, path, compression }: Source,
  chunks: AsyncIterable<Uint8Array>,
  place: Place,
): AsyncGenerator<Uint8Array> {
  let left = compression === 'none' && path !== '-' ? 0 : place.offset
  if (left === 0) return yield* chunks
  let { hash } = START
  const check = (): void => {
    if (left === 0 && hash === place.hash) return
    throw new ChangedInput(
      `${name} does not begin as it did when the run was interrupted (its first ${place.offset} bytes differ). ` +
        'Give the same input to --resume, or start anew with --force.',
    )
  }
  for await (const chunk of chunks) {
    if (left === 0) {
      yield chunk
      continue
    }
    const skipped = Math.min(left, chunk.length)
    hash = fnv1a(hash, chunk, 0, skipped)
    left -= skipped
    if (left > 0) continue
    check()
    if (skipped < chunk.length) yield chunk.subarray(skipped)
  }
  check()
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(bytes: Uint8Array): string | Parsed {
  try {
    return utf8.decode(bytes)
  } catch {
    const excerpt = new TextDecoder().decode(bytes.subarray(0, 120))
    const reason = 'not valid UTF-8; convert it first, e.g. iconv -f latin1 -t utf-8'
    return fault({ code: 'UTF8', reason, excerpt })
  }
}

function tooLong(what: 'line' | 'article'): Parsed {
  return fault({
    code: 'TOO_LONG',
    reason: `the ${what} is longer than ${LONGEST >> 20} MiB; split the document`,
  })
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return BOM.every((byte, index) => bytes[index] === byte) ? bytes.subarray(BOM.length) : bytes
}
