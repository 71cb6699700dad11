/**
 * 32-bit hashes of strings and integers. They name features and lexicon entries in the binary files, so their values are
 * part of the formats: never change them without raising the version that the files carry.
 */

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** FNV-1a over UTF-16 code units `[start, end)`, finished by `mix`. */
export function hashString(text: string, start = 0, end = text.length): number {
  let hash = FNV_OFFSET
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME)
  return mix(hash)
}

/** Like `hashString` of a unit before the units `[start, end)`, without putting them together. */
export function hashAfter(unit: number, text: string, start: number, end: number): number {
  let hash = Math.imul(FNV_OFFSET ^ unit, FNV_PRIME)
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME)
  return mix(hash)
}

/** Final avalanche of MurmurHash3 (A. Appleby, public domain): every input bit reaches every output bit. */
export function mix(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Order-dependent combination of two hashes or small integers. */
export function combine(first: number, second: number): number {
  return mix(Math.imul(first | 0, 0x9e3779b1) + (second | 0))
}
