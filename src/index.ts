import { nodeFiles } from './platform/node.js'
import { defaultWorkers, share, spawnWorker } from './platform/worker-threads.js'
import { createPoolOn, type PoolOptions } from './pool/create.js'
import type { Pool } from './pool/pool.js'
import { loadWith } from './recognizer/load.js'
import type { Recognizer } from './recognizer/recognizer.js'
import type { LoadOptions } from './recognizer/sources.js'

export type { PoolOptions, WebWorker } from './pool/create.js'
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
 * @throws FileError if a file cannot be read, the signal's reason if it was aborted, ModelError if its bytes are unusable, GazetteerError for a bad own entry
 */
export function loadRecognizer(options?: LoadOptions): Promise<Recognizer> {
  return loadWith(nodeFiles, options)
}

/**
 * Starts worker threads with a recogniser each; they share one copy of the model's and the gazetteer's bytes. In browsers the same
 * call starts Web Workers.
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
export function createPool(options?: PoolOptions): Promise<Pool> {
  return createPoolOn(
    {
      files: nodeFiles,
      defaultWorkers,
      share,
      spawn: (sources, events) => spawnWorker(sources, events),
    },
    options,
  )
}
