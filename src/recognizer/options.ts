import { describe } from '../errors.js'
import { isDate } from '../gazetteer/entry.js'
import type { LookupOptions } from '../gazetteer/gazetteer.js'
import { ENTITY_KINDS, ENTITY_TYPES, type EntityKind, type EntityType } from '../labels/scheme.js'
import type { RecognizeOptions } from '../types.js'
import { checkOptions, invalidOption as invalid } from './check.js'

/** Options with their defaults filled in. */
export interface ResolvedOptions {
  readonly types: ReadonlySet<EntityType>
  readonly kinds: ReadonlySet<EntityKind>
  readonly minScore: number
  readonly date: string | undefined
  readonly detectLanguage: boolean
}

const DEFAULT_TYPES: readonly EntityType[] = ['PER', 'ORG', 'LOC']
const KNOWN = ['types', 'kinds', 'minScore', 'date', 'language']

/** @throws ArgumentError for an unknown option or a value that it cannot have */
export function resolveOptions(options: RecognizeOptions = {}): ResolvedOptions {
  checkOptions(options, KNOWN)
  const { types = DEFAULT_TYPES, kinds = ENTITY_KINDS, minScore = 0, date, language } = options
  if (typeof minScore !== 'number' || !(minScore >= 0 && minScore <= 1)) {
    throw invalid(
      `minScore must be a number from 0 to 1, got ${describe(minScore)}. 0.5 keeps what is more likely right than wrong`,
    )
  }
  checkDate(date)
  if (language !== undefined && language !== 'detect' && language !== 'de') {
    throw invalid(
      `language must be "detect" or "de", got ${describe(language)}. Leave it out to take every text as German`,
    )
  }
  return {
    types: members('types', types, ENTITY_TYPES),
    kinds: members('kinds', kinds, ENTITY_KINDS),
    minScore,
    date,
    detectLanguage: language === 'detect',
  }
}

/** @throws ArgumentError for an unknown option of `lookup` or a value that it cannot have */
export function checkLookup(options: LookupOptions): void {
  checkOptions(options, ['type', 'date'])
  const { type, date } = options
  if (type !== undefined && !ENTITY_TYPES.includes(type)) {
    throw invalid(
      `type must be one of ${ENTITY_TYPES.join(', ')}, got ${describe(type)}. Leave it out for all types`,
    )
  }
  checkDate(date)
}

function checkDate(date: unknown): void {
  if (date === undefined || isDate(date)) return
  throw invalid(
    `date must be an ISO date of the calendar such as "2020-05-01", got ${describe(date)}. Pass the day the text was published`,
  )
}

function members<T extends string>(name: string, values: readonly T[], known: readonly T[]): Set<T> {
  if (!Array.isArray(values))
    throw invalid(`${name} must be an array, got ${describe(values)}. Pass e.g. ["${known[0]}"]`)
  for (const value of values) {
    if (!known.includes(value))
      throw invalid(`${name} holds ${describe(value)}; possible are ${known.join(', ')}. Correct it`)
  }
  return new Set(values)
}
