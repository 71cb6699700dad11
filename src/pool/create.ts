import { ArgumentError, describe } from '../errors.js'
import { type LoadOptions, type ReadShipped, readSources, type Sources } from '../recognizer/load.js'
import { Pool, type WorkerEvents, type WorkerPort } from './pool.js'

/** Options of `createPool`: those of `loadRecognizer`, and the number of threads. */
export interface PoolOptions extends LoadOptions {
  /** Worker threads, at least 1; default one less than the processor has cores. */
  readonly workers?: number
}

/** What the platform gives: files, the default number of workers, and a way to start one. */
export interface PoolPlatform {
  readonly readShipped: ReadShipped
  readonly defaultWorkers: () => number
  readonly spawn: (sources: Sources, events: WorkerEvents) => WorkerPort
}

const MOST_WORKERS = 256

/** Binds `createPool` to a platform. */
export function createPoolFactory(platform: PoolPlatform): (options?: PoolOptions) => Promise<Pool> {
  return async (options = {}) => {
    const read = await readSources(options, platform.readShipped, 'createPool')
    const { workers = platform.defaultWorkers() } = options
    if (!(Number.isInteger(workers) && workers >= 1 && workers <= MOST_WORKERS)) {
      throw new ArgumentError(
        'INVALID_OPTION',
        `workers must be a whole number from 1 to ${MOST_WORKERS}, got ${describe(workers)}. Leave it out for one less than the cores.`,
      )
    }
    const sources: Sources = {
      ...read,
      model: share(read.model),
      gazetteer: read.gazetteer === 'none' ? read.gazetteer : share(read.gazetteer),
    }
    return Pool.start((events) => platform.spawn(sources, events), workers)
  }
}

/** The bytes in memory that all threads see; each would get a copy of its own otherwise. */
function share(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}
