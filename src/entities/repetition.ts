import { combine, hashString } from '../binary/hash.js'
import type { EntityType } from '../labels/scheme.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import { isGeneration } from './generation.js'
import type { Mention, TokenMention } from './mention.js'
import { Trait } from './word-traits.js'

/** Only names of this probability are looked for again. */
const SURE = 0.8
/** All 9 such finds of the own development split are right; a little below certainty, for so few. */
const REPEATED_SCORE = 0.9
/** Longest name that is looked for, in tokens. */
const LONGEST = 6
/** Shortest name of one word. */
const SHORTEST_WORD = 3

/** Elements of a table that tells by the last bits of a word's hash that no name begins with it. */
const BEGINNINGS = 1 << 10

interface SureName {
  readonly type: EntityType
  /** How often the tagger found it, and how often the same words stand there untagged. */
  found: number
  passed: number
}

/**
 * A name found for sure in one sentence is found again where the tagger was unsure: the same words, or the surname of a person
 * named in full. Words that are common nouns, or that stand untagged more often than tagged, are left alone.
 *
 * @param traits of each token; see Trait
 * @param covered 1 for tokens that belong to a mention already
 * @param isCommon tells words that are no names of any sort
 */
export function repeatedNames(
  text: string,
  tokens: TokenSpans,
  traits: Uint8Array,
  covered: Uint8Array,
  mentions: readonly TokenMention[],
  isCommon: (word: string) => boolean,
): Mention[] {
  const { names, beginnings } = sureNames(text, tokens, mentions, isCommon)
  if (names.size === 0) return []
  const places: { start: number; end: number; name: SureName }[] = []
  for (let at = 0; at < tokens.length; ) {
    // Names begin with a capital, which is cheaper to see than that a hash is unknown.
    const begins = covered[at] === 0 && (traits[at]! & Trait.Capital) !== 0
    const end = begins ? longestMatch(text, tokens, covered, at, names, beginnings) : undefined
    if (end === undefined) {
      at++
      continue
    }
    end.name.passed++
    places.push({ start: at, end: end.last, name: end.name })
    at = end.last
  }
  return places
    .filter(({ name }) => name.passed <= name.found)
    .map(({ start, end, name }) => {
      const from = tokens.starts[start]!
      const to = tokens.ends[end - 1]!
      return {
        start: from,
        end: to,
        text: text.slice(from, to),
        type: name.type,
        kind: 'name',
        score: REPEATED_SCORE,
      }
    })
}

interface SureNames {
  /** By the hash of their words. */
  readonly names: ReadonlyMap<number, SureName>
  /** 1 for the last bits of the hash of each name's first word. */
  readonly beginnings: Uint8Array
}

/** The sure names of the document. */
function sureNames(
  text: string,
  tokens: TokenSpans,
  mentions: readonly TokenMention[],
  isCommon: (word: string) => boolean,
): SureNames {
  const beginnings = new Uint8Array(BEGINNINGS)
  const names = new Map<number, SureName>()
  const enter = (first: number, last: number, type: EntityType): void => {
    const word = text.slice(tokens.starts[first]!, tokens.ends[first]!)
    if (classAt(word, 0) !== Char.Upper) return
    if (last - first === 1 && (word.length < SHORTEST_WORD || isCommon(word))) return
    const key = hashTokens(text, tokens, first, last)
    const known = names.get(key)
    // The same words as two types (Freiburg the town and the club) are nobody's.
    if (known !== undefined && known.type !== type) known.found = 0
    else if (known === undefined) {
      names.set(key, { type, found: 1, passed: 0 })
      beginnings[hashTokens(text, tokens, first, first + 1) & (BEGINNINGS - 1)] = 1
    } else if (known.found > 0) known.found++
  }
  for (const { first, last, type, kind, score } of mentions) {
    if (kind !== 'name' || score < SURE || last - first > LONGEST) continue
    enter(first, last, type)
    if (type !== 'PER' || last - first === 1) continue
    const end = isGeneration(text.slice(tokens.starts[last - 1]!, tokens.ends[last - 1]!)) ? last - 1 : last
    if (end - first > 1) enter(end - 1, end, type)
  }
  for (const [key, { found }] of names) if (found === 0) names.delete(key)
  return { names, beginnings }
}

function longestMatch(
  text: string,
  tokens: TokenSpans,
  covered: Uint8Array,
  first: number,
  names: ReadonlyMap<number, SureName>,
  beginnings: Uint8Array,
): { last: number; name: SureName } | undefined {
  let best: { last: number; name: SureName } | undefined
  let hash = 0
  for (let at = first; at < tokens.length && at - first < LONGEST && covered[at] === 0; at++) {
    const word = hashString(text, tokens.starts[at]!, tokens.ends[at]!)
    if (at === first && beginnings[word & (BEGINNINGS - 1)] === 0) return undefined
    hash = at === first ? word : combine(hash, word)
    const name = names.get(hash)
    if (name !== undefined) best = { last: at + 1, name }
  }
  return best
}

function hashTokens(text: string, tokens: TokenSpans, first: number, last: number): number {
  let hash = hashString(text, tokens.starts[first]!, tokens.ends[first]!)
  for (let at = first + 1; at < last; at++)
    hash = combine(hash, hashString(text, tokens.starts[at]!, tokens.ends[at]!))
  return hash
}
