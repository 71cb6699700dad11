import { ENTITY_TYPES, type EntityType } from '../labels/scheme.js'

/** What the switches say. */
export interface Switches {
  readonly types: readonly EntityType[]
  readonly derived: boolean
  readonly compound: boolean
  /** Least score, 0 to 1. */
  readonly minScore: number
}

export interface Shared extends Switches {
  readonly text: string
}

export const DEFAULT_SWITCHES: Switches = {
  types: ['PER', 'ORG', 'LOC'],
  derived: true,
  compound: true,
  minScore: 0,
}

/** Longest text of a link, in bytes: what is packed into a short one may be huge. */
const LONGEST = 4 << 20

/**
 * Text and switches as the fragment of an address, which browsers do not send to servers: `z=` and the text compressed, `u=`
 * where the browser cannot.
 */
export async function toFragment({ text, types, derived, compound, minScore }: Shared): Promise<string> {
  const json = JSON.stringify([text, types.join(), Number(derived), Number(compound), minScore])
  const bytes = new TextEncoder().encode(json)
  if (typeof CompressionStream === 'undefined') return `u=${toBase64(bytes)}`
  return `z=${toBase64(await throughStream(bytes, new CompressionStream('deflate-raw'), Number.POSITIVE_INFINITY))}`
}

/** What `toFragment` wrote; undefined for anything else. */
export async function fromFragment(fragment: string): Promise<Shared | undefined> {
  const found = /^#?([uz])=([\w-]+)$/.exec(fragment)
  if (found === null) return undefined
  try {
    const packed = fromBase64(found[2]!)
    const bytes =
      found[1] === 'u' ? packed : await throughStream(packed, new DecompressionStream('deflate-raw'), LONGEST)
    const [text, types, derived, compound, minScore] = JSON.parse(
      new TextDecoder().decode(bytes),
    ) as unknown[]
    if (typeof text !== 'string' || typeof types !== 'string') return undefined
    return {
      text,
      types: ENTITY_TYPES.filter((type) => types.split(',').includes(type)),
      derived: derived === 1,
      compound: compound === 1,
      minScore: Math.min(1, Math.max(0, Number(minScore) || 0)),
    }
  } catch {
    return undefined
  }
}

async function throughStream(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
  longest: number,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter()
  // Its failure shows where it is read.
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined)
  writer.close().catch(() => undefined)
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = stream.readable.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    pieces.push(value)
    length += value.length
    if (length > longest) throw new Error(`longer than ${longest} bytes`)
  }
  return new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer())
}

/** RFC 4648, section 5, without padding. */
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0))
}
