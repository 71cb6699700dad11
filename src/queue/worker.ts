import { type ConnectionOptions, type Job, Worker } from 'bullmq'
import { type Fault, parseRecord, plainText, type Recognized, type Text } from '../corpus/record.js'
import type { RecognizeOptions } from '../types.js'
import {
  documentId,
  type JobData,
  type JobResult,
  type Outcome,
  type QueuedDocument,
  type Rules,
} from './messages.js'
import { pause } from './pause.js'
import { SpeedMeter } from './speed-meter.js'
import type { ChunkQueue, State } from './state.js'

/** What a worker needs of a recogniser. That of `loadRecognizer` is one, and so is a pool of `createPool`. */
export interface TextSource {
  recognize(text: string, options?: RecognizeOptions): Recognized | Promise<Recognized>
}

/** How a worker works. The times are BullMQ's. */
export interface WorkOptions {
  /** Chunks in hand at a time; default 1. 2 keeps a pool of threads busy between two chunks. */
  readonly concurrency?: number
  /**
   * Milliseconds after which a chunk is given to others if this worker was not heard of; default 30,000. A recogniser without
   * threads must be done with its longest text in half of it.
   */
  readonly lockDuration?: number
  /** Milliseconds between two looks for chunks of workers that died; default 30,000. */
  readonly stalledInterval?: number
  /** Told of what goes wrong outside of documents, such as a lost connection; default a warning of the process. */
  readonly onError?: (error: Error) => void
}

/** Longest time without a look at the connection, in milliseconds: locks are prolonged by timers. */
const TURN = 50
/** Times that a job may lose its worker. The first is the whole chunk's, the others those of the documents by themselves. */
const DEATHS = 2
/** Milliseconds between two looks whether everything is done. */
const LOOK = 500

/** A running worker. */
export class CorpusWorker {
  readonly #queue: ChunkQueue
  readonly #state: State
  readonly #source: TextSource
  readonly #worker: Worker<JobData, JobResult>
  readonly #speed = new SpeedMeter()
  readonly #id = crypto.randomUUID()
  readonly #closing = new AbortController()

  /** @internal Use `CorpusQueue.work`. */
  constructor(
    queue: ChunkQueue,
    state: State,
    source: TextSource,
    connection: ConnectionOptions,
    options: WorkOptions,
  ) {
    this.#queue = queue
    this.#state = state
    this.#source = source
    const { concurrency = 1, lockDuration = 30_000, stalledInterval = 30_000, onError } = options
    this.#worker = new Worker<JobData, JobResult>(queue.name, (job) => this.#process(job), {
      connection,
      ...(queue.opts.prefix === undefined ? {} : { prefix: queue.opts.prefix }),
      concurrency,
      lockDuration,
      stalledInterval,
      maxStalledCount: DEATHS,
    })
    this.#worker.on('error', onError ?? ((error) => process.emitWarning(error)))
  }

  /** Resolves when the whole corpus was added and no chunk of it is left to do, here or elsewhere; then close the worker. */
  async idle(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const { end } = await this.#state.read()
      const counts = await this.#queue.getJobCounts('wait', 'active', 'delayed', 'prioritized')
      if (end !== undefined && Object.values(counts).every((count) => count === 0)) return
      await pause(LOOK, this.#closing.signal)
    }
  }

  /** Lets the chunks in hand be finished, then ends. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#worker.close()
    await this.#state.forgetSpeed(this.#id)
  }

  async #process(job: Job<JobData, JobResult>): Promise<JobResult> {
    try {
      return await this.#answer(job)
    } catch (error) {
      // Else it would go on to spoil one job after the other.
      if (isClosedPool(error)) void this.#worker.close()
      throw error
    }
  }

  async #answer(job: Job<JobData, JobResult>): Promise<JobResult> {
    const { chunk, index, rules, documents } = job.data
    if (index !== undefined) return this.#finish(job, [await this.#recognize(documents[0]!, rules)])
    // A producer that began anew may have added it after it was collected.
    if (chunk < (await this.#state.read()).collected.chunk) return []
    // Whoever had it before died of it, perhaps: the documents are tried one by one.
    const result =
      job.attemptsStarted > 1 ? documents.map(unread) : await this.#recognizeAll(documents, rules)
    await this.#separate(job, result)
    return this.#finish(job, result)
  }

  /** Null for a document whose recognition threw. */
  async #recognizeAll(documents: readonly QueuedDocument[], rules: Rules): Promise<JobResult> {
    const outcomes: (Outcome | null | Promise<Outcome | null>)[] = []
    let turned = performance.now()
    for (const document of documents) {
      // A pool of threads answers later and is given all texts at once.
      outcomes.push(this.#recognize(document, rules).catch(failed))
      await Promise.resolve()
      if (performance.now() - turned < TURN) continue
      await new Promise(setImmediate)
      turned = performance.now()
    }
    return Promise.all(outcomes)
  }

  async #recognize(document: QueuedDocument, rules: Rules): Promise<Outcome> {
    const parsed = parse(document, rules)
    if ('fault' in parsed) return parsed
    const recognized = await this.#source.recognize(parsed.text, rules.recognize)
    const add = parsed.addition(recognized)
    return add === undefined ? { line: parsed.render(recognized) } : { add }
  }

  /** Makes a job of each document without an outcome, once only however often this is done. */
  async #separate(job: Job<JobData, JobResult>, result: JobResult): Promise<void> {
    const { chunk, rules, documents } = job.data
    const { attempts, backoff } = job.opts
    const jobs = result.flatMap((outcome, index) =>
      outcome === null
        ? [
            {
              name: 'document',
              data: { chunk, index, rules, documents: [documents[index]!] },
              opts: {
                jobId: documentId(chunk, index),
                // Before the chunks that wait: the collector needs them sooner.
                lifo: true,
                ...(attempts === undefined ? {} : { attempts }),
                ...(backoff === undefined ? {} : { backoff }),
              },
            },
          ]
        : [],
    )
    if (jobs.length > 0) await this.#queue.addBulk(jobs)
  }

  async #finish({ id }: Job<JobData, JobResult>, result: JobResult): Promise<JobResult> {
    const failures = result.filter((outcome) => outcome !== null && 'fault' in outcome).length
    const done = result.filter((outcome) => outcome !== null).length - failures
    await this.#state.setDone(id!, [done, failures])
    const rate = this.#speed.add(done + failures, performance.now())
    if (rate !== undefined) await this.#state.setSpeed(this.#id, rate)
    return result
  }
}

/** Reads a document by the rules of its corpus. */
export function parse(
  document: QueuedDocument,
  { textField, idField, recognize }: Rules,
): Text | { readonly fault: Fault } {
  if ('fault' in document) return { fault: document.fault }
  const { record, plain, id } = document
  const fields = { text: textField, id: idField, language: recognize.language === 'detect' }
  const parsed = plain
    ? plainText((JSON.parse(record) as { text: string }).text, id)
    : parseRecord(record, fields, id)
  return parsed.kind === 'text' ? parsed.text : { fault: parsed.fault }
}

function unread(document: QueuedDocument): Outcome | null {
  return 'fault' in document ? { fault: document.fault } : null
}

function failed(error: unknown): null {
  if (isClosedPool(error)) throw error
  return null
}

/** Without its threads a pool cannot answer any text: that is no fault of the document. */
function isClosedPool(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'POOL_CLOSED'
}
