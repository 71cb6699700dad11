import { readList } from '../../text/lists.js'
import { PHONEME_COUNT, phonemes, SILENT } from './graphemes.js'
import confusionsText from './lists/confusions.txt'
import orthographiesText from './lists/orthographies.txt'

/**
 * How freely the names of a country vary when they are written in Latin letters: the price of taking one phoneme for another.
 * A Chinese name is romanised with b or p for one sound; a Russian one never is.
 */
export interface Orthography {
  readonly name: string
  /** Prices in [0, 1], PHONEME_COUNT squared; row and column of `0` are the prices of leaving a phoneme out. */
  readonly prices: Float32Array
}

/** Profile of entries without a country. */
const GENERIC = '*'
/** Profile of names that are only ever respelt letter by letter (Hašek, Haschek): nothing varies but what its lines say. */
const STRICT = 'accented'

interface Orthographies {
  /** Endings that tell an orthography, the longest first. */
  readonly byEnding: readonly (readonly [string, Orthography])[]
  readonly byName: ReadonlyMap<string, Orthography>
  readonly byCountry: ReadonlyMap<string, Orthography>
}

let orthographies: Orthographies | undefined

function all(): Orthographies {
  if (orthographies !== undefined) return orthographies
  const confusions = readList(confusionsText).map((line) => line.split('|').map((cell) => cell.trim()))
  const byName = new Map<string, Orthography>()
  const byCountry = new Map<string, Orthography>()
  byName.set(GENERIC, { name: GENERIC, prices: pricesOf([GENERIC], confusions) })
  const byEnding: [string, Orthography][] = []
  for (const line of readList(orthographiesText)) {
    const [, name = '', sign, words = ''] = /^(\w+) ?([:~]) ?(.*)$/.exec(line) ?? []
    const orthography = byName.get(name) ?? {
      name,
      prices: pricesOf(name === STRICT ? [name] : [GENERIC, name], confusions),
    }
    byName.set(name, orthography)
    for (const word of words.split(' ')) {
      if (sign === ':') byCountry.set(word, orthography)
      else byEnding.push([word, orthography])
    }
  }
  byEnding.sort(([a], [b]) => b.length - a.length)
  orthographies = { byName, byCountry, byEnding }
  return orthographies
}

/**
 * Orthography of an entry's names; undefined for countries that write Latin letters themselves: their spellings differ by
 * accents alone, and every other difference is another name (Meyer, Meier).
 * @param country ISO 3166 alpha-2; empty for an entry without a country, whose name then tells by its ending
 * @param freeSpelling whether an entry that nothing is known of may vary like a foreign one
 */
export function orthographyOf(country: string, name: string, freeSpelling: boolean): Orthography | undefined {
  const { byName, byCountry, byEnding } = all()
  if (country !== '') return byCountry.get(country)
  const told = byEnding.find(([ending]) => name.length > ending.length + 2 && name.endsWith(ending))?.[1]
  return told ?? (freeSpelling ? byName.get(GENERIC) : undefined)
}

/** @param confusions cells of the list: profile, phonemes, phonemes, price */
function pricesOf(profiles: readonly string[], confusions: readonly (readonly string[])[]): Float32Array {
  const prices = new Float32Array(PHONEME_COUNT * PHONEME_COUNT).fill(1)
  for (let phoneme = 0; phoneme < PHONEME_COUNT; phoneme++) prices[phoneme * PHONEME_COUNT + phoneme] = 0
  for (const profile of profiles) {
    for (const [name, first = '', second = '', price = ''] of confusions) {
      if (name !== profile) continue
      for (const a of bitsOf(phonemes(first)))
        for (const b of bitsOf(phonemes(second))) {
          prices[a * PHONEME_COUNT + b] = Number(price)
          prices[b * PHONEME_COUNT + a] = Number(price)
        }
    }
  }
  return prices
}

/** Numbers of the bits that are set. */
export function bitsOf(mask: number): number[] {
  const bits: number[] = []
  for (let bit = 0; bit < PHONEME_COUNT; bit++) if (mask & (1 << bit)) bits.push(bit)
  return bits
}

/** A symbol that may be silent is left out for little. */
const SILENCE = 0.05

/** Price of reading one symbol for another; 0 for the second means leaving the first out. */
export function symbolPrice(a: number, b: number, { prices }: Orthography): number {
  if (a & b) return 0
  let least = b === 0 && a & SILENT ? SILENCE : 1
  for (const first of bitsOf(a & ~SILENT))
    for (const second of bitsOf(b === 0 ? SILENT : b & ~SILENT))
      least = Math.min(least, prices[first * PHONEME_COUNT + second]!)
  return least
}
