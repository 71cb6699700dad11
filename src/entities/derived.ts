import type { Gazetteer, Match } from '../gazetteer/gazetteer.js'
import { derivationBases } from '../gazetteer/morphology.js'
import type { EntityType } from '../labels/scheme.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import { entityKey } from './context.js'
import type { Mention } from './mention.js'
import type { TokenMention } from './repetition.js'
import { WordMemory } from './word-memory.js'

/** Shortest word taken for a derived one. */
const SHORTEST = 3
/** Shortest word taken for an inhabitant by rule alone: Torgauer. */
const SHORTEST_BY_RULE = 6
/** Share of such finds that are right: measured on the development splits. */
const DERIVED_SCORE = 0.75

/**
 * Derived words that need no tagger: adjectives in -isch and inhabitants that the gazetteer lists or that word formation leads
 * to one of its places (Vorarlbergerin, Torgauer).
 */
export class DerivedFinder {
  private readonly gazetteer: Gazetteer
  private readonly isCommon: (word: string) => boolean
  /** What each word is derived from, undefined for most. */
  private readonly types: WordMemory<EntityType | undefined>

  /** @param isCommon tells words that are no names of any sort */
  constructor(gazetteer: Gazetteer, isCommon: (word: string) => boolean) {
    this.gazetteer = gazetteer
    this.isCommon = isCommon
    this.types = new WordMemory((word) => this.derivation(word))
  }

  /** Derived words among the tokens that no mention covers; marks them as covered. */
  find(text: string, tokens: TokenSpans, covered: Uint8Array): Mention[] {
    const found: Mention[] = []
    for (let token = 0; token < tokens.length; token++) {
      const start = tokens.starts[token]!
      const end = tokens.ends[token]!
      if (covered[token] === 1 || end - start < SHORTEST) continue
      const first = classAt(text, start)
      if (first !== Char.Upper && (first !== Char.Lower || !mayBeAdjective(text, start, end))) continue
      const type = this.types.get(text, start, end)
      if (type === undefined) continue
      covered[token] = 1
      found.push({ start, end, text: text.slice(start, end), type, kind: 'derived', score: DERIVED_SCORE })
    }
    return found
  }

  private derivation(word: string): EntityType | undefined {
    if (this.isCommon(word)) return undefined
    if (this.gazetteer.isListedDerived(word)) return this.gazetteer.searchDerived(word)[0]?.type
    if (word.length < SHORTEST_BY_RULE) return undefined
    // Torgau + er, Torgau + erin: nothing but the ending may differ, or any word in -er would be somebody's.
    const stem = /^(\p{Lu}.+?)er(?:in|innen|n|s)?$/u.exec(word)?.[1]
    if (stem === undefined || stem.length < SHORTEST_BY_RULE - 2) return undefined
    if (this.gazetteer.search(word).length > 0) return undefined
    return this.gazetteer.search(stem, { type: 'LOC' }).some(isHomePlace) ? 'LOC' : undefined
  }
}

/** Small words that are worth a look: adjectives in -isch with their endings, and the few in -sch. */
function mayBeAdjective(text: string, start: number, end: number): boolean {
  let at = end
  const last = text.charCodeAt(at - 1)
  // e, en, em, er, es
  if (last === 0x65) at -= 1
  else if (
    (last === 0x6e || last === 0x6d || last === 0x72 || last === 0x73) &&
    text.charCodeAt(at - 2) === 0x65
  )
    at -= 2
  return (
    at - 3 >= start &&
    text.charCodeAt(at - 1) === 0x68 &&
    text.charCodeAt(at - 2) === 0x63 &&
    text.charCodeAt(at - 3) === 0x73
  )
}

const HOME = new Set(['DE', 'AT', 'CH', 'LI', 'LU'])
const WELL_KNOWN = 0.6

/** A town or region that German forms inhabitants of: one of its own, or one that everybody knows. */
function isHomePlace({ method, subtype, country, prominence }: Match): boolean {
  if (method !== 'exact' || /^(?:building|stadium|airport|street|station)$/.test(subtype)) return false
  return HOME.has(country) || country === '' || prominence >= WELL_KNOWN
}

const PLURAL_ARTICLES = new Set(['die', 'der', 'den', 'Die', 'Der', 'Den'])

/**
 * Inhabitants' words that stand for a club of the document: `die Meppener` in a report that names the SV Meppen. They are
 * nouns with an article before them and no noun behind.
 */
export function clubsByTheirTown(
  mentions: readonly TokenMention[],
  text: string,
  tokens: TokenSpans,
  gazetteer: Gazetteer,
): Set<TokenMention> {
  const found = new Set<TokenMention>()
  const nouns = mentions.filter(
    ({ type, kind, first, last }) =>
      type === 'LOC' && kind === 'derived' && last - first === 1 && isTeamNoun(text, tokens, first),
  )
  // Most texts have none, and need no look at their organisations.
  if (nouns.length === 0) return found
  const clubs = new Set<string>()
  const words = new Set<string>()
  for (const { type, kind, text: name } of mentions) {
    if (type !== 'ORG' || kind !== 'name') continue
    const [match] = gazetteer.search(name, { type: 'ORG' })
    if (match !== undefined && match.subtype !== 'club') continue
    if (match !== undefined) clubs.add(entityKey(match))
    if (match !== undefined || /\d|\b[A-Z]{2,}\b/.test(name))
      for (const word of name.split(/[\s-]+/)) words.add(word)
  }
  if (clubs.size === 0 && words.size === 0) return found
  for (const mention of nouns) {
    const listed = gazetteer.searchDerived(mention.text, { type: 'ORG' })
    const isListed = listed.some((match) => clubs.has(entityKey(match)))
    if (isListed || derivationBases(mention.text).some((base) => words.has(base))) found.add(mention)
  }
  return found
}

function isTeamNoun(text: string, tokens: TokenSpans, token: number): boolean {
  if (token === 0 || classAt(text, tokens.starts[token]!) !== Char.Upper) return false
  if (!PLURAL_ARTICLES.has(text.slice(tokens.starts[token - 1]!, tokens.ends[token - 1]!))) return false
  return token + 1 >= tokens.length || classAt(text, tokens.starts[token + 1]!) !== Char.Upper
}
