import { combine, hashString } from '../binary/hash.js'
import { QueueError } from '../errors.js'
import { ordered } from '../pool/ordered.js'
import { chunkId, type JobData, type QueuedDocument, type Rules } from './messages.js'
import { pause } from './pause.js'
import type { ChunkQueue, Produced, State } from './state.js'

/** Characters after which a chunk is closed before it has all its documents: one of whole books would be too large a job. */
const LARGEST = 1 << 20
/** Chunks on their way to Redis at a time. */
const WINDOW = 8

/** How jobs are added. */
export interface Production {
  readonly rules: Rules
  /** Documents in a chunk. */
  readonly chunk: number
  /** Chunks in Redis at a time: waiting, at work, or finished and not collected. */
  readonly limit: number
  readonly attempts: number
  /** Milliseconds before a second attempt; doubled before each further one. */
  readonly backoff: number
  /** Milliseconds between two looks whether there is room. */
  readonly poll: number
  readonly signal: AbortSignal | undefined
}

/** What a producer did. */
export interface Added {
  /** In the whole corpus. */
  readonly documents: number
  readonly chunks: number
  /** Chunks that this call handed to Redis; those that were there already are counted too. */
  readonly added: number
}

interface Chunk extends Produced {
  readonly documents: number
  readonly content: readonly QueuedDocument[]
}

/**
 * Adds a corpus to the queue, chunk by chunk, and waits where the collector is too far behind. A job is known by the number of its
 * chunk, so that a chunk that is there already is not added twice; those that were collected are passed over.
 *
 * @throws QueueError if the corpus does not begin as it did the first time
 */
export async function produce(
  queue: ChunkQueue,
  state: State,
  corpus: AsyncIterable<QueuedDocument>,
  production: Production,
): Promise<Added> {
  const start = await state.read()
  if (start.end !== undefined) return { ...summary(start.end), added: 0 }
  let { collected } = start
  let last: Produced = { chunks: 0, documents: 0, digest: 0 }
  let added = 0

  async function* missing(): AsyncGenerator<Chunk> {
    for await (const chunk of cut(corpus, production.chunk)) {
      if (chunk.chunks === start.produced.chunks) compare(chunk, start.produced)
      last = chunk
      if (chunk.chunks <= start.collected.chunk) continue
      while (chunk.chunks - collected.chunk > production.limit) {
        production.signal?.throwIfAborted()
        await pause(production.poll, production.signal)
        collected = (await state.read()).collected
      }
      production.signal?.throwIfAborted()
      yield chunk
    }
  }

  for await (const { item } of ordered(missing(), WINDOW, (chunk) => add(queue, chunk, production))) {
    added++
    const { chunks, documents, digest } = item
    if (chunks >= start.produced.chunks) await state.set({ produced: { chunks, documents, digest } })
    collected = (await state.read()).collected
    // It was collected and removed between our look and our job, which so was added anew.
    if (chunks <= collected.chunk) await queue.remove(chunkId(chunks - 1))
  }
  if (last.chunks < start.produced.chunks) compare(last, start.produced)
  const end = { chunks: last.chunks, documents: last.documents, digest: last.digest }
  await state.set({ produced: end, end })
  return { ...summary(end), added }
}

function summary({ chunks, documents }: Produced): { chunks: number; documents: number } {
  return { chunks, documents }
}

async function add(
  queue: ChunkQueue,
  { chunks, content }: Chunk,
  { rules, attempts, backoff }: Production,
): Promise<void> {
  const chunk = chunks - 1
  const data: JobData = { chunk, rules, documents: content }
  await queue.add('chunk', data, {
    jobId: chunkId(chunk),
    attempts,
    backoff: { type: 'exponential', delay: backoff },
  })
}

/** Cuts a corpus into chunks, always the same; each with the counts and the digest of everything up to its end. */
async function* cut(corpus: AsyncIterable<QueuedDocument>, size: number): AsyncGenerator<Chunk> {
  let content: QueuedDocument[] = []
  let length = 0
  let [chunks, documents, digest] = [0, 0, 0]
  const close = (): Chunk => {
    const closed = { chunks: ++chunks, documents, digest, content }
    content = []
    length = 0
    return closed
  }
  for await (const document of corpus) {
    const value = 'record' in document ? document.record : JSON.stringify(document.fault)
    content.push(document)
    length += value.length
    documents++
    digest = combine(digest, hashString(value))
    if (content.length >= size || length >= LARGEST) yield close()
  }
  if (content.length > 0) yield close()
}

function compare(found: Produced, expected: Produced): void {
  if (found.digest === expected.digest && found.documents === expected.documents) return
  throw new QueueError(
    'QUEUE_CONFLICT',
    `the corpus does not begin as it did when it was added before: its first ${expected.chunks} chunks had ${expected.documents} documents, ` +
      `${found.documents === expected.documents ? 'which are others now' : `now it has ${found.documents} there`}. ` +
      'Add the same corpus in the same order, or remove the queue and begin anew.',
  )
}
