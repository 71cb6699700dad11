import { ArgumentError } from '../../errors.js'
import { OTHER_SPACES, type RawDocument, TOKEN_SIZE } from './contract.js'
import { typeOf } from './token-type.js'

/** wink-nlp counts no more plain spaces than this before a token. */
const MOST_SPACES = OTHER_SPACES - 1

/**
 * The text that wink-nlp was given, without the spaces at its very end: the stretches between spaces and the spaces
 * before each, as its first cut left them.
 * @throws ArgumentError for 65,534 spaces in a row or more, whose number wink-nlp does not keep
 */
export function textOf(raw: RawDocument): string {
  const parts: string[] = []
  for (let token = 0; token * TOKEN_SIZE < raw.tokens.length; token++) {
    const spaces = raw.tokens[token * TOKEN_SIZE + 1]!
    if (spaces === MOST_SPACES) {
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `the text holds ${MOST_SPACES} spaces in a row or more; wink-nlp does not keep how many, so offsets would be wrong. Shorten the run of spaces.`,
      )
    }
    parts.push(
      spaces === OTHER_SPACES ? raw.nonBreakingSpaces[token]! : ' '.repeat(spaces),
      raw.cache.value(raw.tokens[token * TOKEN_SIZE]!),
    )
  }
  return parts.join('')
}

/** Puts tokens in the place of those that the document has. What lies between two tokens is kept to the letter. */
export function writeTokens(
  raw: RawDocument,
  text: string,
  tokens: readonly (readonly [start: number, end: number])[],
): void {
  raw.tokens.length = 0
  raw.nonBreakingSpaces = Object.create(null)
  let last = 0
  for (const [index, [start, end]] of tokens.entries()) {
    const value = text.slice(start, end)
    const lexeme = raw.cache.lookup(value)?.[0] ?? raw.cache.add(value, typeOf(value))
    raw.tokens.push(lexeme, spacesBefore(raw, index, text.slice(last, start)), 0, 0)
    last = end
  }
  raw.numOfTokens = tokens.length
  raw.document[1] = tokens.length - 1
}

function spacesBefore(raw: RawDocument, token: number, gap: string): number {
  if (gap.length < MOST_SPACES && /^ *$/.test(gap)) return gap.length
  raw.nonBreakingSpaces[token] = gap
  return OTHER_SPACES
}
