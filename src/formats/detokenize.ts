import { TokenSpans } from '../text/token-spans.js'

/** Text made of tokens, with the place of each in it. */
export interface Detokenized {
  readonly text: string
  readonly spans: TokenSpans
}

const CLOSING = /^[.,;:!?)\]}%…»”’]+$|^\.\.\.?$/
const OPENING = /^[([{„«‚]+$/
const QUOTES = new Set(['"', "'", '“', "''", '``'])

/**
 * Joins tokens as German is written: no space before closing punctuation nor after opening, straight quotes by turns.
 * The inverse of a tokeniser up to the spacing that the tokens no longer tell.
 */
export function detokenize(words: readonly string[]): Detokenized {
  const spans = new TokenSpans(Math.max(1, words.length))
  let text = ''
  let glue = true
  const openQuotes = new Set<string>()
  for (const word of words) {
    let closes = CLOSING.test(word)
    let opens = OPENING.test(word)
    if (QUOTES.has(word)) {
      // “ closes a German quotation and opens an English one.
      const opened = openQuotes.delete(word) || (word === '“' && openQuotes.delete('„'))
      closes = opened
      opens = !opened
      if (opens) openQuotes.add(word)
    }
    if (word === '„') openQuotes.add(word)
    if (!glue && !closes) text += ' '
    spans.push(text.length, text.length + word.length)
    text += word
    glue = opens
  }
  return { text, spans }
}
