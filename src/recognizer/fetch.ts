import { FileError } from '../errors.js'
import type { FileRequest } from './files.js'

/**
 * Fetches a file and reports every part that arrives.
 *
 * @throws FileError if it cannot be fetched or is cut short; the signal's reason if it was aborted
 */
export async function fetchBytes(
  url: URL,
  { report, signal }: FileRequest,
  remedy: string,
): Promise<Uint8Array> {
  const failure = (why: string, cause?: unknown): FileError =>
    new FileError('UNREADABLE_FILE', `cannot fetch ${url}: ${why}. ${remedy}`, { cause })
  /** What the network throws, with address and remedy; what the caller's own function throws is left as it is. */
  const network = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step
    } catch (error) {
      signal?.throwIfAborted()
      throw failure(error instanceof Error ? error.message : String(error), error)
    }
  }
  // Null, not undefined: the type of Node 20 wants a signal or null.
  const response = await network(fetch(url, { signal: signal ?? null }))
  const reader = response.body?.getReader()
  try {
    if (!response.ok) throw failure(`${response.status} ${response.statusText}`.trim())
    if (/^text\/html\b/.test(response.headers.get('content-type') ?? '')) {
      throw failure('the server answered with a web page')
    }
    if (reader === undefined) throw failure('the answer is empty')
    return await collect(() => network(reader.read()), declaredLength(response), report)
  } catch (error) {
    // Else the rest would be downloaded for nobody.
    reader?.cancel().catch(() => undefined)
    throw error
  }
}

async function collect(
  read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>,
  declared: number | undefined,
  report: FileRequest['report'],
): Promise<Uint8Array> {
  let total = declared
  let bytes = new Uint8Array(total ?? 1 << 20)
  let loaded = 0
  for (let step = await read(); step.value !== undefined; step = await read()) {
    const part = step.value
    if (loaded + part.length > bytes.length) {
      // Longer than the server said: it compressed the file and, from another origin, does not let us see that.
      total = undefined
      const larger = new Uint8Array(Math.max(2 * bytes.length, loaded + part.length))
      larger.set(bytes)
      bytes = larger
    }
    bytes.set(part, loaded)
    loaded += part.length
    if (loaded !== total) report?.(loaded, total)
  }
  report?.(loaded, loaded)
  return loaded === bytes.length ? bytes : bytes.slice(0, loaded)
}

/** What the server says of the length; it counts the compressed bytes where there is an encoding. */
function declaredLength({ headers }: Response): number | undefined {
  const length = Number(headers.get('content-length') ?? Number.NaN)
  const encoding = headers.get('content-encoding')
  if (!Number.isSafeInteger(length) || length <= 0) return undefined
  return encoding === null || encoding === 'identity' ? length : undefined
}
