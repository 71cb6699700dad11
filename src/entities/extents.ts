import type { Gazetteer } from '../gazetteer/gazetteer.js'
import { Char, classAt, isWordClass } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import { titlesLength } from './academic-titles.js'
import { balancedPart } from './brackets.js'
import { DERIVED_SCORE, type DerivedFinder } from './derived.js'
import { withGeneration } from './generation.js'
import { overTokens, type TokenMention } from './mention.js'
import { isOutsideHead } from './outside-heads.js'

/** An organisation of this probability begins where the tagger says, wherever its first word seems to come from. */
const SURE_ORIGIN = 0.9
/** An organisation of this probability keeps the noun that it begins with. */
const SURE_HEAD = 0.8

/**
 * Puts right where a tagged name begins: titles, adjectives of origin and nouns that only say what it is are no part of it. Nor is
 * what lies beyond a bracket that has no partner in it. The Jr. behind a person is.
 */
export class Extents {
  private readonly derived: DerivedFinder
  private readonly gazetteer: Gazetteer
  private readonly isCommon: (word: string) => boolean

  /** @param isCommon tells words that are no names of any sort */
  constructor(derived: DerivedFinder, gazetteer: Gazetteer, isCommon: (word: string) => boolean) {
    this.derived = derived
    this.gazetteer = gazetteer
    this.isCommon = isCommon
  }

  /**
   * Adds the mention; where its first word only says where it is from, that word alone, and the rest if it is a name still.
   * @param limit first token of the next mention
   */
  split(
    tagged: TokenMention,
    text: string,
    tokens: TokenSpans,
    mentions: TokenMention[],
    limit = tokens.length,
  ): void {
    const untitled = this.withoutTitles(withinBrackets(tagged, text, tokens), text, tokens)
    if (untitled === undefined) return
    const mention = this.officialName(withGeneration(untitled, text, tokens, limit), text, tokens, limit)
    const { first, last, start } = mention
    const derivedType = this.mayBeginWithOrigin(mention, text, tokens)
      ? this.derived.originOf(text, start, tokens.ends[first]!)
      : undefined
    if (derivedType === undefined) {
      mentions.push(this.withoutHead(mention, text, tokens))
      return
    }
    const origin = overTokens(mention, first, first + 1, text, tokens)
    mentions.push({ ...origin, type: derivedType, kind: 'derived', score: DERIVED_SCORE })
    const rest = overTokens(mention, first + 1, last, text, tokens)
    if (classAt(text, rest.start) === Char.Upper && !this.isCommon(rest.text))
      mentions.push(this.withoutHead(rest, text, tokens))
  }

  /** The organisation that begins with a tagged adjective in capitals, if the gazetteer knows it: Westeuropäische Union. */
  private officialName(mention: TokenMention, text: string, tokens: TokenSpans, limit: number): TokenMention {
    const { kind, first, last } = mention
    if (kind !== 'derived' || last - first > 1 || last >= limit || isFirstWord(text, tokens, first))
      return mention
    if (!/^\p{Lu}\S*isch(?:e[mnrs]?)?$/u.test(mention.text)) return mention
    for (let to = Math.min(limit, last + LONGEST_OFFICIAL); to > last; to--) {
      if (classAt(text, tokens.starts[to - 1]!) !== Char.Upper) continue
      const whole = overTokens(mention, first, to, text, tokens)
      if (whole.text.includes('\n')) continue
      const known = this.gazetteer
        .search(whole.text, { type: 'ORG' })
        .some(({ method, alias }) => method === 'exact' || (method === 'inflection' && alias.includes(' ')))
      if (known) return { ...whole, type: 'ORG', kind: 'name' }
    }
    return mention
  }

  /** A person without academic titles, unless the gazetteer knows them so (Dr. Dre); undefined where nothing else is left. */
  private withoutTitles(mention: TokenMention, text: string, tokens: TokenSpans): TokenMention | undefined {
    const { type, text: name, end } = mention
    const length = titlesLength(name)
    if (length === 0) return mention
    // PD is a party, too, but not before another title.
    if (length === name.length)
      return type === 'PER' || /^\s+(?:Dr|Prof)/.test(text.slice(end, end + LONGEST_TITLE))
        ? undefined
        : mention
    if (type !== 'PER' || this.gazetteer.searchExact(name, { type }).length > 0) return mention
    return part(mention, length, name.length, text, tokens)
  }

  /**
   * Whether the first word of a mention may only say where it is from. No name begins with a small adjective: the nepalesische
   * Wetterdienst is one that is Nepal's. At the beginning of a sentence the capital says nothing (Norwegische F-35). Elsewhere
   * a doubtful organisation of ordinary words is none (Rigaer Straßenbahn), unless it stands in quotation marks.
   */
  private mayBeginWithOrigin(mention: TokenMention, text: string, tokens: TokenSpans): boolean {
    const { type, kind, first, last, score } = mention
    if (kind !== 'name' || type === 'PER' || last - first < 2) return false
    if (classAt(text, mention.start) === Char.Lower) return true
    if (type === 'MISC') return isFirstWord(text, tokens, first)
    if (type !== 'ORG' || score >= SURE_ORIGIN) return false
    if (!/^\p{Lu}\S*er\s/u.test(mention.text) && !isFirstWord(text, tokens, first)) return false
    if (mention.start > 0 && classAt(text, mention.start - 1) === Char.Quote) return false
    const next = text.slice(tokens.starts[first + 1]!, tokens.ends[first + 1]!)
    return (
      (this.isCommon(next) || isOutsideHead(next)) &&
      this.gazetteer.search(mention.text, { type }).length === 0
    )
  }

  /** A doubtful organisation without the noun before its name (Dachverband Rengo), unless the gazetteer knows it with it. */
  private withoutHead(mention: TokenMention, text: string, tokens: TokenSpans): TokenMention {
    const { type, kind, first, last, start, score } = mention
    if (kind !== 'name' || type !== 'ORG' || last - first < 2 || score >= SURE_HEAD) return mention
    if (!isOutsideHead(text.slice(start, tokens.ends[first]!))) return mention
    const from = tokens.starts[first + 1]!
    const next = text.slice(from, tokens.ends[first + 1]!)
    // Verband Deutscher Zoos, Gewerkschaft Erziehung und Wissenschaft: without the noun no name is left.
    if (classAt(text, from) !== Char.Upper || this.isCommon(next)) return mention
    if (this.derived.typeOf(text, from, tokens.ends[first + 1]!) !== undefined) return mention
    if (this.gazetteer.searchExact(mention.text, { type }).length > 0) return mention
    return overTokens(mention, first + 1, last, text, tokens)
  }
}

/** Words behind the adjective that an official name begins with. */
const LONGEST_OFFICIAL = 3
/** More than the gap and the longest title behind a mention. */
const LONGEST_TITLE = 16

/** The mention with the brackets at its end closed where the text does so, else cut where one has no partner. */
function withinBrackets(mention: TokenMention, text: string, tokens: TokenSpans): TokenMention {
  const { text: name, type, first, last } = mention
  const cut = balancedPart(name)
  if (cut === undefined) return mention
  // Halle (Saale); what stands in brackets behind an organisation is another name of it.
  if (type === 'LOC' && last < tokens.length && tokens.starts[last] === mention.end) {
    const whole = overTokens(mention, first, last + 1, text, tokens)
    if (balancedPart(whole.text) === undefined) return whole
  }
  return part(mention, cut[0], cut[1], text, tokens)
}

/** The tokens of a mention that lie between two offsets in it; all of them where none do. */
function part(
  mention: TokenMention,
  from: number,
  to: number,
  text: string,
  tokens: TokenSpans,
): TokenMention {
  let { first, last } = mention
  while (first < last && tokens.starts[first]! < mention.start + from) first++
  while (last > first && tokens.ends[last - 1]! > mention.start + to) last--
  return first === last ? mention : overTokens(mention, first, last, text, tokens)
}

/** True if no word stands before the token in its sentence. */
function isFirstWord(text: string, tokens: TokenSpans, token: number): boolean {
  return token === 0 || !isWordClass(classAt(text, tokens.starts[token - 1]!))
}
