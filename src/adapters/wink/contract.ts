/**
 * The parts of wink-nlp's inner data that a language model meets. wink-nlp documents none of them; these are what
 * wink-nlp 2.4 does, and the tests run against the real package.
 */

/** wink-nlp's store of distinct token texts ("lexemes"), one for each `winkNLP(model)`. */
export interface WinkCache {
  /** `[index]` of a text that was met before, `null` otherwise. */
  lookup(text: string): readonly number[] | null
  /** Stores a text with its token type; returns its index. */
  add(text: string, type: number): number
  value(index: number): string
  /** Index of the lower-cased text. */
  normal(index: number): number
  valueOf(feature: string, index: number): string
  isOOV(text: string): boolean
}

/** `[first token, last token, type]`: both ends belong to the span. */
export type WinkSpan = [first: number, last: number, type: string]

/** `[first token, last token, negated, sentiment]`. */
export type WinkSentence = [first: number, last: number, negated: number, sentiment: number]

/** A document while wink-nlp's pipe fills it. */
export interface RawDocument {
  cache: WinkCache
  /** Four numbers a token: index in the cache, spaces before it, part of speech (from bit 20), flags. */
  readonly tokens: number[]
  /** What stands before a token, by token, where it is more than plain spaces. */
  nonBreakingSpaces: Record<number, string>
  numOfTokens: number
  readonly document: WinkSentence
  sentences: WinkSentence[]
  entities: WinkSpan[]
  readonly currPipe: Readonly<Record<string, boolean>>
}

/** Numbers a token takes in `RawDocument.tokens`. */
export const TOKEN_SIZE = 4
/** First bit of the part of speech in a token's third number. */
export const POS_SHIFT = 20
/** In place of a count of spaces: look into `nonBreakingSpaces`. */
export const OTHER_SPACES = 0xffff

/** A state machine in wink-nlp's notation: `[version, last state, transitions, names of end states, marks, properties]`. */
export function machine(
  transitions: Readonly<Record<number, Readonly<Record<string, number>>>>,
  names: Readonly<Record<number, string>> = {},
  properties: Readonly<Record<number, unknown>> = {},
): string {
  return JSON.stringify([100, Object.keys(names).length + 1, transitions, names, {}, properties])
}

/** A machine that never finds anything. */
export const IDLE_MACHINE = machine({ 0: {} })
