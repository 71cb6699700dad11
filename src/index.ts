import { readShipped } from './platform/node.js'
import { createLoader, type LoadOptions } from './recognizer/load.js'
import type { Recognizer } from './recognizer/recognizer.js'

export * from './public.js'

/**
 * Loads a recogniser: the model and the gazetteer shipped in `models/`, unless told otherwise.
 *
 * ```ts
 * const ner = await loadRecognizer()
 * const doc = ner.recognize('Toqajew traf in Nur-Sultan Vertreter der OVKS.')
 * for (const e of doc.entities) console.log(e.type, e.text, e.canonical, e.id)
 * ```
 *
 * @throws FileError if a file cannot be read, ModelError if its bytes are unusable, GazetteerError for a bad own entry
 */
export const loadRecognizer: (options?: LoadOptions) => Promise<Recognizer> = createLoader(readShipped)
