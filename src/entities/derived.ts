import type { Gazetteer, Match } from '../gazetteer/gazetteer.js'
import { adjectiveBase, derivationBases } from '../gazetteer/morphology.js'
import type { EntityType } from '../labels/scheme.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import { namesInDerived } from './compound.js'
import type { DocumentClubs } from './document-clubs.js'
import type { Mention } from './mention.js'
import { WordMemory } from './word-memory.js'
import { Trait } from './word-traits.js'

/** Shortest word taken for a derived one. */
const SHORTEST = 3
/** Shortest word taken for an inhabitant by rule alone: Torgauer. */
const SHORTEST_BY_RULE = 6
/** Share of such finds that are right: measured on the development splits. */
export const DERIVED_SCORE = 0.75

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

  /** What a word is derived from; undefined for most. */
  typeOf(text: string, start: number, end: number): EntityType | undefined {
    return this.types.get(text, start, end)
  }

  /** The same, of adjectives too of which only the first part is derived (bulgarisch-orthodoxe). */
  originOf(text: string, start: number, end: number): EntityType | undefined {
    const type = this.typeOf(text, start, end)
    if (type !== undefined) return type
    return namesInDerived(text.slice(start, end), this.gazetteer).length > 0 ? 'LOC' : undefined
  }

  /**
   * Derived words among the tokens that no mention covers; marks them as covered. Nicknames of clubs are words of many
   * meanings (Störche): the document must speak of the club.
   * @param traits of each token; see Trait
   * @param places names of places in the document
   */
  find(
    text: string,
    tokens: TokenSpans,
    traits: Uint8Array,
    covered: Uint8Array,
    clubs: DocumentClubs,
    places: ReadonlySet<string>,
  ): Mention[] {
    const found: Mention[] = []
    for (let token = 0; token < tokens.length; token++) {
      if ((traits[token]! & (Trait.Derived | Trait.Inhabitant)) === 0 || covered[token] === 1) continue
      const start = tokens.starts[token]!
      const end = tokens.ends[token]!
      const type = this.types.get(text, start, end) ?? this.inhabitant(text, start, end, places)
      if (type === undefined) continue
      const word = text.slice(start, end)
      if (type === 'ORG' && !clubs.allow(word)) continue
      covered[token] = 1
      found.push({ start, end, text: word, type, kind: 'derived', score: DERIVED_SCORE })
    }
    return found
  }

  /** What the word at `[start, end)` may be for `find`; see Trait. */
  traits(text: string, start: number, end: number): number {
    if (end - start < SHORTEST) return 0
    const first = classAt(text, start)
    if (first !== Char.Upper && (first !== Char.Lower || !mayBeAdjective(text, start, end))) return 0
    const isDerived = this.types.get(text, start, end) !== undefined
    return (isDerived ? Trait.Derived : 0) | (this.mayBeInhabitant(text, start, end) ? Trait.Inhabitant : 0)
  }

  private mayBeInhabitant(text: string, start: number, end: number): boolean {
    return end - start >= SHORTEST_BY_RULE && endsInEr(text, end) && !this.isCommon(text.slice(start, end))
  }

  /** LOC for a word in -er that is formed of a place of the document: the Ferlacher of a text about Ferlach. */
  inhabitant(text: string, start: number, end: number, places: ReadonlySet<string>): EntityType | undefined {
    if (places.size === 0 || !this.mayBeInhabitant(text, start, end)) return undefined
    return derivationBases(text.slice(start, end)).some((base) => places.has(base)) ? 'LOC' : undefined
  }

  private derivation(word: string): EntityType | undefined {
    const isListed = this.gazetteer.isListedDerived(word)
    const type = isListed ? this.gazetteer.searchDerived(word)[0]?.type : undefined
    // An adjective is written small far more often than not, which says nothing against Norwegische in a headline.
    if (this.isCommon(word) && !(type === 'LOC' && adjectiveBase(word) !== undefined)) return undefined
    if (isListed) return type
    if (namesInDerived(word, this.gazetteer).length > 1) return 'LOC'
    if (word.length < SHORTEST_BY_RULE) return undefined
    // Torgau + er, Torgau + erin: nothing but the ending may differ, or any word in -er would be somebody's.
    const stem = /^(\p{Lu}.+?)er(?:in|innen|n|s)?$/u.exec(word)?.[1]
    if (stem === undefined || stem.length < SHORTEST_BY_RULE - 2) return undefined
    // The cheap question first: few words are formed of a place.
    if (!this.gazetteer.searchExact(stem, { type: 'LOC' }).some(isHomePlace)) return undefined
    return this.gazetteer.search(word).length > 0 ? undefined : 'LOC'
  }
}

/** -er, -ern, -ers */
function endsInEr(text: string, end: number): boolean {
  const last = text.charCodeAt(end - 1)
  const at = last === 0x6e || last === 0x73 ? end - 1 : end
  return text.charCodeAt(at - 1) === 0x72 && text.charCodeAt(at - 2) === 0x65
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
