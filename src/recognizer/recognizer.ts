import type { LinkedMention } from '../entities/mention.js'
import { resolve } from '../entities/resolve.js'
import { ArgumentError, describe } from '../errors.js'
import type { GazetteerEntry } from '../gazetteer/entry.js'
import type { Candidate, Gazetteer, LookupOptions } from '../gazetteer/gazetteer.js'
import type { Tagger } from '../tagger/tagger.js'
import type { ModelHeader } from '../tagger/tagger-model.js'
import { joinTokens } from '../text/join-tokens.js'
import { splitSentences } from '../text/sentences.js'
import type { TokenSpans } from '../text/token-spans.js'
import { tokenize } from '../text/tokenizer.js'
import type { Entity, LanguageGuess, RecognizeOptions } from '../types.js'
import { checkTexts } from './check.js'
import { Document } from './document.js'
import { detectLanguage } from './language.js'
import { MentionFinder } from './mention-finder.js'
import { checkLookup, type ResolvedOptions, resolveOptions } from './options.js'

const GERMAN: LanguageGuess = { code: 'deu', isGerman: true }

/** Finds people, organisations and places in German text. Holds caches; one instance serves any number of texts. */
export class Recognizer {
  readonly #tagger: Tagger
  readonly #gazetteer: Gazetteer
  readonly #finder: MentionFinder

  /** @internal Use `loadRecognizer`. */
  constructor(tagger: Tagger, gazetteer: Gazetteer) {
    this.#gazetteer = gazetteer
    this.#tagger = tagger
    this.#finder = new MentionFinder(tagger, gazetteer)
  }

  /** What the model file says of itself: sources, licences, scores. */
  get model(): ModelHeader {
    return this.#tagger.model.header
  }

  /**
   * Recognises the entities of a text of any length and content. Synchronous; the same text always gets the same answer.
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
   * @throws ArgumentError for anything but non-empty strings, and for options as `recognize` does
   */
  recognizeTokens(
    tokens: readonly string[] | readonly (readonly string[])[],
    options?: RecognizeOptions,
  ): Document {
    const sentences = asSentences(tokens)
    const { text, spans } = joinTokens(sentences.flat())
    const nested = tokens.length > 0 && Array.isArray(tokens[0])
    return this.#run(
      text,
      spans,
      nested ? startsOf(sentences) : splitSentences(text, spans),
      resolveOptions(options),
    )
  }

  /**
   * Entries of the gazetteer that a name may mean, best first; empty where none is close enough. The name alone is looked at,
   * inflected or not: a document has more to decide by.
   * @throws ArgumentError for anything but a string, and for options that are unknown or impossible
   */
  lookup(name: string, options: LookupOptions = {}): Candidate[] {
    if (typeof name !== 'string') {
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `lookup expects a name as a string, got ${describe(name)}. Pass e.g. "Tokayev".`,
      )
    }
    checkLookup(options)
    const found = this.#gazetteer.lookup(name, options)
    if (found.length > 0) return found
    // Word formation alone would lead anywhere (Meyer to a village Mey): a listed word, or an adjective in -isch.
    const isDerived = this.#gazetteer.isListedDerived(name) || /isch(?:e[nmrs]?)?$/.test(name)
    return isDerived ? this.#gazetteer.lookupDerived(name, options) : []
  }

  /**
   * A recogniser that knows these names too; they win over the shipped ones. The model is shared, not copied.
   * @throws ArgumentError for anything but an array, GazetteerError for the first entry that cannot be used
   */
  withGazetteer(entries: readonly GazetteerEntry[]): Recognizer {
    if (!Array.isArray(entries)) {
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `withGazetteer expects an array of entries, got ${describe(entries)}. Pass e.g. [{ name: "Astana", type: "LOC" }]; parseGazetteer reads entries from a file.`,
      )
    }
    return new Recognizer(this.#tagger, this.#gazetteer.with(entries))
  }

  /**
   * Recognises texts one after the other, in their order, holding one at a time.
   * @throws ArgumentError for what is no iterable of texts (a string is one text); as `recognize` does, when it comes to the text
   */
  async *stream(
    texts: Iterable<string> | AsyncIterable<string>,
    options?: RecognizeOptions,
  ): AsyncGenerator<Document> {
    checkTexts(texts)
    for await (const text of texts) yield this.recognize(text, options)
  }

  #run(text: string, tokens: TokenSpans, sentences: Int32Array, options: ResolvedOptions): Document {
    const mentions = this.#finder.find(text, tokens, sentences)
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
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Members that have no value are left out, the others stand in the order of the declaration. */
function toEntity({ mention, candidate, canonical, cluster }: LinkedMention): Entity {
  const { start, end, text, type, kind, host, score } = mention
  const entity = (
    host === undefined
      ? { start, end, text, type, kind, score, canonical }
      : { start, end, text, type, kind, host, score, canonical }
  ) as Mutable<Entity>
  if (candidate?.id !== undefined) entity.id = candidate.id
  if (candidate !== undefined)
    entity.link = { method: candidate.method, alias: candidate.alias, score: candidate.score }
  entity.cluster = cluster
  return entity
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
