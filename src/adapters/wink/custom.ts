import { ENTITY_TYPES } from '../../labels/scheme.js'
import { machine, POS_SHIFT, type RawDocument, TOKEN_SIZE } from './contract.js'
import { POS_TAGS } from './features.js'

/**
 * The machine that reads the patterns of `learnCustomEntities`: which words of a pattern stand for a property (PER, NUM),
 * and which are escaped by a circumflex (^PER is the word "PER").
 */
export function patternMachine(): string {
  const properties = [...POS_TAGS.slice(1), ...ENTITY_TYPES]
  const LONE_ESCAPE = 2
  const ESCAPED_ESCAPE = 3
  const root: Record<string, number> = { ' otherwise': 0, '^': 1 }
  const escaped: Record<string, number> = { ' otherwise': LONE_ESCAPE, '^': ESCAPED_ESCAPE }
  const names: Record<number, string> = { [LONE_ESCAPE]: '', [ESCAPED_ESCAPE]: '^' }
  const preserve: Record<number, { preserve: boolean }> = {
    [LONE_ESCAPE]: { preserve: false },
    [ESCAPED_ESCAPE]: { preserve: true },
  }
  let state = ESCAPED_ESCAPE
  for (const property of properties) {
    root[property] = ++state
    names[state] = property
    preserve[state] = { preserve: false }
    escaped[property] = ++state
    names[state] = `${property}&`
    preserve[state] = { preserve: true }
  }
  return machine({ 0: root, 1: escaped }, names, preserve)
}

/** What wink-nlp hands over while it looks for custom entities. */
export interface CustomConfig {
  readonly rdd: RawDocument
  /** Words that patterns name as words. */
  readonly preserve: Readonly<Record<string, string>>
  readonly matchValue: boolean
  readonly usePOS: boolean
}

/** The event that a token is for the machine of custom entities: a word of a pattern, else its part of speech or itself. */
export function customEvent(
  token: number | string,
  { rdd, preserve, matchValue, usePOS }: CustomConfig,
  index: number,
): string {
  // An entity already stands for its tokens.
  if (typeof token === 'string') return token
  const value = rdd.cache.value(rdd.tokens[index * TOKEN_SIZE]!)
  const normal = rdd.cache.value(token)
  const word = preserve[value] ?? (matchValue ? undefined : preserve[normal])
  if (word !== undefined) return word
  if (usePOS) return rdd.cache.valueOf('pos', rdd.tokens[index * TOKEN_SIZE + 2]! >>> POS_SHIFT)
  return matchValue ? value : normal
}
