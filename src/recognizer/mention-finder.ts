import {
  type InnerName,
  type KnownInnerName,
  knownCompound,
  namesInCompound,
  namesInDerived,
} from '../entities/compound.js'
import { DERIVED_SCORE, DerivedFinder } from '../entities/derived.js'
import { DocumentClubs, hasPluralArticle, mayMeanTeam } from '../entities/document-clubs.js'
import type { Mention } from '../entities/mention.js'
import { isOutsideHead } from '../entities/outside-heads.js'
import { repeatedNames, type TokenMention } from '../entities/repetition.js'
import { WordMemory } from '../entities/word-memory.js'
import type { Gazetteer } from '../gazetteer/gazetteer.js'
import { kindOfClass, type LabelSpan, spansOf, typeOfClass } from '../labels/scheme.js'
import { toScore } from '../labels/score.js'
import type { Lexicon } from '../lexicon/lexicon.js'
import { segmentBounds } from '../tagger/segments.js'
import type { Tagger } from '../tagger/tagger.js'
import { Char, classAt, isWordClass } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'

/** A name of lower probability gives way to a reading as a compound of known parts. */
const DOUBTFUL = 0.6
/** An organisation of this probability keeps the noun that it begins with. */
const SURE_HEAD = 0.8
/** A name of no type of interest gives way sooner: the Ukraine-Krieg is about the Ukraine, whatever else it is. */
const DOUBTFUL_OTHER = 0.95
/** Share of such compounds that are right in span, type and kind: 15 of 28 on the development splits. */
const KNOWN_COMPOUND_SCORE = 0.55

/**
 * Finds the mentions of a text: what the tagger labels, compounds opened; compounds of known parts that it passed over; names
 * that it was sure of elsewhere in the text.
 */
export class MentionFinder {
  private readonly tagger: Tagger
  private readonly gazetteer: Gazetteer
  private readonly isCommon: (word: string) => boolean
  private readonly derived: DerivedFinder
  private readonly compounds: WordMemory<readonly KnownInnerName[]>

  constructor(tagger: Tagger, lexicon: Lexicon, gazetteer: Gazetteer) {
    this.tagger = tagger
    this.gazetteer = gazetteer
    this.isCommon = (word) => lexicon.isCommon(word)
    this.derived = new DerivedFinder(gazetteer, this.isCommon)
    this.compounds = new WordMemory((word) => this.knownCompound(word))
  }

  /** Mentions in order of the text. */
  find(text: string, tokens: TokenSpans, sentences: Int32Array): Mention[] {
    const tagged = this.tagged(text, tokens, sentences)
    const covered = new Uint8Array(tokens.length)
    for (const { first, last } of tagged) covered.fill(1, first, last)
    const mentions: Mention[] = []
    const clubs = new DocumentClubs(tagged, this.gazetteer)
    const places = new Set<string>()
    for (const { type, kind, text } of tagged) if (type === 'LOC' && kind === 'name') places.add(text)
    for (const mention of tagged) this.open(this.retyped(mention, text, tokens, clubs, places), mentions)
    this.addCompounds(text, tokens, covered, mentions)
    for (const mention of this.derived.find(text, tokens, covered, clubs, places))
      this.open(mention, mentions)
    if (sentences.length > 2) mentions.push(...repeatedNames(text, tokens, covered, tagged, this.isCommon))
    return mentions.sort((a, b) => a.start - b.start || b.end - a.end)
  }

  /** The mention in the kind and type that the gazetteer and the rest of the document are sure of. */
  private retyped(
    { first, last, ...mention }: TokenMention,
    text: string,
    tokens: TokenSpans,
    clubs: DocumentClubs,
    places: ReadonlySet<string>,
  ): Mention {
    const { type, text: word } = mention
    if (type === 'MISC' && this.isSmallAdjective(mention)) return { ...mention, type: 'LOC', kind: 'derived' }
    const { score, start, end } = mention
    if (mention.kind === 'name' && score < DOUBTFUL && last - first === 1) {
      // Ferlacher in a text about Ferlach, if nobody is called so.
      const isInhabitant = this.derived.inhabitant(text, start, end, places) !== undefined
      if (isInhabitant && this.gazetteer.search(word).length === 0)
        return { ...mention, type: 'LOC', kind: 'derived' }
    }
    if (type !== 'LOC' && type !== 'ORG') return mention
    const kind =
      mention.kind === 'name' && this.isDerived(word, type, first, text, tokens) ? 'derived' : mention.kind
    if (kind !== 'derived') return mention
    const isOther =
      type === 'LOC'
        ? (mayMeanTeam(text, tokens, first, last) && clubs.has(word)) || this.isOnlyOf('ORG', word)
        : (this.isOnlyOf('LOC', word) && !clubs.has(word)) || this.isWomanOfPlace(word, clubs)
    return { ...mention, kind, type: isOther ? OTHER_TYPE[type] : type }
  }

  /** A language is written with a capital: a small word listed as derived from a place is an adjective (Wie pfälzisch sind Sie?). */
  private isSmallAdjective({ text: word, kind }: Mention): boolean {
    if (kind !== 'name' || classAt(word, 0) !== Char.Lower || !this.gazetteer.isListedDerived(word))
      return false
    return this.gazetteer.searchDerived(word)[0]?.type === 'LOC'
  }

  /** True for a word tagged as a name that is listed as derived and is no name, or not where it stands. */
  private isDerived(
    word: string,
    type: 'LOC' | 'ORG',
    first: number,
    text: string,
    tokens: TokenSpans,
  ): boolean {
    if (!this.gazetteer.isListedDerived(word)) return false
    // No country has an article like this: die Schweden are its people.
    if (type === 'LOC' && hasPluralArticle(text, tokens, first)) return true
    return this.gazetteer.search(word, { type }).length === 0
  }

  /** True for an Erfurterin where no club of Erfurt is named: one woman is no team, though the word may be formed of one. */
  private isWomanOfPlace(word: string, clubs: DocumentClubs): boolean {
    return (
      word.endsWith('erin') &&
      !clubs.allow(word) &&
      this.gazetteer.searchDerived(word, { type: 'LOC' }).length > 0
    )
  }

  /** True if the gazetteer lists the word as derived from this type and derives it from nothing of the other. */
  private isOnlyOf(type: 'LOC' | 'ORG', word: string): boolean {
    if (!this.gazetteer.isListedDerived(word)) return false
    return (
      this.gazetteer.searchDerived(word)[0]?.type === type &&
      this.gazetteer.searchDerived(word, { type: OTHER_TYPE[type] }).length === 0
    )
  }

  /** Labels the text segment by segment; those without a label cost no probabilities. */
  private tagged(text: string, tokens: TokenSpans, sentences: Int32Array): TokenMention[] {
    const mentions: TokenMention[] = []
    const visit = (from: number, to: number, labels: Uint8Array): void => {
      const spans = spansOf(labels, 0, to - from)
      if (spans.length > 0) this.tagger.runMarginals(to - from)
      for (const span of spans) {
        const mention = this.mentionOf(span, from, text, tokens)
        if (mention !== undefined) this.push(mention, text, tokens, mentions)
      }
    }
    this.tagger.tag(text, tokens, segmentBounds(sentences), visit, sentences)
    return mentions
  }

  /** The mention without signs at its ends (emoji, say), which are part of no name; undefined if nothing is left. */
  private mentionOf(
    { start, end, cls }: LabelSpan,
    from: number,
    text: string,
    tokens: TokenSpans,
  ): TokenMention | undefined {
    let first = from + start
    let last = from + end
    while (last > first && isSign(text, tokens.starts[last - 1]!)) last--
    while (first < last && isSign(text, tokens.starts[first]!)) first++
    if (first === last) return undefined
    const begin = tokens.starts[first]!
    const close = tokens.ends[last - 1]!
    return {
      first,
      last,
      start: begin,
      end: close,
      text: text.slice(begin, close),
      type: typeOfClass(cls),
      kind: kindOfClass(cls),
      score: toScore(this.tagger.probability(start, end, cls)),
    }
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
    if (type !== 'ORG' || score >= DOUBTFUL) return false
    if (!/^\p{Lu}\S*er\s/u.test(mention.text) && !isFirstWord(text, tokens, first)) return false
    if (mention.start > 0 && classAt(text, mention.start - 1) === Char.Quote) return false
    const next = text.slice(tokens.starts[first + 1]!, tokens.ends[first + 1]!)
    return this.isCommon(next) && this.gazetteer.search(mention.text, { type }).length === 0
  }

  /** Adds a tagged mention; where its first word only says where it is from, that word alone, and the rest if it is a name still. */
  private push(mention: TokenMention, text: string, tokens: TokenSpans, mentions: TokenMention[]): void {
    const { first, start } = mention
    const close = tokens.ends[first]!
    const derivedType = this.mayBeginWithOrigin(mention, text, tokens)
      ? this.derived.originOf(text, start, close)
      : undefined
    if (derivedType === undefined) {
      mentions.push(this.withoutHead(mention, text, tokens))
      return
    }
    const word = text.slice(start, close)
    mentions.push({
      ...mention,
      last: first + 1,
      end: close,
      text: word,
      type: derivedType,
      kind: 'derived',
      score: DERIVED_SCORE,
    })
    const from = tokens.starts[first + 1]!
    const rest = text.slice(from, mention.end)
    if (classAt(text, from) === Char.Upper && !this.isCommon(rest))
      mentions.push({ ...mention, first: first + 1, start: from, text: rest })
  }

  /** A doubtful organisation without the noun before its name (Dachverband Rengo), unless the gazetteer knows it with it. */
  private withoutHead(mention: TokenMention, text: string, tokens: TokenSpans): TokenMention {
    const { type, kind, first, last, start, end, score } = mention
    if (kind !== 'name' || type !== 'ORG' || last - first < 2 || score >= SURE_HEAD) return mention
    if (!isOutsideHead(text.slice(start, tokens.ends[first]!))) return mention
    const from = tokens.starts[first + 1]!
    const next = text.slice(from, tokens.ends[first + 1]!)
    // Verband Deutscher Zoos, Gewerkschaft Erziehung und Wissenschaft: without the noun no name is left.
    if (classAt(text, from) !== Char.Upper || this.isCommon(next)) return mention
    if (this.derived.typeOf(text, from, tokens.ends[first + 1]!) !== undefined) return mention
    if (this.gazetteer.searchExact(mention.text, { type }).length > 0) return mention
    return { ...mention, first: first + 1, start: from, text: text.slice(from, end) }
  }

  /** Adds a tagged mention, or the names inside it where it is a word that holds some. */
  private open(mention: Mention, mentions: Mention[]): void {
    const mayBeKnown = mention.kind !== 'derived' && mention.score < doubtfulBelow(mention)
    const known = mayBeKnown ? this.knownCompound(mention.text) : []
    if (known.length > 0) {
      pushKnown(mention, known, mentions)
      return
    }
    const inner = this.namesWithin(mention)
    if (inner.length === 0) mentions.push(mention)
    else pushInner(mention, inner, mentions)
  }

  /** Names inside one word: of a compound always, of a derived word where it joins two (deutsch-französische). */
  private namesWithin({ text, type, kind }: Mention): InnerName[] {
    if (kind === 'compound') return namesInCompound(text, type, this.gazetteer)
    return kind === 'derived' ? namesInDerived(text, this.gazetteer) : []
  }

  /** Compounds that the tagger passed over, although all their parts are known. */
  private addCompounds(text: string, tokens: TokenSpans, covered: Uint8Array, mentions: Mention[]): void {
    for (let token = 0; token < tokens.length; token++) {
      if (covered[token] === 1) continue
      const start = tokens.starts[token]!
      const end = tokens.ends[token]!
      if (!mayBeCompound(text, start, end)) continue
      const names = this.compounds.get(text, start, end)
      if (names.length === 0) continue
      pushKnown({ start, end, text: text.slice(start, end) }, names, mentions)
      covered[token] = 1
    }
  }

  private knownCompound(word: string): KnownInnerName[] {
    return knownCompound(word, this.gazetteer, this.isCommon)
  }
}

/** Score below which a name may be a compound of known parts. US- is an adjective rather than a part of a name (US-Senat). */
function doubtfulBelow({ type, text }: Mention): number {
  if (type === 'MISC') return DOUBTFUL_OTHER
  return type === 'ORG' && text.startsWith('US-') ? 1 : DOUBTFUL
}

/** A word is derived from a place or from an organisation named after it, mostly. */
const OTHER_TYPE = { LOC: 'ORG', ORG: 'LOC' } as const

type Host = NonNullable<Mention['host']>

/** Replaces a word by the names inside it. */
function pushInner(word: Mention, names: readonly InnerName[], mentions: Mention[]): void {
  const host = { start: word.start, end: word.end, text: word.text }
  for (const name of names) {
    const start = word.start + name.start
    const end = word.start + name.end
    mentions.push({ ...word, start, end, text: word.text.slice(name.start, name.end), host })
  }
}

/** Adds the names of a compound that the dictionary vouches for. */
function pushKnown(word: Host, names: readonly KnownInnerName[], mentions: Mention[]): void {
  const host = { start: word.start, end: word.end, text: word.text }
  for (const { start, end, candidate } of names) {
    mentions.push({
      start: word.start + start,
      end: word.start + end,
      text: word.text.slice(start, end),
      type: candidate.type,
      kind: 'compound',
      score: KNOWN_COMPOUND_SCORE,
      host,
    })
  }
}

/** Shortest word without a hyphen that may hold a name and a noun. */
const SHORTEST_CLOSED = 7

function mayBeCompound(text: string, start: number, end: number): boolean {
  for (let at = start + 1; at < end - 1; at++) if (text.charCodeAt(at) === 0x2d) return true
  return end - start >= SHORTEST_CLOSED && classAt(text, start) === Char.Upper
}

/** True if no word stands before the token in its sentence. */
function isFirstWord(text: string, tokens: TokenSpans, token: number): boolean {
  return token === 0 || !isWordClass(classAt(text, tokens.starts[token - 1]!))
}

/** Emoji, arrows, currency signs and what has no class at all. */
function isSign(text: string, at: number): boolean {
  const kind = classAt(text, at)
  return kind === Char.Symbol || kind === Char.Other
}
