import type { Candidate } from '../gazetteer/gazetteer.js'
import type { EntityKind, EntityType } from '../labels/scheme.js'
import type { TokenSpans } from '../text/token-spans.js'

/** A stretch of text found by the tagger, on its way to becoming an Entity. Offsets are UTF-16, half-open. */
export interface Mention {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly type: EntityType
  readonly kind: EntityKind
  /** Probability of the span, in (0, 1]. */
  readonly score: number
  /** What the text stands for, where it is not said in full: Nordkorea for the Nord- of Nord- und Südkorea. */
  readonly name?: string
  /** The whole word, where the mention is only a part of it: a compound, or one half of deutsch-französische. */
  readonly host?: { readonly start: number; readonly end: number; readonly text: string }
}

/** A mention with the tokens that it covers, `[first, last)`. */
export interface TokenMention extends Mention {
  readonly first: number
  readonly last: number
}

/** The mention over other tokens, `[first, last)`, at least one. */
export function overTokens(
  mention: TokenMention,
  first: number,
  last: number,
  text: string,
  tokens: TokenSpans,
): TokenMention {
  const start = tokens.starts[first]!
  const end = tokens.ends[last - 1]!
  return { ...mention, first, last, start, end, text: text.slice(start, end) }
}

/** A mention tied to its entity: the outcome of linking and of clustering within the document. */
export interface LinkedMention {
  readonly mention: Mention
  /** The gazetteer's answer, or the answer inherited from another mention of the document. */
  candidate?: Candidate
  canonical: string
  cluster: number
}
