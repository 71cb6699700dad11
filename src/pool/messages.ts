import type { DocumentData } from '../recognizer/document.js'
import type { RecognizeOptions } from '../types.js'
import type { Fault } from './fault.js'

/** A text for a worker. Its number comes back with the answer. */
export interface Task {
  readonly number: number
  readonly text: string
  readonly options: RecognizeOptions | undefined
}

/** What a worker says: once that it is ready or cannot start, then one answer a task, in the order of the tasks. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly fault: Fault }
  | { readonly kind: 'done'; readonly number: number; readonly document: DocumentData }
  | { readonly kind: 'refused'; readonly number: number; readonly fault: Fault }
