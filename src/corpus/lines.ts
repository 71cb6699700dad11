/** A place between two lines of a source. */
export interface Place {
  /** Bytes before it, after decompression. */
  readonly offset: number
  /** Lines before it. */
  readonly line: number
  /** FNV-1a of the bytes before it. */
  readonly hash: number
}

export const START: Place = { offset: 0, line: 0, hash: 0x811c9dc5 }

export interface Line {
  /** Without its line break; undefined where it is longer than allowed. */
  readonly bytes: Uint8Array | undefined
  /** Behind its line break; `end.line` is the 1-based number of this line. */
  readonly end: Place
}

const NEWLINE = 10

/**
 * Splits bytes into lines at line feeds. The last line need not end in one. Never holds more than `longest` bytes: a longer line
 * is read past, and comes without its bytes.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  from: Place,
  longest: number,
): AsyncGenerator<Line> {
  let { offset, line, hash } = from
  let pieces: Uint8Array[] = []
  let length = 0
  const finish = (): Line => {
    const bytes = length > longest ? undefined : joined(pieces, length)
    pieces = []
    length = 0
    line++
    return { bytes, end: { offset, line, hash } }
  }
  for await (const chunk of chunks) {
    let at = 0
    while (at < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, at)
      const end = newline < 0 ? chunk.length : newline
      const piece = chunk.subarray(at, end)
      length += piece.length
      if (length > longest) pieces = []
      else pieces.push(piece)
      at = newline < 0 ? end : end + 1
      hash = fnv1a(hash, chunk, end - piece.length, at)
      offset += at - (end - piece.length)
      if (newline >= 0) yield finish()
    }
  }
  if (length > 0) yield finish()
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, continued from `hash` over bytes `[from, to)`. */
export function fnv1a(hash: number, bytes: Uint8Array, from: number, to: number): number {
  let state = hash
  for (let i = from; i < to; i++) state = Math.imul(state ^ bytes[i]!, 0x01000193)
  return state >>> 0
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
