import { ArgumentError, describe } from '../errors.js'

/** @throws ArgumentError for what is no object, and for an option that is none: a misspelt one would be ignored unnoticed */
export function checkOptions(options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null)
    throw invalidOption(`options must be an object, got ${describe(options)}. Known are ${known.join(', ')}`)
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw invalidOption(`unknown option "${key}"; known are ${known.join(', ')}. Check the spelling`)
}

export function invalidOption(message: string): ArgumentError {
  return new ArgumentError('INVALID_OPTION', `${message}.`)
}

/** @throws ArgumentError for what `stream` cannot read texts from; of a string it would read the letters */
export function checkTexts(texts: unknown): void {
  if (
    typeof texts === 'object' &&
    texts !== null &&
    (Symbol.iterator in texts || Symbol.asyncIterator in texts)
  )
    return
  throw new ArgumentError(
    'INVALID_ARGUMENT',
    `stream expects an array of texts or another iterable, got ${describe(texts)}. Pass e.g. [text], or use recognize for one text.`,
  )
}
