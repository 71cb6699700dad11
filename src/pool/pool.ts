import { ArgumentError, describe, PoolError } from '../errors.js'
import { checkTexts } from '../recognizer/check.js'
import { Document } from '../recognizer/document.js'
import type { RecognizeOptions } from '../types.js'
import { fromFault } from './fault.js'
import type { Answer, Task } from './messages.js'
import { ordered } from './ordered.js'

/** The pool's end of the line to one worker. */
export interface WorkerPort {
  /** Sends a text; throws where it cannot be copied to another thread. */
  post(task: Task): void
  /** Whether this worker keeps the process alive. */
  holdProcess(hold: boolean): void
  terminate(): Promise<void>
}

/** What a worker reports back. `died` comes at most once, and nothing after it. */
export interface WorkerEvents {
  answer(answer: Answer): void
  died(cause: Error): void
}

/** Starts one worker. */
export type Spawn = (events: WorkerEvents) => WorkerPort

/** Texts a worker has before it: the one it works on, and some so that it never waits for this thread. */
const DEPTH = 4
/** Texts that `stream` holds for each worker: finished ones wait for a slow one before them. */
const WINDOW = 2 * DEPTH

interface Job {
  readonly task: Task
  readonly resolve: (document: Document) => void
  readonly reject: (error: Error) => void
}

interface Slot {
  readonly port: WorkerPort
  ready: boolean
  /** In the order in which the worker gets and answers them. */
  readonly jobs: Map<number, Job>
}

/**
 * Recognises texts on worker threads. The answers are the same as those of one `Recognizer`, in the same order.
 *
 * A worker that dies (out of memory, say) takes with it only the text that it was at: that promise is rejected with a
 * `PoolError` of code `WORKER_FAILED`, the texts waiting behind it go to others, and a new worker takes its place. A pool with
 * nothing to do does not keep the process alive.
 */
export class Pool {
  /** Number of worker threads. */
  readonly workers: number
  readonly #spawn: Spawn
  readonly #slots = new Set<Slot>()
  readonly #queue: Job[] = []
  #number = 0
  #starting: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined
  #failure: Error | undefined
  #closed: Promise<void> | undefined
  #idle: (() => void) | undefined

  private constructor(spawn: Spawn, workers: number) {
    this.#spawn = spawn
    this.workers = workers
  }

  /**
   * @internal Use `createPool`.
   * @throws what a worker failed with, where one cannot start
   */
  static async start(spawn: Spawn, workers: number): Promise<Pool> {
    const pool = new Pool(spawn, workers)
    const started = new Promise<void>((resolve, reject) => {
      pool.#starting = { resolve, reject }
    })
    for (let i = 0; i < workers && pool.#failure === undefined; i++) pool.#hire()
    await started
    return pool
  }

  /**
   * Recognises one text. Texts given faster than the workers are wait in memory: await, or use `stream`.
   * @throws ArgumentError as `Recognizer.recognize` does; PoolError if the pool is closed or a worker died of this text
   */
  recognize(text: string, options?: RecognizeOptions): Promise<Document> {
    if (typeof text !== 'string') {
      return Promise.reject(
        new ArgumentError(
          'INVALID_ARGUMENT',
          `recognize expects the text as a string, got ${describe(text)}. Decode bytes first (new TextDecoder().decode).`,
        ),
      )
    }
    const failure = this.#closed === undefined ? this.#failure : closedError()
    if (failure !== undefined) return Promise.reject(failure)
    return new Promise((resolve, reject) => {
      this.#queue.push({ task: { number: this.#number++, text, options }, resolve, reject })
      this.#dispatch()
    })
  }

  /**
   * Recognises texts and yields their documents in the order of the texts, at most eight texts a worker in memory: the source
   * is read no faster than the documents are taken.
   * @throws ArgumentError for what is no iterable of texts (a string is one text); as `recognize` does, when it comes to the text
   */
  async *stream(
    texts: Iterable<string> | AsyncIterable<string>,
    options?: RecognizeOptions,
  ): AsyncGenerator<Document> {
    checkTexts(texts)
    const pairs = ordered(texts, this.workers * WINDOW, (text) => this.recognize(text, options))
    for await (const { result } of pairs) yield result
  }

  /** Lets the texts that were given finish, then ends the threads. Whatever is asked afterwards is refused. */
  close(): Promise<void> {
    this.#closed ??= this.#finish()
    return this.#closed
  }

  async #finish(): Promise<void> {
    if (this.#busy()) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve
      })
    }
    await this.#dismiss()
  }

  #busy(): boolean {
    return this.#queue.length > 0 || [...this.#slots].some((slot) => slot.jobs.size > 0)
  }

  #hire(): void {
    try {
      const slot: Slot = {
        jobs: new Map(),
        ready: false,
        port: this.#spawn({
          answer: (answer) => this.#take(slot, answer),
          died: (cause) => this.#bury(slot, cause),
        }),
      }
      this.#slots.add(slot)
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #take(slot: Slot, answer: Answer): void {
    if (answer.kind === 'ready') {
      slot.ready = true
      if (slot.jobs.size === 0) slot.port.holdProcess(false)
      if ([...this.#slots].every(({ ready }) => ready)) this.#starting?.resolve()
    } else if (answer.kind === 'failed') {
      this.#fail(fromFault(answer.fault))
    } else {
      const job = slot.jobs.get(answer.number)
      if (job === undefined) return
      slot.jobs.delete(answer.number)
      if (slot.jobs.size === 0) slot.port.holdProcess(false)
      if (answer.kind === 'done') job.resolve(Document.fromData(job.task.text, answer.document))
      else job.reject(fromFault(answer.fault))
    }
    this.#dispatch()
  }

  /** Hands queued texts to the workers with the fewest before them. */
  #dispatch(): void {
    while (this.#queue.length > 0) {
      const slot = this.#leastLoaded()
      if (slot === undefined) return
      const job = this.#queue.shift()!
      try {
        slot.port.post(job.task)
      } catch (error) {
        job.reject(
          new ArgumentError(
            'INVALID_OPTION',
            `the options cannot be sent to a worker thread: ${(error as Error).message}. Pass plain values only.`,
            { cause: error },
          ),
        )
        continue
      }
      if (slot.jobs.size === 0) slot.port.holdProcess(true)
      slot.jobs.set(job.task.number, job)
    }
    if (this.#idle !== undefined && !this.#busy()) this.#idle()
  }

  #leastLoaded(): Slot | undefined {
    let best: Slot | undefined
    for (const slot of this.#slots) {
      if (slot.ready && slot.jobs.size < DEPTH && slot.jobs.size < (best?.jobs.size ?? DEPTH)) best = slot
    }
    return best
  }

  /** A worker died: the text it was at is lost, those behind it are not. */
  #bury(slot: Slot, cause: Error): void {
    if (!this.#slots.delete(slot)) return
    if (!slot.ready) {
      // One that dies before it can work would die again.
      this.#fail(
        new PoolError('WORKER_FAILED', `a worker thread could not start: ${cause.message}.`, { cause }),
      )
      return
    }
    const [lost, ...waiting] = slot.jobs.values()
    lost?.reject(
      new PoolError(
        'WORKER_FAILED',
        `the worker thread ended while it was at a text of ${lost.task.text.length} characters: ${cause.message}. ` +
          'The pool goes on with a new thread; leave the text out, cut it, or give the process more memory.',
        { cause },
      ),
    )
    this.#queue.unshift(...waiting)
    this.#hire()
    this.#dispatch()
  }

  /** Ends everything: no worker can be had. */
  #fail(error: Error): void {
    this.#starting?.reject(error)
    this.#failure ??= new PoolError(
      'POOL_CLOSED',
      `the pool has ended: ${error.message} Create another one with createPool.`,
      { cause: error },
    )
    const jobs = [...[...this.#slots].flatMap(({ jobs }) => [...jobs.values()]), ...this.#queue]
    this.#queue.length = 0
    for (const job of jobs) job.reject(this.#failure)
    void this.#dismiss()
    this.#idle?.()
  }

  async #dismiss(): Promise<void> {
    const ports = [...this.#slots].map(({ port }) => port)
    this.#slots.clear()
    await Promise.all(ports.map((port) => port.terminate()))
  }
}

function closedError(): PoolError {
  return new PoolError('POOL_CLOSED', 'the pool is closed. Create another one with createPool.')
}
