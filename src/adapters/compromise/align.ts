import type { Term, TermDocument } from './contract.js'

/** A term and where it stands: half-open UTF-16 offsets into the text. */
export interface PlacedTerm {
  readonly term: Term
  readonly sentence: number
  /** Place of the term in its sentence. */
  readonly index: number
  readonly start: number
  readonly end: number
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u

/**
 * Finds compromise's terms in the text they were cut from. Its white space and punctuation cannot be summed up: it makes
 * two dashes of a word alike and adds a space after an emoticon.
 *
 * @returns the terms that have text, in order; `undefined` where they are not those of this text (any more)
 */
export function placeTerms(document: TermDocument, text: string): PlacedTerm[] | undefined {
  const placed: PlacedTerm[] = []
  let from = 0
  /** What compromise holds between the last term with text and the one at hand, in UTF-16 units; nearly always right. */
  let between = 0
  for (const [sentence, terms] of document.entries()) {
    for (const [index, term] of terms.entries()) {
      between += term.pre.length
      if (term.text === '') {
        between += term.post.length
        continue
      }
      const expected = from + between
      const start = text.startsWith(term.text, expected) ? expected : text.indexOf(term.text, from)
      if (start < 0 || LETTER_OR_DIGIT.test(text.slice(from, start))) return undefined
      from = start + term.text.length
      between = term.post.length
      placed.push({ term, sentence, index, start, end: from })
    }
  }
  return LETTER_OR_DIGIT.test(text.slice(from)) ? undefined : placed
}

/** The text that the terms make up by themselves. */
export function joinTerms(document: TermDocument): string {
  return document.map((terms) => terms.map(({ pre, text, post }) => pre + text + post).join('')).join('')
}
