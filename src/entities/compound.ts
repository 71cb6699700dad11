import type { Candidate, Gazetteer } from '../gazetteer/gazetteer.js'
import type { EntityType } from '../labels/scheme.js'
import { Char, classAt } from '../text/characters.js'

/** A name inside a longer word, in offsets of that word. */
export interface InnerName {
  readonly start: number
  readonly end: number
  readonly candidate?: Candidate
}

/**
 * The halves of a hyphenated adjective, where each is derived from a name of its own (deutsch-französische: two places); empty
 * for everything else.
 */
export function namesInDerived(word: string, gazetteer: Gazetteer): InnerName[] {
  const parts = hyphenParts(word)
  if (parts.length < 2) return []
  const names: InnerName[] = []
  for (const { start, end } of parts) {
    const candidate = gazetteer.lookupDerived(word.slice(start, end))[0]
    if (candidate === undefined) return []
    names.push({ start, end, candidate })
  }
  return names
}

/** Shortest name looked for at the beginning of a word without hyphens (Kremlsprecher, Bundesligaprofi). */
const SHORTEST_PREFIX = 4
/** Shortest rest that such a name may leave. */
const SHORTEST_REST = 3

/**
 * Finds the names inside a compound: the parts before its last one that the gazetteer knows (Russland-Ukraine-Krieg has two),
 * or all parts before the last one taken together if it knows none. Without a hyphen, the longest known beginning.
 * Always answers at least one name; a word that cannot be divided is its own name.
 */
export function namesInCompound(word: string, type: EntityType, gazetteer: Gazetteer): InnerName[] {
  const parts = hyphenParts(word)
  if (parts.length > 1) return namesInParts(word, parts, type, gazetteer)
  const prefix = longestKnownPrefix(word, type, gazetteer)
  return [prefix ?? { start: 0, end: word.length }]
}

interface Part {
  readonly start: number
  readonly end: number
}

function hyphenParts(word: string): Part[] {
  const parts: Part[] = []
  let start = 0
  for (let at = 0; at <= word.length; at++) {
    if (at < word.length && classAt(word, at) !== Char.Hyphen) continue
    if (at > start) parts.push({ start, end: at })
    start = at + 1
  }
  return parts
}

function namesInParts(
  word: string,
  parts: readonly Part[],
  type: EntityType,
  gazetteer: Gazetteer,
): InnerName[] {
  const names: InnerName[] = []
  // The last part tells what the thing is (Krieg, Chef); a suspended compound (Nord-) has none.
  const count = classAt(word, word.length - 1) === Char.Hyphen ? parts.length : parts.length - 1
  let from = 0
  while (from < count) {
    let taken = 0
    for (let to = count; to > from; to--) {
      const start = parts[from]!.start
      const end = parts[to - 1]!.end
      const candidate = gazetteer.lookup(word.slice(start, end), { type })[0]
      if (candidate === undefined) continue
      names.push({ start, end, candidate })
      taken = to - from
      break
    }
    from += Math.max(1, taken)
  }
  if (names.length > 0) return names
  return [{ start: parts[0]!.start, end: parts[count - 1]!.end }]
}

function longestKnownPrefix(word: string, type: EntityType, gazetteer: Gazetteer): InnerName | undefined {
  for (let end = word.length - SHORTEST_REST; end >= SHORTEST_PREFIX; end--) {
    if (classAt(word, end) !== Char.Lower) continue
    const candidate = gazetteer
      .lookup(word.slice(0, end), { type })
      .find(({ method }) => method === 'exact' || method === 'acronym')
    if (candidate !== undefined) return { start: 0, end, candidate }
  }
  return undefined
}
