import { browserFiles } from './platform/browser.js'
import { loadWith } from './recognizer/load.js'
import type { Recognizer } from './recognizer/recognizer.js'
import type { LoadOptions } from './recognizer/sources.js'

export { createPool } from './browser-pool.js'
export type { PoolOptions, WebWorker } from './pool/create.js'
export { Pool } from './pool/pool.js'
export * from './public.js'

/**
 * Loads a recogniser in a browser: the model and the gazetteer are fetched from the package's `models` folder, unless URLs
 * or bytes are passed.
 *
 * ```ts
 * const ner = await loadRecognizer({ cache: 'eigennamen', onProgress: ({ file, loaded, total }) => show(file, loaded, total) })
 * ```
 *
 * @throws FileError if a file cannot be fetched, the signal's reason if it was aborted, ModelError if its bytes are unusable,
 *   GazetteerError for a bad own entry
 */
export function loadRecognizer(options?: LoadOptions): Promise<Recognizer> {
  return loadWith(browserFiles, options)
}
