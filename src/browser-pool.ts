import { browserFiles } from './platform/browser.js'
import { defaultWorkers, share, spawnWorker } from './platform/web-worker.js'
import { createPoolOn, type PoolOptions } from './pool/create.js'
import type { Pool } from './pool/pool.js'

/**
 * Starts Web Workers with a recogniser each, so that the page never waits for one. The page fetches model and gazetteer once and
 * hands them to the workers, shared where the page is cross-origin isolated, else copied.
 *
 * ```ts
 * const pool = await createPool({ workers: 1, cache: 'eigennamen' })
 * const doc = await pool.recognize(text)
 * ```
 *
 * @throws as `loadRecognizer` does, and PoolError if a worker cannot start
 */
export function createPool(options?: PoolOptions): Promise<Pool> {
  return createPoolOn(
    {
      files: browserFiles,
      defaultWorkers,
      share,
      spawn: (sources, events, { worker }) => spawnWorker(sources, events, worker),
    },
    options,
  )
}
