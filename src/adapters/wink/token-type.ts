/** wink-nlp's names of token types, as `its.type` gives them; the number of a type is its place here. */
export const TOKEN_TYPES = [
  'unk',
  'word',
  'number',
  'url',
  'email',
  'mention',
  'hashtag',
  'emoji',
  'ordinal',
  'currency',
  'punctuation',
  'symbol',
] as const

export type TokenType = (typeof TOKEN_TYPES)[number]

/**
 * Patterns of the token types, first match wins: source, flags, type. wink-nlp asks them for the stretches between spaces,
 * `typeOf` for the real tokens; one list for both, because the cache keeps the type that a text was first stored with.
 */
export const TYPE_PATTERNS: readonly (readonly [source: string, flags: string, type: TokenType])[] = [
  ["^[+\\-−]?\\p{Nd}[\\p{Nd}.,:/’']*$(?<!\\.)", 'u', 'number'],
  ['^\\p{Nd}+\\.$', 'u', 'ordinal'],
  ['^(?:(?:https?|ftp)://|www\\.)\\S+$', 'i', 'url'],
  ['^[^\\s@]+@[^\\s@.]+(?:\\.[^\\s@.]+)+$', '', 'email'],
  ['^@[\\p{L}\\p{N}_]+$', 'u', 'mention'],
  ['^#[\\p{L}\\p{N}_]+$', 'u', 'hashtag'],
  [
    '^(?![\\p{N}#*])[\\p{Emoji_Presentation}\\p{Extended_Pictographic}][\\p{Emoji}\\p{M}\\u200d]*$',
    'u',
    'emoji',
  ],
  ['^\\p{Sc}+$', 'u', 'currency'],
  ['^[%&@#*§]+$', '', 'symbol'],
  ['^[\\p{P}`´]+$', 'u', 'punctuation'],
  ['^[\\p{S}\\p{C}\\s]+$', 'u', 'symbol'],
  ['', '', 'word'],
]

const COMPILED = TYPE_PATTERNS.map(([source, flags, type]) => ({
  pattern: new RegExp(source, flags),
  number: TOKEN_TYPES.indexOf(type),
}))

/** Number of a token's type. */
export function typeOf(text: string): number {
  return COMPILED.find(({ pattern }) => pattern.test(text))!.number
}
