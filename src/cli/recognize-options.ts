import { ENTITY_KINDS, ENTITY_TYPES } from '../labels/scheme.js'
import type { RecognizeOptions } from '../types.js'
import { listOf, numberIn } from './arguments.js'

/** The options of the command line that say what is returned, for `parseArguments`. */
export const RECOGNIZE_OPTIONS = {
  types: 'string',
  kinds: 'string',
  'min-score': 'string',
  date: 'string',
  detect: 'boolean',
} as const

type Parsed = { readonly [K in keyof typeof RECOGNIZE_OPTIONS]?: K extends 'detect' ? boolean : string }

/** The lines of a command's help that describe them. */
export const RECOGNIZE_HELP = `  --types T,...    of PER, ORG, LOC, MISC; default PER,ORG,LOC
  --kinds K,...    of name, derived, compound; default all
  --min-score N    least confidence, 0 to 1
  --date DATE      day the text was published, e.g. 2020-05-01: names carry years of use
  --detect         tell by trigrams whether the text is German`

/** @throws UsageError for a value that is not known */
export function recognizeOptions(options: Parsed): RecognizeOptions {
  const types = listOf('types', options.types, ENTITY_TYPES)
  const kinds = listOf('kinds', options.kinds, ENTITY_KINDS)
  const minScore = numberIn('min-score', options['min-score'], 0, 1)
  return {
    ...(types === undefined ? {} : { types }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(minScore === undefined ? {} : { minScore }),
    ...(options.date === undefined ? {} : { date: options.date }),
    ...(options.detect ? { language: 'detect' } : {}),
  }
}
