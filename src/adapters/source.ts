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

/** Options that every adapter takes. */
export interface AdapterOptions {
  /** Options of `recognize`, for every text. */
  readonly recognize?: RecognizeOptions
}

/**
 * Checks the arguments of an adapter when it is made, not with the first text.
 * @throws ArgumentError for what cannot recognise, such as the promise of a recogniser, and for unusable options
 */
export function checkArguments(caller: string, source: unknown, options: unknown): void {
  if (!isSource(source)) {
    const found = source instanceof Promise ? 'a promise' : describe(source)
    throw new ArgumentError(
      'INVALID_ARGUMENT',
      `${caller} expects a recogniser, got ${found}. Pass what "await loadRecognizer()" returns.`,
    )
  }
  if (!isOptions(options)) {
    throw new ArgumentError(
      'INVALID_OPTION',
      `${caller} expects an object of options, got ${describe(options)}. Pass e.g. { recognize: { types: ['PER'] } }.`,
    )
  }
  // The recogniser knows its own options; nothing costs nothing.
  source.recognize('', options.recognize)
}

function isSource(value: unknown): value is EntitySource {
  if (typeof value !== 'object' || value === null || !('recognize' in value)) return false
  return typeof value.recognize === 'function'
}

function isOptions(value: unknown): value is AdapterOptions {
  return typeof value === 'object' && value !== null
}
