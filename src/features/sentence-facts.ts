import type { PhraseSet } from '../lexicon/phrases.js'
import { Quote } from './word-type.js'

/** Facts of the tokens of one sentence, as parallel arrays of integers that are refilled for each; see WordTypeFacts. */
export class SentenceFacts {
  length = 0
  /** 1 for tokens between quotation marks. */
  quoted = new Uint8Array(0)
  /** Phrase match code of each token; see PhraseSet. */
  phrase = new Uint8Array(0)
  private word = new Uint32Array(0)
  private stem = new Uint32Array(0)
  private quote = new Uint8Array(0)
  private begins = new Uint8Array(0)

  /** Begins a sentence of `length` tokens. */
  reset(length: number): void {
    this.length = length
    if (this.word.length >= length) return
    const capacity = length * 2
    this.quoted = new Uint8Array(capacity)
    this.phrase = new Uint8Array(capacity)
    this.quote = new Uint8Array(capacity)
    this.begins = new Uint8Array(capacity)
    this.word = new Uint32Array(capacity)
    this.stem = new Uint32Array(capacity)
  }

  /**
   * Sets what is known of a token's type; see WordTypeFacts.
   * @param begins 0 for a word with which no phrase begins
   */
  set(at: number, word: number, stem: number, quote: number, begins = 1): void {
    this.word[at] = word
    this.stem[at] = stem
    this.quote[at] = quote
    this.begins[at] = begins
  }

  /** Fills what depends on several tokens, once all are set: phrase codes and quotations. */
  complete(phrases: PhraseSet): void {
    let open = 0
    for (let at = 0; at < this.length; at++) {
      const quote = this.quote[at]!
      // A straight mark opens and closes by turns.
      if (quote !== Quote.None) open = quote === Quote.Open || (quote === Quote.Either && open === 0) ? 1 : 0
      this.quoted[at] = quote === Quote.None ? open : 0
    }
    phrases.match(this.word, this.stem, this.begins, this.length, this.phrase)
  }
}
