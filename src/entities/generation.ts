import type { TokenSpans } from '../text/token-spans.js'
import { overTokens, type TokenMention } from './mention.js'

const GENERATION = /^(?:[Jj]r\.?|[Jj]un\.?|[Ss]r\.|sen\.?|junior|senior)$/

/** Whether a word tells father and son of one name apart. */
export function isGeneration(word: string): boolean {
  return GENERATION.test(word)
}

/** Surname of a person: the last word of the name but for Jr. */
export function surnameOf(name: string): string {
  const last = name.lastIndexOf(' ')
  if (last < 0 || !isGeneration(name.slice(last + 1))) return name.slice(last + 1)
  return name.slice(name.lastIndexOf(' ', last - 1) + 1, last)
}

/**
 * A person with the word behind the name that tells father and son apart (Donald Trump Jr., Hans Meier sen.).
 * @param limit token that the mention must end before
 */
export function withGeneration(
  mention: TokenMention,
  text: string,
  tokens: TokenSpans,
  limit: number,
): TokenMention {
  const { type, kind, first, end, last } = mention
  if (type !== 'PER' || kind !== 'name' || last >= limit) return mention
  const next = tokens.starts[last]!
  if (text.slice(end, next) !== ' ' || !isGeneration(text.slice(next, tokens.ends[last]!))) return mention
  return overTokens(mention, first, last + 1, text, tokens)
}
