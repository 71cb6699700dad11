import type { PhraseSet } from '../lexicon/phrases.js'
import type { WordTypeFacts } from './word-type.js'

const FIRST_CAPACITY = 1 << 12

/** What phrases and quotations are found by, as parallel arrays of integers: one element a word type; see WordTypeFacts. */
export class TypeTable {
  words = new Uint32Array(FIRST_CAPACITY)
  stems = new Uint32Array(FIRST_CAPACITY)
  quotes = new Uint8Array(FIRST_CAPACITY)
  /** What each word is at the beginning of a phrase, 0 for most; see PhraseSet. */
  begins = new Uint8Array(FIRST_CAPACITY)
  /** Number of types. */
  count = 0

  /** Enters the next type. */
  push({ word, stem, quote }: WordTypeFacts, phrases: PhraseSet): void {
    const type = this.count++
    if (type === this.words.length) this.grow()
    this.words[type] = word
    this.stems[type] = stem
    this.quotes[type] = quote
    this.begins[type] = phrases.beginning(word, stem)
  }

  clear(): void {
    this.count = 0
  }

  private grow(): void {
    const { words, stems, quotes, begins } = this
    const capacity = words.length * 2
    this.words = new Uint32Array(capacity)
    this.stems = new Uint32Array(capacity)
    this.quotes = new Uint8Array(capacity)
    this.begins = new Uint8Array(capacity)
    this.words.set(words)
    this.stems.set(stems)
    this.quotes.set(quotes)
    this.begins.set(begins)
  }
}
