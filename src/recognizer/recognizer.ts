import {
  type InnerName,
  type KnownInnerName,
  knownCompound,
  namesInCompound,
  namesInDerived,
} from '../entities/compound.js'
import type { LinkedMention, Mention } from '../entities/mention.js'
import { resolve } from '../entities/resolve.js'
import { ArgumentError, describe } from '../errors.js'
import type { GazetteerEntry } from '../gazetteer/entry.js'
import type { Candidate, Gazetteer, LookupOptions } from '../gazetteer/gazetteer.js'
import { kindOfClass, OUTSIDE, spansOf, typeOfClass } from '../labels/scheme.js'
import { LONGEST_SENTENCE, Tagger } from '../tagger/tagger.js'
import type { ModelHeader, TaggerModel } from '../tagger/tagger-model.js'
import { splitSentences } from '../text/sentences.js'
import { TokenSpans } from '../text/token-spans.js'
import { tokenize } from '../text/tokenizer.js'
import type { Entity, LanguageGuess, RecognizeOptions } from '../types.js'
import { Document } from './document.js'
import { detectLanguage } from './language.js'
import { type ResolvedOptions, resolveOptions } from './options.js'

/** A name of lower probability gives way to a reading as a compound of known parts. */
const DOUBTFUL = 0.6
/** Share of such compounds that are right on the development splits. */
const KNOWN_COMPOUND_SCORE = 0.8

type Host = NonNullable<Mention['host']>

const GERMAN: LanguageGuess = { code: 'deu', isGerman: true }

/** Finds people, organisations and places in German text. Holds caches; one instance serves any number of texts. */
export class Recognizer {
  readonly #model: TaggerModel
  readonly #tagger: Tagger
  readonly #gazetteer: Gazetteer

  /** @internal Use `loadRecognizer`. */
  constructor(model: TaggerModel, gazetteer: Gazetteer, tagger = new Tagger(model)) {
    this.#model = model
    this.#gazetteer = gazetteer
    this.#tagger = tagger
  }

  /** What the model file says of itself: sources, licences, scores. */
  get model(): ModelHeader {
    return this.#model.header
  }

  /**
   * Recognises the entities of a text.
   * @throws ArgumentError for anything but a string, and for options that are unknown or impossible
   */
  recognize(text: string, options?: RecognizeOptions): Document {
    if (typeof text !== 'string') {
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `recognize expects the text as a string, got ${describe(text)}. Decode bytes first (new TextDecoder().decode), join lists of tokens with recognizeTokens.`,
      )
    }
    const tokens = tokenize(text)
    return this.#run(text, tokens, splitSentences(text, tokens), resolveOptions(options))
  }

  /**
   * Recognises the entities of ready tokens and keeps them as they are. `doc.text` is the tokens joined by one space, and
   * offsets refer to it. An array of arrays is taken as sentences, a flat array is split into sentences by its punctuation.
   */
  recognizeTokens(
    tokens: readonly string[] | readonly (readonly string[])[],
    options?: RecognizeOptions,
  ): Document {
    const sentences = asSentences(tokens)
    const words = sentences.flat()
    const spans = new TokenSpans(Math.max(1, words.length))
    let at = 0
    for (const word of words) {
      spans.push(at, at + word.length)
      at += word.length + 1
    }
    const text = words.join(' ')
    const nested = tokens.length > 0 && Array.isArray(tokens[0])
    return this.#run(
      text,
      spans,
      nested ? startsOf(sentences) : splitSentences(text, spans),
      resolveOptions(options),
    )
  }

  /** Entries of the gazetteer that a name may mean, best first; empty where none is close enough. */
  lookup(name: string, options: LookupOptions = {}): Candidate[] {
    if (typeof name !== 'string') {
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `lookup expects a name as a string, got ${describe(name)}. Pass e.g. "Tokayev".`,
      )
    }
    const found = this.#gazetteer.lookup(name, options)
    return found.length > 0 ? found : this.#gazetteer.lookupDerived(name, options)
  }

  /**
   * A recogniser that knows these names too; they win over the shipped ones. The model is shared, not copied.
   * @throws GazetteerError for the first entry that cannot be used
   */
  withGazetteer(entries: readonly GazetteerEntry[]): Recognizer {
    return new Recognizer(this.#model, this.#gazetteer.with(entries), this.#tagger)
  }

  /** Recognises texts one after the other, in their order, holding one at a time. */
  async *stream(
    texts: Iterable<string> | AsyncIterable<string>,
    options?: RecognizeOptions,
  ): AsyncGenerator<Document> {
    for await (const text of texts) yield this.recognize(text, options)
  }

  #run(text: string, tokens: TokenSpans, sentences: Int32Array, options: ResolvedOptions): Document {
    const mentions = this.#mentions(text, tokens, sentences)
    const linked = resolve(
      mentions,
      text,
      this.#gazetteer,
      options.date === undefined ? {} : { date: options.date },
    )
    const entities: Entity[] = []
    for (const item of linked) {
      const { type, kind, score } = item.mention
      if (options.types.has(type) && options.kinds.has(kind) && score >= options.minScore)
        entities.push(toEntity(item))
    }
    entities.sort((a, b) => a.start - b.start || b.end - a.end)
    const language = options.detectLanguage ? detectLanguage(text) : GERMAN
    return new Document(text, entities, language, tokens, sentences)
  }

  /** Tags every sentence and collects its spans, compounds opened. */
  #mentions(text: string, tokens: TokenSpans, sentences: Int32Array): Mention[] {
    const mentions: Mention[] = []
    const labels = new Uint8Array(LONGEST_SENTENCE)
    for (let sentence = 0; sentence < sentences.length - 1; sentence++) {
      const end = sentences[sentence + 1]!
      for (let from = sentences[sentence]!; from < end; from += LONGEST_SENTENCE) {
        const to = Math.min(end, from + LONGEST_SENTENCE)
        this.#tagger.tag(text, tokens, from, to, labels)
        const spans = spansOf(labels, 0, to - from)
        if (spans.length > 0) this.#tagger.runMarginals(to - from)
        this.#addCompounds(text, tokens, from, to, labels, mentions)
        for (const span of spans) {
          const start = tokens.starts[from + span.start]!
          const end = tokens.ends[from + span.end - 1]!
          this.#add(
            {
              start,
              end,
              text: text.slice(start, end),
              type: typeOfClass(span.cls),
              kind: kindOfClass(span.cls),
              score: toScore(this.#tagger.probability(span.start, span.end, span.cls)),
            },
            mentions,
          )
        }
      }
    }
    return mentions
  }

  /** Adds a tagged span, opened if it is a word with names inside. */
  #add(mention: Mention, mentions: Mention[]): void {
    const known = mention.kind === 'name' && mention.score < DOUBTFUL ? this.#knownCompound(mention.text) : []
    if (known.length > 0) {
      pushKnown(mention, known, mentions)
      return
    }
    const inner = this.#namesWithin(mention)
    if (inner.length === 0) mentions.push(mention)
    else pushInner(mention, inner, mentions)
  }

  /** Compounds that the tagger passed over, although all their parts are known. */
  #addCompounds(
    text: string,
    tokens: TokenSpans,
    from: number,
    to: number,
    labels: Uint8Array,
    mentions: Mention[],
  ): void {
    for (let token = from; token < to; token++) {
      if (labels[token - from] !== OUTSIDE) continue
      const start = tokens.starts[token]!
      const end = tokens.ends[token]!
      if (!hasInnerHyphen(text, start, end)) continue
      const word = text.slice(start, end)
      pushKnown({ start, end, text: word }, this.#knownCompound(word), mentions)
    }
  }

  #knownCompound(word: string): KnownInnerName[] {
    return knownCompound(word, this.#gazetteer, (noun) => this.#model.lexicon.isCommon(noun))
  }

  /** Names inside one word: of a compound always, of a derived word where it joins two (deutsch-französische). */
  #namesWithin({ text, type, kind }: Mention): InnerName[] {
    if (kind === 'compound') return namesInCompound(text, type, this.#gazetteer)
    return kind === 'derived' ? namesInDerived(text, this.#gazetteer) : []
  }
}

function hasInnerHyphen(text: string, start: number, end: number): boolean {
  for (let at = start + 1; at < end - 1; at++) if (text.charCodeAt(at) === 0x2d) return true
  return false
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

/** Replaces a word by the names inside it. */
function pushInner(word: Mention, names: readonly InnerName[], mentions: Mention[]): void {
  const host = { start: word.start, end: word.end, text: word.text }
  for (const name of names) {
    const start = word.start + name.start
    const end = word.start + name.end
    mentions.push({ ...word, start, end, text: word.text.slice(name.start, name.end), host })
  }
}

/** Probabilities are given to four decimals, never 0. */
function toScore(probability: number): number {
  return Math.min(1, Math.max(1, Math.round(probability * 1e4)) / 1e4)
}

function toEntity({ mention, candidate, canonical, cluster }: LinkedMention): Entity {
  const { start, end, text, type, kind, host, score } = mention
  return {
    start,
    end,
    text,
    type,
    kind,
    ...(host === undefined ? {} : { host }),
    score,
    canonical,
    ...(candidate?.id === undefined ? {} : { id: candidate.id }),
    ...(candidate === undefined
      ? {}
      : { link: { method: candidate.method, alias: candidate.alias, score: candidate.score } }),
    cluster,
  }
}

function asSentences(tokens: unknown): readonly (readonly string[])[] {
  const fault = (found: unknown): ArgumentError =>
    new ArgumentError(
      'INVALID_ARGUMENT',
      `recognizeTokens expects an array of non-empty strings, or an array of such arrays (one a sentence); got ${describe(found)}. Use recognize for running text.`,
    )
  if (!Array.isArray(tokens)) throw fault(tokens)
  const nested = tokens.length > 0 && Array.isArray(tokens[0])
  const sentences: readonly (readonly string[])[] = nested ? tokens : [tokens]
  for (const sentence of sentences) {
    if (!Array.isArray(sentence)) throw fault(sentence)
    for (const word of sentence) if (typeof word !== 'string' || word === '') throw fault(word)
  }
  return sentences.filter((sentence) => sentence.length > 0)
}

function startsOf(sentences: readonly (readonly string[])[]): Int32Array {
  const starts = new Int32Array(sentences.length + 1)
  for (const [index, sentence] of sentences.entries()) starts[index + 1] = starts[index]! + sentence.length
  return starts
}
