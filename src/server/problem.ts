import { ArgumentError, EigennamenError } from '../errors.js'

/** What can be wrong with a request, as stable codes that clients may branch on. Errors of the library keep their own. */
export type ProblemCode =
  | 'INVALID_JSON'
  | 'INVALID_UTF8'
  | 'INVALID_FIELD'
  | 'UNKNOWN_FIELD'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN_HOST'
  | 'FORBIDDEN_ORIGIN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'BODY_TIMEOUT'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'LOADING'
  | 'DRAINING'
  | 'QUEUE_FULL'
  | 'QUEUE_TIMEOUT'
  | 'TIMEOUT'
  | 'CLIENT_GONE'
  | 'INTERNAL'
  | EigennamenError['code']

/** What every answer but a good one carries. */
export interface ProblemBody {
  readonly error: { readonly code: ProblemCode; readonly message: string; readonly field?: string }
}

/** A request that is refused or failed: its HTTP status, its code, and a message that says what was expected. */
export class Problem extends Error {
  readonly status: number
  readonly code: ProblemCode
  /** Field of the body or parameter of the query at fault, e.g. `documents[3].text`. */
  readonly field: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: ProblemCode,
    message: string,
    { field, headers = {} }: { field?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.field = field
    this.headers = headers
  }

  get body(): ProblemBody {
    const { code, message, field } = this
    return { error: { code, message, ...(field === undefined ? {} : { field }) } }
  }
}

/** Seconds after which a client may try again; under load a text takes well below one. */
export const RETRY_AFTER = { 'Retry-After': '1' } as const

/** Whatever was thrown, as a problem. What the library does not throw on purpose is a fault of ours: its text stays inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof ArgumentError) return new Problem(400, error.code, error.message)
  if (error instanceof EigennamenError) return new Problem(500, error.code, error.message)
  return new Problem(
    500,
    'INTERNAL',
    'the server failed on this request. This is a fault of the library; its standard error says more. Please report it.',
  )
}
