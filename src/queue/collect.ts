import { QueueError } from '../errors.js'
import { chunkId, compareIds } from './messages.js'
import { pause } from './pause.js'
import { type Gathered, gather, type Result } from './results.js'
import type { ChunkQueue, State } from './state.js'

/** Where a collector stands. Plain and JSON-safe; a sink keeps it together with the results up to there. */
export interface Place {
  /** The corpus, and the collector that its results go to. */
  readonly run: string
  readonly collector: string
  /** Chunks whose results are written. */
  readonly chunk: number
  /** Lines written, and documents without one. */
  readonly documents: number
  readonly failures: number
  /** Jobs whose results came with this place and that go from Redis now; dead letters, which stay. */
  readonly used: readonly string[]
  readonly passed: readonly string[]
}

/** Where results go. */
export interface Sink {
  /** The place that was written last; undefined where nothing was. */
  place(): Promise<Place | undefined>
  /** Writes results and place together: after a crash both are there or neither. Redis forgets the results afterwards. */
  write(results: readonly Result[], place: Place): Promise<void>
  /** Everything is written, and nothing can come any more. */
  finish?(): Promise<void>
}

/** How results are collected. */
export interface Collection {
  /** Whether the output waits for dead letters to be put back, or goes on without them. */
  readonly wait: boolean
  readonly poll: number
  readonly signal: AbortSignal | undefined
}

/** What was collected, over all interruptions. */
export interface Collected {
  readonly documents: number
  readonly failures: number
  /** Failures that may be put back; `collect` takes them up when it is called again. */
  readonly deadLetters: number
}

/** Chunks looked at and written at a time. */
const WINDOW = 16

/**
 * Takes results from the queue to a sink, in the order of the corpus and each once, until the corpus is complete. Results of dead
 * letters that were passed and put back come behind all others, in the order of the corpus again.
 *
 * A step is: results and place to the sink; then the marker in Redis; then the jobs go. Whatever step a crash falls into, the next
 * collector begins by doing the rest of the last one again, which changes nothing where it was done.
 *
 * @throws QueueError if the queue's results go to another sink
 */
export async function collect(
  queue: ChunkQueue,
  state: State,
  sink: Sink,
  { wait, poll, signal }: Collection,
): Promise<Collected> {
  const { settings, finished, collected } = await begin(state, poll, signal)
  let place = await sink.place()
  if (finished && place === undefined) return { ...counts(collected), deadLetters: 0 }
  if (place === undefined) {
    place = { run: settings.run, collector: crypto.randomUUID(), ...NOTHING }
    await sink.write([], place)
  } else if (place.run !== settings.run) {
    throw conflict('the output is of another corpus than the one in the queue')
  }
  if ((await state.claimCollector(place.collector)) !== place.collector) {
    throw conflict('the results of this queue go to another output already')
  }
  if (place.chunk < collected.chunk) {
    throw conflict(
      `the output has ${place.chunk} chunks, but ${collected.chunk} were collected, so it is not the newest`,
    )
  }
  await settle(place)

  for (;;) {
    signal?.throwIfAborted()
    const ready = await readyChunks(place.chunk)
    if (ready.length > 0) await write(ready, place.chunk + ready.length)
    else if ((await state.read()).end?.chunks === place.chunk) break
    else await pause(poll, signal)
  }
  for (;;) {
    signal?.throwIfAborted()
    const { ready, open } = await lateResults()
    if (ready.length > 0) await write(ready, place.chunk)
    if (!open) break
    if (ready.length === 0) await pause(poll, signal)
  }
  const deadLetters = (await state.passed()).length
  if (deadLetters === 0) {
    await state.set({ finished: 1 })
    // What a second producer added after it had been collected.
    await queue.clean(0, 0, 'completed')
    await sink.finish?.()
  }
  return { ...counts(place), deadLetters }

  /** The chunks from a number on that are done without a gap. */
  async function readyChunks(from: number): Promise<Gathered[]> {
    const numbers = Array.from({ length: WINDOW }, (_, index) => from + index)
    const found = await Promise.all(numbers.map((number) => gather(queue, chunkId(number), wait)))
    const gap = found.indexOf(undefined)
    return found.slice(0, gap < 0 ? WINDOW : gap) as Gathered[]
  }

  /**
   * Dead letters that were passed, were put back and are done, in the order of the corpus up to one that is not done; `open` where
   * there may be more.
   */
  async function lateResults(): Promise<{ ready: Gathered[]; open: boolean }> {
    const ready: Gathered[] = []
    for (const id of (await state.passed()).sort(compareIds)) {
      if ((await queue.getJobState(id)) === 'failed') continue
      const found = await gather(queue, id, false)
      if (found === undefined) return { ready, open: true }
      ready.push(found)
      if (ready.length === WINDOW) return { ready, open: true }
    }
    return { ready, open: false }
  }

  async function write(ready: readonly Gathered[], chunk: number): Promise<void> {
    const before: Place = place!
    const results = ready.flatMap((each) => each.results)
    const lines = results.filter((result) => 'line' in result).length
    // What is late was counted as a failure before.
    const late = chunk === before.chunk
    place = {
      ...before,
      chunk,
      documents: before.documents + lines,
      failures: before.failures + (late ? -lines : results.length - lines),
      used: ready.flatMap(({ used }) => used),
      passed: ready.flatMap(({ dead }) => dead),
    }
    await sink.write(results, place)
    await settle(place)
  }

  async function settle({ used, passed, ...reached }: Place): Promise<void> {
    await state.set({ collected: { chunk: reached.chunk, ...counts(reached) } })
    await state.addPassed(passed)
    await state.forgetPassed(used)
    await state.forgetDone([...used, ...passed])
    await Promise.all(used.map((id) => queue.remove(id)))
  }
}

const NOTHING = { chunk: 0, documents: 0, failures: 0, used: [], passed: [] }

/** Waits for the first producer. */
async function begin(state: State, poll: number, signal: AbortSignal | undefined) {
  for (;;) {
    const { settings, ...rest } = await state.read()
    if (settings !== undefined) return { settings, ...rest }
    signal?.throwIfAborted()
    await pause(poll, signal)
  }
}

function counts({ documents, failures }: { documents: number; failures: number }) {
  return { documents, failures }
}

function conflict(reason: string): QueueError {
  return new QueueError(
    'QUEUE_CONFLICT',
    `cannot collect: ${reason}. Go on with the output that was begun, with its progress beside it, or remove the queue and begin anew.`,
  )
}
