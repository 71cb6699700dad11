import { differByAccents, foldKey, spellingKeys } from '../key.js'
import type { GazetteerTable } from '../table.js'
import { type Orthography, orthographyOf } from './orthography.js'
import { personSimilarity, type SoundedName, similarity, soundName } from './similarity.js'
import { deletions, isSlip } from './slips.js'
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

/** Aliases whose sounds are remembered; the memory is emptied when it is full. */
const MOST_REMEMBERED = 50_000

interface KnownAlias {
  readonly spelling: string
  readonly isPerson: boolean
  /** How its spelling may vary; undefined where only accents do. */
  readonly orthography: Orthography | undefined
  readonly sound: SoundedName | undefined
}

/** A name in one order of its words, with what it is compared by. */
interface Query {
  readonly sound: SoundedName
  readonly keys: readonly string[]
  readonly factor: number
}

/** Finds the aliases of a table that a name may be another spelling of. */
export class VariantSearch {
  private readonly table: GazetteerTable
  private readonly freeSpelling: boolean
  private readonly known = new Map<number, KnownAlias>()

  /** @param freeSpelling whether names of entries without a country may vary like foreign ones */
  constructor(table: GazetteerTable, freeSpelling: boolean) {
    this.table = table
    this.freeSpelling = freeSpelling
  }

  /** Aliases that the name may be another romanisation of, or a slip for; empty where nothing is close enough. */
  find(name: string): Variant[] {
    // Acronyms have no sound of their own, and numbers are never respelt: another one is another thing.
    if ((name === name.toUpperCase() && name.length <= LONGEST_ACRONYM) || /\d/.test(name)) return []
    const sound = soundName(name)
    const { bare, words, whole } = sound
    if (bare.length < SHORTEST || whole.length < 2) return []
    const found = new Map<number, Variant>()
    const query: Query = { sound, keys: spellingKeys(name), factor: 1 }
    const last = words[words.length - 1]!
    this.judgeAll(query, found, [
      ...soundKeys(bare).map((key) => this.table.sounded(key)),
      ...(words.length < 2 ? [] : soundKeys(last, SURNAME_READINGS).map((key) => this.table.surnamed(key))),
    ])
    if (found.size === 0 && words.length > 1 && words.length < MOST_WORDS_REVERSED)
      this.findReversed(words, found)
    if (found.size === 0) for (const slip of findSlips(name, this.table)) found.set(slip.alias, slip)
    return [...found.values()]
  }

  /** The name with its first word last: Abe Shinzo, Orbán Viktor. */
  private findReversed(words: readonly string[], found: Map<number, Variant>): void {
    const reversed = [...words.slice(1), words[0]!].join(' ')
    const query: Query = { sound: soundName(reversed), keys: spellingKeys(reversed), factor: REVERSED }
    this.judgeAll(query, found, [
      this.table.folded(foldKey(reversed)),
      ...soundKeys(words[0]!, SURNAME_READINGS).map((key) => this.table.surnamed(key)),
      ...soundKeys(reversed, SURNAME_READINGS).map((key) => this.table.sounded(key)),
    ])
  }

  private judgeAll(query: Query, found: Map<number, Variant>, lists: readonly (readonly number[])[]): void {
    const judged = new Set<number>()
    for (const alias of lists.flat()) {
      if (judged.has(alias)) continue
      judged.add(alias)
      const known = this.knownAlias(alias)
      // Only people turn their names around.
      if (query.factor < 1 && !known.isPerson) continue
      const worth = judge(query, known) * query.factor
      if (worth > LEAST_SIMILARITY) found.set(alias, { alias, method: 'transliteration', similarity: worth })
    }
  }

  private knownAlias(alias: number): KnownAlias {
    let known = this.known.get(alias)
    if (known === undefined) {
      const { table } = this
      const entry = table.entryOf(alias)
      const spelling = table.aliasName(alias)
      const orthography = orthographyOf(table.entryCountry(entry), spelling, this.freeSpelling)
      const sound = orthography === undefined ? undefined : soundName(spelling, orthography.name)
      known = { spelling, isPerson: table.entryType(entry) === 'PER', orthography, sound }
      if (this.known.size >= MOST_REMEMBERED) this.known.clear()
      this.known.set(alias, known)
    }
    return known
  }
}

/** Readings of a surname that are looked up. */
const SURNAME_READINGS = 4
const MOST_WORDS_REVERSED = 4

function judge(
  { sound, keys }: Query,
  { spelling, isPerson, orthography, sound: candidate }: KnownAlias,
): number {
  if (differByAccents(keys, spelling)) return 1
  if (orthography === undefined || candidate === undefined) return 0
  return isPerson
    ? personSimilarity(sound, candidate, orthography)
    : similarity(sound, candidate, orthography)
}

const SLIP_SIMILARITY = 0.8

/** One slip of the pen in a long, well-known name. */
function findSlips(name: string, table: GazetteerTable): Variant[] {
  const key = foldKey(name)
  const found = new Map<number, Variant>()
  for (const form of [key, ...deletions(key)]) {
    for (const alias of table.slipped(form)) {
      if (!found.has(alias) && isSlip(key, foldKey(table.aliasName(alias))))
        found.set(alias, { alias, method: 'fuzzy', similarity: SLIP_SIMILARITY })
    }
  }
  return [...found.values()]
}
