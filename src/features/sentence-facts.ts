import type { PhraseSet } from '../lexicon/phrases.js'
import { Quote, type WordTypeFacts } from './word-type.js'

/** Facts of the tokens of one sentence, as parallel arrays of integers that are refilled for each; see WordTypeFacts. */
export class SentenceFacts {
  length = 0
  lower = new Int32Array(0)
  shape = new Int32Array(0)
  suffix = new Int32Array(0)
  cluster256 = new Int32Array(0)
  cluster1024 = new Int32Array(0)
  codes = new Int32Array(0)
  /** 1 for tokens that begin with a capital letter. */
  capital = new Uint8Array(0)
  /** 1 for tokens between quotation marks. */
  quoted = new Uint8Array(0)
  /** Phrase match code of each token; see PhraseSet. */
  phrase = new Uint8Array(0)
  private word = new Uint32Array(0)
  private stem = new Uint32Array(0)
  private quote = new Uint8Array(0)

  /** Begins a sentence of `length` tokens. */
  reset(length: number): void {
    this.length = length
    if (this.lower.length >= length) return
    const capacity = length * 2
    this.lower = new Int32Array(capacity)
    this.shape = new Int32Array(capacity)
    this.suffix = new Int32Array(capacity)
    this.cluster256 = new Int32Array(capacity)
    this.cluster1024 = new Int32Array(capacity)
    this.codes = new Int32Array(capacity)
    this.capital = new Uint8Array(capacity)
    this.quoted = new Uint8Array(capacity)
    this.phrase = new Uint8Array(capacity)
    this.quote = new Uint8Array(capacity)
    this.word = new Uint32Array(capacity)
    this.stem = new Uint32Array(capacity)
  }

  set(at: number, facts: WordTypeFacts): void {
    this.lower[at] = facts.lower
    this.shape[at] = facts.shape
    this.suffix[at] = facts.suffix
    this.cluster256[at] = facts.cluster256
    this.cluster1024[at] = facts.cluster1024
    this.codes[at] = facts.codes
    this.word[at] = facts.word
    this.stem[at] = facts.stem
    this.capital[at] = facts.capital
    this.quote[at] = facts.quote
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
    phrases.match(this.word, this.stem, this.length, this.phrase)
  }
}
