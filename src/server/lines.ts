const NEWLINE = 10

/** A line of a stream: its 1-based number and its bytes without line break; undefined where it is longer than allowed. */
export interface BodyLine {
  readonly number: number
  readonly bytes: Uint8Array | undefined
}

/**
 * Splits a body into lines at line feeds; the last one need not end in one, blank ones are left out. Reads no further than the
 * consumer goes, and holds at most `longest` bytes and one piece of the body: a longer line is read past.
 */
export async function* bodyLines(body: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<BodyLine> {
  let number = 0
  let pieces: Uint8Array[] = []
  let length = 0
  const finish = (): BodyLine | undefined => {
    number++
    const bytes = length > longest ? undefined : Buffer.concat(pieces, length)
    pieces = []
    length = 0
    return bytes !== undefined && isBlank(bytes) ? undefined : { number, bytes }
  }
  for await (const chunk of body) {
    let at = 0
    while (at < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, at)
      const end = newline < 0 ? chunk.length : newline
      length += end - at
      if (length > longest) pieces = []
      else pieces.push(chunk.subarray(at, end))
      at = end + 1
      if (newline < 0) continue
      const line = finish()
      if (line !== undefined) yield line
    }
  }
  const last = length > 0 ? finish() : undefined
  if (last !== undefined) yield last
}

/** Spaces, tabs and carriage returns only. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === 13)
}
