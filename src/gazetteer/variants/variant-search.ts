import { distance as editDistance } from 'fastest-levenshtein'
import { differByAccents, foldKey } from '../key.js'
import type { GazetteerTable } from '../table.js'
import { type Orthography, orthographyOf } from './orthography.js'
import { personSimilarity, type SoundedName, similarity, soundName } from './similarity.js'
import { soundKeys } from './sound-key.js'

/** An alias that a spelling may stand for. */
export interface Variant {
  readonly alias: number
  readonly method: 'transliteration' | 'fuzzy'
  /** In (0, 1]; 1 is the same sound. */
  readonly similarity: number
}

/** Shortest name, in letters, that is looked for under other spellings. */
const SHORTEST = 4
const LONGEST_ACRONYM = 5
/** Two spellings less similar than this are two names. */
const LEAST_SIMILARITY = 0.5
/** Names in the other order (Abe Shinzo, Orbán Viktor) are a little less alike. */
const REVERSED = 0.95

/**
 * Aliases that the name may be another romanisation of, or a slip for; empty where nothing is close enough.
 * @param freeSpelling whether names of entries without a country may vary like foreign ones
 */
export function findVariants(name: string, table: GazetteerTable, freeSpelling: boolean): Variant[] {
  // Acronyms have no sound of their own.
  if (name === name.toUpperCase() && name.length <= LONGEST_ACRONYM) return []
  // Numbers are never respelt: another one is another thing.
  if (/\d/.test(name)) return []
  const query = soundName(name)
  if (query.bare.length < SHORTEST || query.whole.length < 2) return []
  const seen = new Map<number, Variant>()
  const judge = (alias: number, asPerson: SoundedName, factor: number): void => {
    const found = judgeSound(asPerson, asPerson === query ? name : asPerson.bare, alias, table, freeSpelling)
    const worth = found * factor
    const best = seen.get(alias)?.similarity ?? LEAST_SIMILARITY
    if (worth > best) seen.set(alias, { alias, method: 'transliteration', similarity: worth })
  }
  for (const key of soundKeys(query.bare)) for (const alias of table.sounded(key)) judge(alias, query, 1)
  if (query.words.length > 1) {
    for (const key of soundKeys(query.words[query.words.length - 1]!, 4))
      for (const alias of table.surnamed(key)) judge(alias, query, 1)
    if (seen.size === 0 && query.words.length < 4) {
      for (const alias of reversedNames(query, table))
        seen.set(alias, { alias, method: 'transliteration', similarity: REVERSED })
      const reversed = soundName([...query.words.slice(1), query.words[0]!].join(' '))
      for (const key of soundKeys(query.words[0]!, 4))
        for (const alias of table.surnamed(key)) judge(alias, reversed, REVERSED)
      for (const key of soundKeys(reversed.bare, 4))
        for (const alias of table.sounded(key)) judge(alias, reversed, REVERSED)
    }
  }
  if (seen.size === 0) for (const variant of findSlips(name, table)) seen.set(variant.alias, variant)
  return [...seen.values()]
}

/** People whose name is the same with the family name last. */
function reversedNames({ words }: SoundedName, table: GazetteerTable): number[] {
  return table
    .folded(foldKey([...words.slice(1), words[0]!].join('')))
    .filter((alias) => table.entryType(table.entryOf(alias)) === 'PER')
}

function judgeSound(
  query: SoundedName,
  name: string,
  alias: number,
  table: GazetteerTable,
  freeSpelling: boolean,
): number {
  const entry = table.entryOf(alias)
  const country = table.entryCountry(entry)
  const spelling = table.aliasName(alias)
  if (differByAccents(name, spelling)) return 1
  const orthography: Orthography | undefined = orthographyOf(country, spelling, freeSpelling)
  if (orthography === undefined) return 0
  const candidate = soundName(spelling, orthography.name)
  return table.entryType(entry) === 'PER'
    ? personSimilarity(query, candidate, orthography)
    : similarity(query, candidate, orthography)
}

/** Slips are looked for only towards names that every reader knows, and only in long ones. */
const SLIP_PROMINENCE = 85
const SLIP_LENGTH = 8
const SLIP_SIMILARITY = 0.8

/** One slip of the pen in a long, well-known name: a letter doubled, left out, added, or two exchanged. */
function findSlips(name: string, table: GazetteerTable): Variant[] {
  const key = foldKey(name)
  if (key.length < SLIP_LENGTH) return []
  const found: Variant[] = []
  const seen = new Set<number>()
  for (const slip of slipsOf(key)) {
    for (const alias of table.folded(slip)) {
      if (seen.has(alias)) continue
      seen.add(alias)
      const entry = table.entryOf(alias)
      if (table.tables.entryProminence[entry]! < SLIP_PROMINENCE) continue
      if (!isSlip(key, foldKey(table.aliasName(alias)))) continue
      // People's names differ by a letter too easily: Christina is not Christian.
      if (table.entryType(entry) === 'PER') continue
      found.push({ alias, method: 'fuzzy', similarity: SLIP_SIMILARITY })
    }
  }
  return found
}

/** Keys that one slip turns into this one, candidates for `isSlip`: a letter more, a letter less, two exchanged. */
function* slipsOf(key: string): Generator<string> {
  for (let at = 1; at < key.length; at++) {
    yield key.slice(0, at) + key.slice(at + 1)
    if (at + 1 < key.length) yield key.slice(0, at) + key.charAt(at + 1) + key.charAt(at) + key.slice(at + 2)
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') yield key.slice(0, at) + letter + key.slice(at)
  }
}

/** True for one edit (or an exchange of neighbours) that leaves the first two letters and the ending alone. */
function isSlip(key: string, other: string): boolean {
  if (key.slice(0, 2) !== other.slice(0, 2) || key.slice(-2) !== other.slice(-2)) return false
  const distance = editDistance(key, other)
  return distance === 1 ? key.length !== other.length : distance === 2 && key.length === other.length
}
