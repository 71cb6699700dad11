import type { LookupOptions } from '../gazetteer/gazetteer.js'
import type { Document } from '../recognizer/document.js'
import type { Candidate, RecognizeOptions } from '../types.js'

/** What the server needs of a recogniser, on worker threads or on the main one. */
export interface Engine {
  /** Texts that it takes at a time without one waiting for another's thread. */
  readonly slots: number
  recognize(text: string, options: RecognizeOptions): Promise<Document>
  lookup(name: string, options: LookupOptions): Candidate[]
  close(): Promise<void>
}
