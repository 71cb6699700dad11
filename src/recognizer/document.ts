import { distinctEntities } from '../entities/distinct.js'
import type { TokenSpans } from '../text/token-spans.js'
import type { Entity, IndexedEntity, LanguageGuess, Sentence, Token } from '../types.js'

/** The outcome of recognition on one text. Tokens and sentences are made into objects when they are first asked for. */
export class Document {
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

  /** All tokens in order of the text. */
  get tokens(): readonly Token[] {
    this.#tokens ??= Array.from({ length: this.#spans.length }, (_, index) => {
      const start = this.#spans.starts[index]!
      const end = this.#spans.ends[index]!
      return { start, end, text: this.text.slice(start, end) }
    })
    return this.#tokens
  }

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
