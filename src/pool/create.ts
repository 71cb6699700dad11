import { describe } from '../errors.js'
import { invalidOption } from '../recognizer/check.js'
import type { Files } from '../recognizer/files.js'
import { type LoadOptions, readSources, type Sources } from '../recognizer/sources.js'
import { Pool, type WorkerEvents, type WorkerPort } from './pool.js'

/** Options of `createPool`: those of `loadRecognizer`, and the number of threads. */
export interface PoolOptions extends LoadOptions {
  /** Worker threads, at least 1; default one less than the processor has cores, in browsers at most 4. */
  readonly workers?: number
  /**
   * Makes a worker whose script is or imports `eigennamen/browser-worker`: for bundlers that do not find the script by
   * themselves. Called once a worker, and again where one has died. Browsers only; Node ignores it.
   */
  readonly worker?: () => WebWorker
}

/** What the pool needs of a Web Worker. Every `Worker` of a browser is one. */
export interface WebWorker {
  postMessage(message: unknown): void
  addEventListener(
    type: 'message' | 'messageerror' | 'error',
    listener: (event: { readonly data?: unknown; readonly message?: string }) => void,
  ): void
  terminate(): void
}

/** What the platform gives: files, the default number of workers, and a way to start one. */
export interface PoolPlatform {
  readonly files: Files
  readonly defaultWorkers: () => number
  /** The bytes in memory that all threads see, where the platform has such: each would get a copy of its own otherwise. */
  readonly share: (bytes: Uint8Array) => Uint8Array
  readonly spawn: (sources: Sources, events: WorkerEvents, options: PoolOptions) => WorkerPort
}

const MOST_WORKERS = 256

/** What `createPool` does, on a platform. */
export async function createPoolOn(platform: PoolPlatform, options: PoolOptions = {}): Promise<Pool> {
  const { workers = platform.defaultWorkers(), worker } = options ?? {}
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= MOST_WORKERS)) {
    throw invalidOption(
      `workers must be a whole number from 1 to ${MOST_WORKERS}, got ${describe(workers)}. Leave it out for one less than the cores`,
    )
  }
  if (worker !== undefined && typeof worker !== 'function') {
    throw invalidOption(
      `worker must be a function that makes a Web Worker, got ${describe(worker)}. ` +
        "Pass () => new Worker(url, { type: 'module' }): dead workers are replaced",
    )
  }
  const read = await readSources(options, platform.files, 'createPool', ['workers', 'worker'])
  const sources: Sources = {
    ...read,
    model: platform.share(read.model),
    gazetteer: read.gazetteer === 'none' ? read.gazetteer : platform.share(read.gazetteer),
  }
  return Pool.start((events) => platform.spawn(sources, events, options), workers)
}
