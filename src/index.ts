import { readShipped } from './platform/node.js'
import { defaultWorkers, spawnWorker } from './platform/worker-threads.js'
import { createPoolFactory, type PoolOptions } from './pool/create.js'
import type { Pool } from './pool/pool.js'
import { createLoader, type LoadOptions } from './recognizer/load.js'
import type { Recognizer } from './recognizer/recognizer.js'

export type { PoolOptions } from './pool/create.js'
export { Pool } from './pool/pool.js'
export * from './public.js'

/**
 * Loads a recogniser: the model and the gazetteer shipped in `models/`, unless told otherwise.
 *
 * ```ts
 * import { loadRecognizer } from 'eigennamen'
 *
 * const ner = await loadRecognizer()
 * const doc = ner.recognize('Toqajew traf in Nur-Sultan Vertreter der OVKS.')
 * for (const e of doc.entities) console.log(e.type, e.text, e.canonical, e.id)
 * ```
 *
 * @throws FileError if a file cannot be read, ModelError if its bytes are unusable, GazetteerError for a bad own entry
 */
export const loadRecognizer: (options?: LoadOptions) => Promise<Recognizer> = createLoader(readShipped)

/**
 * Starts worker threads with a recogniser each; they share one copy of the model's and the gazetteer's bytes. Node only.
 *
 * ```ts
 * import { createPool } from 'eigennamen'
 *
 * const pool = await createPool({ workers: 2 })
 * for await (const doc of pool.stream(['Merz in Kiel', 'Es regnet.'])) console.log(doc.entities.length)
 * // -> 2
 * //    0
 * await pool.close()
 * ```
 *
 * @throws as `loadRecognizer` does, and PoolError if a thread cannot start
 */
export const createPool: (options?: PoolOptions) => Promise<Pool> = createPoolFactory({
  readShipped,
  defaultWorkers,
  spawn: (sources, events) => spawnWorker(sources, events),
})
