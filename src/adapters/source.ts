import { ArgumentError, describe } from '../errors.js'
import type { Entity, RecognizeOptions, Sentence, Token } from '../types.js'

/**
 * What an adapter needs of a recogniser. The `Recognizer` of `loadRecognizer` is one; the adapters name only this much of
 * it, so that they carry neither the model nor the code that loads it.
 */
export interface EntitySource {
  recognize(text: string, options?: RecognizeOptions): RecognizedText
}

/** What an adapter reads from a recognised text. Offsets are half-open UTF-16 offsets into the text. */
export interface RecognizedText {
  readonly entities: readonly Entity[]
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
}

/** @throws ArgumentError where the caller passed something that cannot recognise, such as the promise of a recogniser */
export function checkSource(source: unknown, caller: string): asserts source is EntitySource {
  if (typeof source === 'object' && source !== null && 'recognize' in source) {
    if (typeof source.recognize === 'function') return
  }
  const found = source instanceof Promise ? 'a promise' : describe(source)
  throw new ArgumentError(
    'INVALID_ARGUMENT',
    `${caller} expects a recogniser, got ${found}. Pass what "await loadRecognizer()" returns.`,
  )
}
