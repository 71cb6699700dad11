import { readShipped } from './platform/browser.js'
import { createLoader, type LoadOptions } from './recognizer/load.js'
import type { Recognizer } from './recognizer/recognizer.js'

export * from './public.js'

/**
 * Loads a recogniser in a browser: the model and the gazetteer are fetched from the package's `models` folder, unless URLs
 * or bytes are passed.
 *
 * @throws FileError if a file cannot be fetched, ModelError if its bytes are unusable, GazetteerError for a bad own entry
 */
export const loadRecognizer: (options?: LoadOptions) => Promise<Recognizer> = createLoader(readShipped)
