import { TokenSpans } from './token-spans.js'

/** Ready tokens as a text, one space between them, with the place of each. */
export function joinTokens(words: readonly string[]): { readonly text: string; readonly spans: TokenSpans } {
  const spans = new TokenSpans(Math.max(1, words.length))
  let at = 0
  for (const word of words) {
    spans.push(at, at + word.length)
    at += word.length + 1
  }
  return { text: words.join(' '), spans }
}
