import type { Candidate, Gazetteer, Match } from '../gazetteer/gazetteer.js'
import type { EntityType } from '../labels/scheme.js'
import { Char, classAt } from '../text/characters.js'
import { readList } from '../text/lists.js'
import { endsInCompoundHead, isCompoundHead } from './compound-heads.js'
import { entityKey } from './context.js'
import namingNounsText from './lists/naming-nouns.txt'
import { isPosition } from './positions.js'

/** A name inside a longer word, in offsets of that word. */
export interface InnerName {
  readonly start: number
  readonly end: number
  readonly candidate?: Candidate
}

/**
 * The parts of a hyphenated adjective, where each is derived from a name of its own (deutsch-französische: two places), or the
 * first alone where only it is (bulgarisch-orthodoxe); empty for everything else.
 */
export function namesInDerived(word: string, gazetteer: Gazetteer): InnerName[] {
  if (word.length > LONGEST) return []
  const parts = hyphenParts(word)
  // Sachsen-Anhalter is derived from one name that has a hyphen itself.
  if (parts.length < 2 || gazetteer.isListedDerived(word)) return []
  const names: InnerName[] = []
  for (const { start, end } of parts) {
    const candidate = gazetteer.lookupDerived(word.slice(start, end))[0]
    if (candidate !== undefined) names.push({ start, end, candidate })
  }
  if (names.length === parts.length) return names
  const [first] = parts
  return gazetteer.isListedDerived(word.slice(first!.start, first!.end)) ? names.slice(0, 1) : []
}

/** Longest word that is looked into, in UTF-16 units: all ways to divide it are tried. */
const LONGEST = 120
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
  if (word.length > LONGEST) return [{ start: 0, end: word.length }]
  const parts = hyphenParts(word)
  if (parts.length > 1) return namesInParts(word, parts, type, gazetteer)
  const prefix = longestKnownPrefix(word, type, gazetteer)
  return [prefix ?? { start: 0, end: word.length }]
}

/** A name inside a compound that only the dictionary vouches for, with the type that it has there. */
export interface KnownInnerName extends InnerName {
  readonly candidate: Match
}

/**
 * The names of a compound that needs no tagger. With hyphens: every part before the last is a name of the gazetteer by its
 * exact spelling, the last is a common noun (Russland-Ukraine-Krieg, SPD-Chef, Thüringen-Wahl). Without: a name of the
 * gazetteer and a noun that closes compounds (Kremlsprecher, Bundesligaprofi). Empty for everything else. Nouns that make
 * names (Würth-Gruppe, DFB-Pokal) are left to the tagger.
 * @param isCommonNoun tells words that are no names of any sort
 */
export function knownCompound(
  word: string,
  gazetteer: Gazetteer,
  isCommonNoun: (word: string) => boolean,
): KnownInnerName[] {
  if (word.length > LONGEST) return []
  const parts = hyphenParts(word)
  const last = parts[parts.length - 1]
  if (last === undefined) return []
  if (parts.length < 2) return closedCompound(word, gazetteer, isCommonNoun)
  const noun = word.slice(last.start, last.end)
  if (namingNouns().has(noun) || !(isCommonNoun(noun) || endsInCompoundHead(noun))) return []
  const names: KnownInnerName[] = []
  for (let from = 0; from < parts.length - 1; ) {
    const name = longestExact(word, parts, from, gazetteer)
    if (name === undefined) return []
    const isCompany = name.candidate.type === 'ORG' && COMPANY_NOUN.test(noun)
    const isSure = isCompany || name.candidate.prominence >= WELL_KNOWN
    if (!isSure && isCommonNoun(word.slice(name.start, name.end))) return []
    names.push(name)
    while (from < parts.length && parts[from]!.start < name.end) from++
  }
  return names
}

/** Prominence from which a name that is a word as well counts before a hyphen (Weltbank-Tochter). */
const WELL_KNOWN = 0.8
/** What only companies have: before these an organisation is meant, whatever else its name may be (Schwarz-Tochter). */
const COMPANY_NOUN = /^(?:Tochter|Töchter|Aktie|Aktionär|Konzern)/
/** Least prominence of a name that is looked for inside a word without hyphens. */
const LEAST_PROMINENCE = 0.65
/** Shortest noun that closes such a word. */
const SHORTEST_HEAD = 4

function closedCompound(
  word: string,
  gazetteer: Gazetteer,
  isCommonNoun: (word: string) => boolean,
): KnownInnerName[] {
  if (isCommonNoun(word)) return []
  for (let end = word.length - SHORTEST_HEAD; end >= SHORTEST_PREFIX; end--) {
    if (classAt(word, end) !== Char.Lower) return []
    const rest = word.slice(end)
    if (!isCompoundHead(rest) && !(rest.startsWith('s') && isCompoundHead(rest.slice(1)))) continue
    const name = word.slice(0, end)
    if (isCommonNoun(name)) continue
    const candidate = exactly(name, gazetteer)
    if (candidate !== undefined && candidate.prominence >= LEAST_PROMINENCE)
      return [{ start: 0, end, candidate }]
  }
  return []
}

/** Prominence from which a bare surname stands for its bearer (Merkel-Vertrauter). */
const EVERYBODY_KNOWS = 0.9

/** Entry that has the name spelt so, hyphens and spaces aside. */
function exactly(name: string, gazetteer: Gazetteer): Match | undefined {
  if (isPosition(name)) return undefined
  // Only with hyphens in it may a name be spelt another way, so only then is the long search worth it.
  const [match] = name.includes('-') ? gazetteer.search(name) : gazetteer.searchExact(name)
  if (match === undefined || (match.bySurname && match.prominence < EVERYBODY_KNOWS)) return undefined
  if (isSpeltSo(match)) return match
  return match.similarity === 1 && match.method === 'transliteration' ? match : undefined
}

function longestExact(
  word: string,
  parts: readonly Part[],
  from: number,
  gazetteer: Gazetteer,
): KnownInnerName | undefined {
  for (let to = parts.length - 1; to > from; to--) {
    const { start } = parts[from]!
    const { end } = parts[to - 1]!
    const candidate = exactly(word.slice(start, end), gazetteer)
    if (candidate !== undefined) return { start, end, candidate }
    // Bundestags-Debatte: the s links the parts.
    const unlinked = word.charAt(end - 1) === 's' ? exactly(word.slice(start, end - 1), gazetteer) : undefined
    if (unlinked !== undefined) return { start, end: end - 1, candidate: unlinked }
  }
  return peopleOf(word, parts[from]!, gazetteer)
}

/** Palästinenser-Hilfswerk, Kurden-Partei: the inhabitants stand for the place. */
function peopleOf(word: string, { start, end }: Part, gazetteer: Gazetteer): KnownInnerName | undefined {
  const part = word.slice(start, end)
  if (classAt(word, start) !== Char.Upper || !gazetteer.isListedDerived(part)) return undefined
  const [candidate] = gazetteer.searchDerived(part, { type: 'LOC' })
  return candidate === undefined ? undefined : { start, end, candidate }
}

let nouns: ReadonlySet<string> | undefined

/** The list, parsed on first use. */
function namingNouns(): ReadonlySet<string> {
  nouns ??= new Set(readList(namingNounsText))
  return nouns
}

interface Part {
  readonly start: number
  readonly end: number
}

/** End of `[start, end)` without the spaces at it. */
function beforeSpaces(word: string, start: number, end: number): number {
  let at = end
  while (at > start && (classAt(word, at - 1) === Char.Space || classAt(word, at - 1) === Char.Newline)) at--
  return at
}

function hyphenParts(word: string): Part[] {
  const parts: Part[] = []
  let start = 0
  for (let at = 0; at <= word.length; at++) {
    if (at < word.length && classAt(word, at) !== Char.Hyphen) continue
    // A mention of several words may have spaces around a hyphen.
    const end = beforeSpaces(word, start, at)
    if (end > start) parts.push({ start, end })
    start = at + 1
  }
  return parts
}

/**
 * What a part means in a compound of the type. One that is called exactly so comes before one whose inflected or respelt name
 * the part may be, whatever its type: the Hamas of the Israel-Hamas-Konflikt is not the town Hama.
 */
function nameOfPart(part: string, type: EntityType, gazetteer: Gazetteer): Candidate | undefined {
  // Nord-Süd-Konflikt: neither the French department nor a part of Leipzig.
  if (isPosition(part)) return undefined
  const [candidate] = gazetteer.lookup(part, { type })
  if (candidate === undefined || isSpeltSo(candidate)) return candidate
  const other = exactly(part, gazetteer)
  return other !== undefined && isSpeltSo(other) ? other : candidate
}

function isSpeltSo({ method }: Candidate): boolean {
  return method === 'exact' || method === 'acronym'
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
      const candidate = nameOfPart(word.slice(start, end), type, gazetteer)
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

/** Unionsfraktion holds the Union: the s between the parts is no part of the name, where the name is known without it. */
function withoutLink(word: string, name: KnownInnerName, gazetteer: Gazetteer): KnownInnerName {
  const end = name.end - 1
  if (word.charAt(end) !== 's' || end < SHORTEST_PREFIX) return name
  const { type } = name.candidate
  const candidate = gazetteer
    .searchExact(word.slice(0, end), { type })
    .find((match) => entityKey(match) === entityKey(name.candidate))
  return candidate === undefined ? name : { start: 0, end, candidate }
}

function longestKnownPrefix(word: string, type: EntityType, gazetteer: Gazetteer): InnerName | undefined {
  for (let end = word.length - SHORTEST_REST; end >= SHORTEST_PREFIX; end--) {
    if (classAt(word, end) !== Char.Lower) continue
    const candidate = gazetteer.searchExact(word.slice(0, end), { type })[0]
    if (candidate !== undefined) return withoutLink(word, { start: 0, end, candidate }, gazetteer)
  }
  return undefined
}
