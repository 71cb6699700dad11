import { type ConnectionOptions, Queue } from 'bullmq'
import { findSources } from '../corpus/sources.js'
import { ArgumentError, describe, QueueError } from '../errors.js'
import { resolveOptions } from '../recognizer/options.js'
import type { RecognizeOptions } from '../types.js'
import { type Collected, collect, type Sink } from './collect.js'
import { fromFiles, fromInputs, type Input } from './documents.js'
import { FileSink } from './file-sink.js'
import { chunkId, compareIds, type QueuedDocument, type Rules } from './messages.js'
import { type Added, produce } from './produce.js'
import { type Progress, readProgress } from './progress.js'
import { type ChunkQueue, State } from './state.js'
import { CorpusWorker, type TextSource, type WorkOptions } from './worker.js'

/** Where the queue is. */
export interface CorpusQueueOptions {
  /** Redis: BullMQ's connection options, such as `{ host, port }` or `{ url }`, or a client. */
  readonly connection: ConnectionOptions
  /** Beginning of all keys in Redis; default `bull`, as BullMQ has it. */
  readonly prefix?: string
}

/** How a corpus is added. `chunk`, the fields and `recognize` belong to the corpus and must be the same in a second call. */
export interface AddOptions {
  /** Documents in a job; default 32. A job has fewer where they sum up to a million characters. */
  readonly chunk?: number
  /** Jobs in Redis at a time, finished ones that are not collected included; default 1000. Beyond that `add` waits. */
  readonly limit?: number
  /** Field of a record with its text, or a path such as `body.text`; default `text`. */
  readonly textField?: string
  /** Field of a record with its id; default `id`. */
  readonly idField?: string
  /** Options of `recognize`, for every document. */
  readonly recognize?: RecognizeOptions
  /** Times that a document is tried before it becomes a dead letter; default 3. */
  readonly attempts?: number
  /** Milliseconds before a second attempt, doubled before each further one; default 1000. */
  readonly backoff?: number
  /** What reports call the corpus; default `corpus`. Files have their own names. */
  readonly name?: string
  /** What standard input holds, where `-` is among the files; default `jsonl`. */
  readonly stdin?: 'jsonl' | 'txt'
  /** Milliseconds between two looks for room; default 200. */
  readonly poll?: number
  readonly signal?: AbortSignal
}

/** How results are collected. */
export interface CollectOptions {
  /**
   * What is done at a dead letter. `pass` (default) reports it as a failure and goes on; if it is put back later, its line comes behind
   * all others. `wait` stops the output there until it is put back and done.
   */
  readonly deadLetters?: 'pass' | 'wait'
  /** Milliseconds between two looks for results; default 100. */
  readonly poll?: number
  readonly signal?: AbortSignal
}

/** A job that failed for good: a document, or a whole chunk whose workers died before they could take it apart. */
export interface DeadLetter {
  readonly id: string
  readonly reason: string
  readonly attempts: number
  /** Milliseconds since 1970. */
  readonly failedAt: number | undefined
  readonly documents: readonly QueuedDocument[]
}

/**
 * A corpus on its way through Redis: one program adds it, any number of workers on any machines recognise it, one program collects
 * the results in the order of the corpus. Each of them may be killed and started again.
 *
 * ```ts
 * const corpus = new CorpusQueue('news-2024', { connection: { host: 'redis' } })
 * await corpus.addFiles(['news.jsonl.gz'])                  // one process
 * const worker = corpus.work(await loadRecognizer())        // many
 * await corpus.collect('entities.jsonl')                    // one
 * ```
 */
export class CorpusQueue {
  readonly name: string
  readonly #connection: ConnectionOptions
  readonly #queue: ChunkQueue
  readonly #state: State

  constructor(name: string, { connection, prefix }: CorpusQueueOptions) {
    this.name = name
    this.#connection = connection
    this.#queue = new Queue(name, { connection, ...(prefix === undefined ? {} : { prefix }) })
    // Whoever asks for something gets the error; a connection lost in between mends itself.
    this.#queue.on('error', () => undefined)
    this.#state = new State(this.#queue)
  }

  /**
   * Adds texts or records; resolves when all are in the queue. It reads the corpus no faster than it is worked off: `limit`. Called
   * again after a crash, with the same corpus from its beginning, it adds what is missing and nothing twice.
   *
   * @throws QueueError if the queue holds another corpus or has other options
   */
  async add(inputs: Iterable<Input> | AsyncIterable<Input>, options: AddOptions = {}): Promise<Added> {
    return this.#add(() => fromInputs(inputs, options.name ?? 'corpus'), options)
  }

  /** The same for files, folders and `-` as `eigennamen batch` reads them. */
  async addFiles(paths: readonly string[], options: AddOptions = {}): Promise<Added> {
    const { sources } = findSources(paths, options.stdin === 'txt' ? 'lines' : 'records', [])
    return this.#add((rules) => fromFiles(sources, rules), options)
  }

  /** Starts to recognise documents in this process, until the worker is closed. */
  work(source: TextSource, options: WorkOptions = {}): CorpusWorker {
    if (typeof (source as Partial<TextSource> | null)?.recognize !== 'function') {
      const found = source instanceof Promise ? 'a promise' : describe(source)
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `work expects a recogniser or a pool, got ${found}. Pass what "await loadRecognizer()" returns.`,
      )
    }
    return new CorpusWorker(this.#queue, this.#state, source, this.#connection, options)
  }

  /**
   * Writes the results to a file, or to a sink such as a database; resolves when the corpus is complete. Interrupted, it goes on where
   * it was when it is called again with the same file.
   *
   * To a file: the lines that `eigennamen batch` writes, and failures in FILE.errors.jsonl. FILE.progress lies there until nothing
   * can come any more.
   *
   * @throws QueueError if the results of this queue go elsewhere already
   */
  async collect(to: string | Sink, options: CollectOptions = {}): Promise<Collected> {
    const { deadLetters = 'pass', poll = 100, signal } = options
    const file = typeof to === 'string' ? new FileSink(to) : undefined
    try {
      return await collect(this.#queue, this.#state, file ?? (to as Sink), {
        wait: deadLetters === 'wait',
        poll,
        signal,
      })
    } finally {
      file?.close()
    }
  }

  /** How far everything is; may be asked from anywhere. */
  progress(): Promise<Progress> {
    return readProgress(this.#queue, this.#state)
  }

  /** Jobs that failed for good, in the order of the corpus; the latest ones, where a limit is given. */
  async deadLetters(limit = Number.POSITIVE_INFINITY): Promise<DeadLetter[]> {
    const jobs = await this.#queue.getFailed(0, Number.isFinite(limit) ? limit - 1 : -1)
    return jobs
      .map(({ id, failedReason, attemptsMade, finishedOn, data }) => ({
        id: id!,
        reason: failedReason,
        attempts: attemptsMade,
        failedAt: finishedOn,
        documents: data.documents,
      }))
      .sort((a, b) => compareIds(a.id, b.id))
  }

  /**
   * Gives dead letters to the workers again: those named, or all. Answers how many.
   * @throws ArgumentError for an id that is not one of a dead letter
   */
  async putBack(ids?: readonly string[]): Promise<number> {
    const all = ids ?? (await this.deadLetters()).map(({ id }) => id)
    for (const id of all) {
      const job = await this.#queue.getJob(id)
      if (job === undefined || !(await job.isFailed())) {
        throw new ArgumentError(
          'INVALID_ARGUMENT',
          `${describe(id)} is no dead letter of this queue. Take an id from deadLetters(), e.g. "${chunkId(7)}.3".`,
        )
      }
      await job.retry('failed', { resetAttemptsMade: true })
    }
    return all.length
  }

  /** Takes the corpus out of Redis with all that belongs to it. */
  async remove(): Promise<void> {
    await this.#queue.obliterate({ force: true })
    await this.#state.remove()
  }

  /** Ends the connection. Workers are closed by themselves. */
  close(): Promise<void> {
    return this.#queue.close()
  }

  async #add(read: (rules: Rules) => AsyncIterable<QueuedDocument>, options: AddOptions): Promise<Added> {
    const { recognize = {}, textField = 'text', idField = 'id', signal } = options
    const size = whole('chunk', options.chunk ?? 32)
    const limit = whole('limit', options.limit ?? 1000)
    const attempts = whole('attempts', options.attempts ?? 3)
    resolveOptions(recognize)
    const rules: Rules = { recognize, textField, idField }
    const mine = { chunk: size, rules }
    const { run: _, ...first } = await this.#state.claimSettings({ run: crypto.randomUUID(), ...mine })
    if (JSON.stringify(first) !== JSON.stringify(mine)) {
      throw new QueueError(
        'QUEUE_CONFLICT',
        `the queue "${this.name}" was begun with ${JSON.stringify(first)}, now it is ${JSON.stringify(mine)}. ` +
          'Add with the same options, choose another name, or remove the queue and begin anew.',
      )
    }
    const { backoff = 1000, poll = 200 } = options
    return produce(this.#queue, this.#state, read(rules), {
      rules,
      chunk: size,
      limit,
      attempts,
      backoff,
      poll,
      signal,
    })
  }
}

function whole(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value
  throw new ArgumentError(
    'INVALID_OPTION',
    `${name} must be a whole number from 1, got ${describe(value)}. Leave it out for the default.`,
  )
}
