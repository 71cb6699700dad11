import type { PhraseSet } from '../lexicon/phrases.js'
import type { TypeTable } from './type-table.js'
import { Quote } from './word-type.js'

/** What tokens get from those around them, as parallel arrays of integers that are refilled for each stretch of text. */
export class SentenceFacts {
  /** 1 for tokens between quotation marks. */
  quoted = new Uint8Array(0)
  /** Phrase match code of each token; see PhraseSet. */
  phrase = new Uint8Array(0)

  /** Fills both for the tokens of the types `types[from .. from + length)`. */
  read(types: Int32Array, from: number, length: number, table: TypeTable, phrases: PhraseSet): void {
    if (this.quoted.length < length) {
      this.quoted = new Uint8Array(length * 2)
      this.phrase = new Uint8Array(length * 2)
    }
    const { quoted } = this
    const { quotes } = table
    let open = 0
    for (let at = 0; at < length; at++) {
      const quote = quotes[types[from + at]!]!
      // A straight mark opens and closes by turns.
      if (quote !== Quote.None) open = quote === Quote.Open || (quote === Quote.Either && open === 0) ? 1 : 0
      quoted[at] = quote === Quote.None ? open : 0
    }
    phrases.match(types, from, length, table, this.phrase)
  }
}
