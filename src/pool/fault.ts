import {
  ArgumentError,
  EigennamenError,
  type ErrorCode,
  FileError,
  GazetteerError,
  ModelError,
  PoolError,
} from '../errors.js'

/** An error as plain data: structured cloning between threads loses the class and the code. */
export interface Fault {
  readonly code: ErrorCode | undefined
  readonly message: string
  readonly stack: string | undefined
}

const CLASSES: Partial<Record<ErrorCode, new (code: ErrorCode, message: string) => EigennamenError>> = {
  INVALID_ARGUMENT: ArgumentError,
  INVALID_OPTION: ArgumentError,
  UNREADABLE_FILE: FileError,
  MODEL_FORMAT: ModelError,
  MODEL_VERSION: ModelError,
  MODEL_TRUNCATED: ModelError,
  MODEL_CORRUPT: ModelError,
  GAZETTEER_ENTRY: GazetteerError,
}

export function toFault(error: unknown): Fault {
  if (!(error instanceof Error)) return { code: undefined, message: String(error), stack: undefined }
  return {
    code: error instanceof EigennamenError ? error.code : undefined,
    message: error.message,
    stack: error.stack,
  }
}

/** The error again, of the class that its code belongs to; one without a code of the library is a PoolError. */
export function fromFault({ code, message, stack }: Fault): EigennamenError {
  const Class = code === undefined ? undefined : CLASSES[code]
  const error =
    Class === undefined || code === undefined
      ? new PoolError(
          'WORKER_FAILED',
          `a worker failed on this text: ${message}. This is a fault of the library; please report it with the text.`,
        )
      : new Class(code, message)
  // Where it happened, not where it was rebuilt.
  if (stack !== undefined) error.stack = stack
  return error
}
