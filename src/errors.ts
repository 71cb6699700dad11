/** What can go wrong, as a stable code that programs may branch on. */
export type ErrorCode =
  | 'INVALID_ARGUMENT'
  | 'INVALID_OPTION'
  | 'UNREADABLE_FILE'
  | 'MODEL_FORMAT'
  | 'MODEL_VERSION'
  | 'MODEL_TRUNCATED'
  | 'MODEL_CORRUPT'
  | 'GAZETTEER_ENTRY'
  | 'CORPUS_FORMAT'
  | 'WORKER_FAILED'
  | 'POOL_CLOSED'
  | 'QUEUE_CONFLICT'

/** Base of every error thrown on purpose. Its message quotes what was wrong, what was expected and what to do. */
export class EigennamenError extends Error {
  /** Stable from version to version; messages are not. */
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}

/** A caller passed something that the function cannot take: `INVALID_ARGUMENT`, `INVALID_OPTION`. */
export class ArgumentError extends EigennamenError {}

/** A file could not be read or fetched at all: `UNREADABLE_FILE`. */
export class FileError extends EigennamenError {}

/** Bytes that are not a usable model or gazetteer: `MODEL_FORMAT`, `MODEL_VERSION`, `MODEL_TRUNCATED`, `MODEL_CORRUPT`. */
export class ModelError extends EigennamenError {}

/** A gazetteer entry of the caller that cannot be used: `GAZETTEER_ENTRY`. */
export class GazetteerError extends EigennamenError {}

/** A pool of worker threads could not do its work: a worker died (`WORKER_FAILED`), or the pool was closed (`POOL_CLOSED`). */
export class PoolError extends EigennamenError {}

/** A queue holds another corpus, or belongs to another collector. */
export class QueueError extends EigennamenError {}

/** A corpus file (CoNLL, the annotated text format, or another one that is read) with a fault: `CORPUS_FORMAT`. */
export class CorpusError extends EigennamenError {
  /** 1-based line of the fault, where there is one. */
  readonly line: number | undefined

  constructor(message: string, line?: number) {
    super('CORPUS_FORMAT', message)
    this.line = line
  }
}

/** Describes a value for an error message: its type, and a short quotation. */
export function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'object' ? 'an object' : typeof value
}
