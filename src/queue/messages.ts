import type { Fault } from '../corpus/record.js'
import type { RecognizeOptions } from '../types.js'

/** What decides how a document becomes a line of output; the same for a whole corpus. */
export interface Rules {
  readonly recognize: RecognizeOptions
  /** Field of a record with its text, or a path such as `body.text`. */
  readonly textField: string
  /** Field of a record with its id. */
  readonly idField: string
}

/** A document as it lies in Redis: a record (with `plain`, one that was made around a text), or the fault of an unreadable line. */
export type QueuedDocument = {
  /** What reports call its source. */
  readonly file: string
  /** 1-based line or number in it; absent where the document is a whole file. */
  readonly line?: number
} & (
  | { readonly record: string; readonly plain?: true /** For a record without one. */; readonly id: string }
  | { readonly fault: Fault }
)

/** The data of a job: a chunk, or one document of a chunk that is tried by itself. */
export interface JobData {
  readonly chunk: number
  /** Position of the document in its chunk; absent for a whole chunk. */
  readonly index?: number
  readonly rules: Rules
  readonly documents: readonly QueuedDocument[]
}

/** What became of a document: fields to add to its record, its line written anew, or why there is none. */
export type Outcome = { readonly add: string } | { readonly line: string } | { readonly fault: Fault }

/** The result of a job, one outcome a document; null where the document became a job of its own. */
export type JobResult = readonly (Outcome | null)[]

/** BullMQ takes no plain numbers and no colons. */
export function chunkId(chunk: number): string {
  return `c${chunk}`
}

export function documentId(chunk: number, index: number): string {
  return `c${chunk}.${index}`
}

/** Sorts ids as the documents stand in the corpus. */
export function compareIds(a: string, b: string): number {
  const [chunkA = 0, indexA = -1] = a.slice(1).split('.').map(Number)
  const [chunkB = 0, indexB = -1] = b.slice(1).split('.').map(Number)
  return chunkA - chunkB || indexA - indexB
}
