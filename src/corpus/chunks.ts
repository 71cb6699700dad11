import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { Decompress } from 'fzstd'
import type { Source } from './sources.js'

const CHUNK = 1 << 16

/**
 * The bytes of a source, decompressed, in chunks. Of a damaged file the same chunks come before the error every time, however fast
 * they are taken: a resumed run depends on it.
 *
 * @param from byte of a plain file to begin at; compressed files and standard input always come from their beginning
 * @param to byte on disk to end before; default the end
 * @param onRaw told how many bytes were read from disk, before decompression
 */
export async function* readChunks(
  { path, compression }: Pick<Source, 'path' | 'compression'>,
  from: number,
  onRaw: (bytes: number) => void = () => undefined,
  to = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const raw =
    path === '-'
      ? process.stdin
      : createReadStream(path, {
          highWaterMark: CHUNK,
          start: compression === 'none' ? from : 0,
          end: to - 1,
        })
  const counted = count(raw, onRaw)
  if (compression === 'gz') yield* gunzip(counted)
  else if (compression === 'zst') yield* unzstd(counted)
  else yield* counted
}

async function* count(
  raw: AsyncIterable<Uint8Array>,
  onRaw: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of raw) {
    onRaw(chunk.length)
    yield chunk
  }
}

/** Node's gunzip, fed by hand: as a pipe it drops what is decompressed but not yet taken when an error comes. */
async function* gunzip(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: CHUNK })
  const ready: Uint8Array[] = []
  let failure: Error | undefined
  stream.on('data', (chunk: Uint8Array) => ready.push(chunk))
  const ended = new Promise<void>((resolve) => {
    stream.on('end', resolve)
    stream.on('error', (error) => {
      failure = error
      resolve()
    })
  })
  try {
    for await (const chunk of raw) {
      await Promise.race([ended, new Promise<void>((resolve) => stream.write(chunk, () => resolve()))])
      yield* ready.splice(0)
      if (failure !== undefined) throw failure
    }
    stream.end()
    await ended
    yield* ready.splice(0)
    if (failure !== undefined) throw failure
  } finally {
    stream.destroy()
  }
}

/** Node 20 has no Zstandard of its own. fzstd does not compare checksums; it does notice a cut or garbled file. */
async function* unzstd(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const decompressor = new Decompress((block) => ready.push(block))
  const push = (chunk: Uint8Array, last: boolean): unknown => {
    try {
      decompressor.push(chunk, last)
      return undefined
    } catch (error) {
      return error
    }
  }
  for await (const chunk of raw) {
    const failure = push(chunk, false)
    yield* ready.splice(0)
    if (failure !== undefined) throw failure
  }
  const failure = push(new Uint8Array(0), true)
  yield* ready.splice(0)
  if (failure !== undefined) throw failure
}
