import { distinctEntities } from '../entities/distinct.js'
import { TokenSpans } from '../text/token-spans.js'
import type { Entity, IndexedEntity, LanguageGuess, Sentence, Token } from '../types.js'

/**
 * A document as plain data that can cross to another thread: everything but the text, which the other side has already.
 * Offsets are UTF-16 units of the text, one number a token; `sentenceStarts` has one token index a sentence and a last one.
 */
export interface DocumentData {
  readonly entities: readonly Entity[]
  readonly language: LanguageGuess
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly sentenceStarts: Int32Array
}

/** The outcome of recognition on one text. Tokens and sentences are made into objects when they are first asked for. */
export class Document {
  /** The text as it was given; of ready tokens, these joined by one space. */
  readonly text: string
  /** Mentions, sorted by start, then longer first. */
  readonly entities: readonly Entity[]
  /** Set where `language: 'detect'` was asked for; otherwise German is assumed. */
  readonly language: LanguageGuess
  readonly #spans: TokenSpans
  readonly #sentenceStarts: Int32Array
  #tokens: readonly Token[] | undefined
  #sentences: readonly Sentence[] | undefined

  /** @internal */
  constructor(
    text: string,
    entities: readonly Entity[],
    language: LanguageGuess,
    spans: TokenSpans,
    sentenceStarts: Int32Array,
  ) {
    this.text = text
    this.entities = entities
    this.language = language
    this.#spans = spans
    this.#sentenceStarts = sentenceStarts
  }

  /** @internal Copies its token offsets, so that the arrays may be transferred. */
  toData(): DocumentData {
    const { length } = this.#spans
    return {
      entities: this.entities,
      language: this.language,
      starts: this.#spans.starts.slice(0, length),
      ends: this.#spans.ends.slice(0, length),
      sentenceStarts: this.#sentenceStarts.slice(),
    }
  }

  /** @internal The document that `toData` was called on, given the same text. */
  static fromData(text: string, data: DocumentData): Document {
    const { entities, language, starts, ends, sentenceStarts } = data
    return new Document(text, entities, language, TokenSpans.from(starts, ends), sentenceStarts)
  }

  /** @internal Their number, without making the objects. */
  get tokenCount(): number {
    return this.#spans.length
  }

  /** All tokens in order of the text. */
  get tokens(): readonly Token[] {
    this.#tokens ??= Array.from({ length: this.#spans.length }, (_, index) => {
      const start = this.#spans.starts[index]!
      const end = this.#spans.ends[index]!
      return { start, end, text: this.text.slice(start, end) }
    })
    return this.#tokens
  }

  /** All sentences in order of the text. */
  get sentences(): readonly Sentence[] {
    this.#sentences ??= Array.from({ length: this.#sentenceStarts.length - 1 }, (_, index) => ({
      start: this.#spans.starts[this.#sentenceStarts[index]!]!,
      end: this.#spans.ends[this.#sentenceStarts[index + 1]! - 1]!,
    }))
    return this.#sentences
  }

  /** The distinct entities, most often named first, each with its mentions. */
  index(): IndexedEntity[] {
    return distinctEntities(this.entities)
  }
}
