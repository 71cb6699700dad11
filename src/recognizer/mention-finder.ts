import {
  type InnerName,
  type KnownInnerName,
  knownCompound,
  namesInCompound,
  namesInDerived,
} from '../entities/compound.js'
import { clubsByTheirTown, DerivedFinder } from '../entities/derived.js'
import type { Mention } from '../entities/mention.js'
import { repeatedNames, type TokenMention } from '../entities/repetition.js'
import { WordMemory } from '../entities/word-memory.js'
import type { Gazetteer } from '../gazetteer/gazetteer.js'
import { kindOfClass, type LabelSpan, spansOf, typeOfClass } from '../labels/scheme.js'
import type { Lexicon } from '../lexicon/lexicon.js'
import { segmentBounds } from '../tagger/segments.js'
import type { Tagger } from '../tagger/tagger.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'

/** A name of lower probability gives way to a reading as a compound of known parts. */
const DOUBTFUL = 0.6
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
    const clubs = clubsByTheirTown(tagged, text, tokens, this.gazetteer)
    for (const mention of tagged) this.open(this.retyped(mention, clubs), mentions)
    this.addCompounds(text, tokens, covered, mentions)
    mentions.push(...this.derived.find(text, tokens, covered))
    if (sentences.length > 2) mentions.push(...repeatedNames(text, tokens, covered, tagged, this.isCommon))
    return mentions.sort((a, b) => a.start - b.start || b.end - a.end)
  }

  /** The mention in the kind and type that the gazetteer and the rest of the document are sure of. */
  private retyped(mention: TokenMention, clubs: ReadonlySet<TokenMention>): TokenMention {
    if (clubs.has(mention)) return { ...mention, type: 'ORG' }
    const { kind, type, text } = mention
    if (kind !== 'name' || (type !== 'LOC' && type !== 'ORG') || text.includes(' ')) return mention
    const isDerived =
      this.gazetteer.isListedDerived(text) && this.gazetteer.search(text, { type }).length === 0
    return isDerived ? { ...mention, kind: 'derived' } : mention
  }

  /** Labels the text segment by segment; those without a label cost no probabilities. */
  private tagged(text: string, tokens: TokenSpans, sentences: Int32Array): TokenMention[] {
    const mentions: TokenMention[] = []
    this.tagger.tag(text, tokens, segmentBounds(sentences), (from, to, labels) => {
      const spans = spansOf(labels, 0, to - from)
      if (spans.length > 0) this.tagger.runMarginals(to - from)
      for (const span of spans) {
        const mention = this.mentionOf(span, from, text, tokens)
        if (mention !== undefined) mentions.push(mention)
      }
    })
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

  /** Adds a tagged mention, or the names inside it where it is a word that holds some. */
  private open({ first: _first, last: _last, ...mention }: TokenMention, mentions: Mention[]): void {
    const doubtful = mention.type === 'MISC' ? DOUBTFUL_OTHER : DOUBTFUL
    const known = mention.kind === 'name' && mention.score < doubtful ? this.knownCompound(mention.text) : []
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

/** Emoji, arrows, currency signs and what has no class at all. */
function isSign(text: string, at: number): boolean {
  const kind = classAt(text, at)
  return kind === Char.Symbol || kind === Char.Other
}

/** Probabilities are given to four decimals, never 0. */
function toScore(probability: number): number {
  return Math.min(1, Math.max(1, Math.round(probability * 1e4)) / 1e4)
}
