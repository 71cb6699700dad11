import type { Gazetteer } from '../gazetteer/gazetteer.js'
import { Memory } from '../gazetteer/memory.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import {
  type InnerName,
  type KnownInnerName,
  knownCompound,
  namesInCompound,
  namesInDerived,
} from './compound.js'
import type { Mention } from './mention.js'
import { hasBarePrefix } from './positions.js'
import { WordMemory } from './word-memory.js'
import { Trait } from './word-traits.js'

/** A name of lower probability gives way to a reading as a compound of known parts. */
const DOUBTFUL = 0.6
/** A name of no type of interest gives way sooner: the Ukraine-Krieg is about the Ukraine, whatever else it is. */
const DOUBTFUL_OTHER = 0.95
/** Share of such compounds that are right in span, type and kind: 15 of 28 on the development splits. */
const KNOWN_COMPOUND_SCORE = 0.55

const NONE: readonly KnownInnerName[] = []

/** Finds the names inside words: of compounds and joined adjectives that were tagged, and of compounds of known parts. */
export class CompoundFinder {
  private readonly gazetteer: Gazetteer
  private readonly isCommon: (word: string) => boolean
  private readonly compounds: WordMemory<readonly KnownInnerName[]>
  /** Names inside of mentions, by type and word. */
  private readonly inner = new Memory<readonly InnerName[]>()

  /** @param isCommon tells words that are no names of any sort */
  constructor(gazetteer: Gazetteer, isCommon: (word: string) => boolean) {
    this.gazetteer = gazetteer
    this.isCommon = isCommon
    this.compounds = new WordMemory((word) => this.knownCompound(word))
  }

  /** Adds a tagged mention, or the names inside it where it is a word that holds some. */
  open(mention: Mention, mentions: Mention[]): void {
    const isDoubtful = mention.kind !== 'derived' && mention.score < doubtfulBelow(mention)
    const isBody = isDoubtful && this.isBody(mention)
    const known = isDoubtful && !isBody ? this.compounds.get(mention.text, 0, mention.text.length) : NONE
    if (known.length > 0) {
      pushKnown(mention, known, mentions)
      return
    }
    if (mention.kind === 'compound' && hasBarePrefix(mention.text)) return
    if (mention.kind === 'compound' && isBody) {
      mentions.push({ ...mention, kind: 'name' })
      return
    }
    const inner = this.namesWithin(mention)
    if (inner.length === 0) mentions.push(mention)
    else pushInner(mention, inner, mentions)
  }

  /** EU-Parlament is called so itself, whatever its parts are. */
  private isBody({ text, type }: Mention): boolean {
    if (type !== 'ORG' || text.startsWith('US-')) return false
    return this.gazetteer.searchExact(text, { type }).length > 0
  }

  /** Names inside one word: of a compound always, of a derived word where it joins two (deutsch-französische). */
  private namesWithin({ text, type, kind }: Mention): readonly InnerName[] {
    if (kind === 'name') return NONE
    return this.inner.get(kind === 'compound' ? `${type}|${text}` : `|${text}`, () =>
      kind === 'compound'
        ? namesInCompound(text, type, this.gazetteer)
        : namesInDerived(text, this.gazetteer),
    )
  }

  /** What the word at `[start, end)` may be for `find`; see Trait. */
  traits(text: string, start: number, end: number): number {
    return mayBeCompound(text, start, end) && this.compounds.get(text, start, end).length > 0
      ? Trait.Compound
      : 0
  }

  /**
   * Compounds that the tagger passed over, although all their parts are known.
   * @param traits of each token; see Trait
   */
  find(text: string, tokens: TokenSpans, traits: Uint8Array, covered: Uint8Array, mentions: Mention[]): void {
    for (let token = 0; token < tokens.length; token++) {
      if ((traits[token]! & Trait.Compound) === 0 || covered[token] === 1) continue
      const start = tokens.starts[token]!
      const end = tokens.ends[token]!
      const names = this.compounds.get(text, start, end)
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

type Host = NonNullable<Mention['host']>

/** Replaces a word by the names inside it. */
function pushInner(word: Mention, names: readonly InnerName[], mentions: Mention[]): void {
  const host = { start: word.start, end: word.end, text: word.text }
  for (const { start, end, candidate } of names) {
    const type = (word.kind === 'compound' && candidate?.type) || word.type
    const text = word.text.slice(start, end)
    mentions.push({ ...word, start: word.start + start, end: word.start + end, text, type, host })
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
