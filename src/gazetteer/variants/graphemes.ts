import { readList } from '../../text/lists.js'
import graphemesText from './lists/graphemes.txt'
import readingsText from './lists/readings.txt'

/** Phonemes as bits of a mask; the letters are those of the list. `0` says that the grapheme may be silent, `q` is ks. */
const PHONEMES = 'pbtdkgxhfvszSZcCJmnNlrjwaeiouy0q'

/** Mask of some phonemes, by their letters. */
export function phonemes(letters: string): number {
  let mask = 0
  for (const letter of letters) {
    const bit = PHONEMES.indexOf(letter)
    if (bit < 0) throw new RangeError(`unknown phoneme "${letter}" in "${letters}"; known are ${PHONEMES}`)
    mask |= 1 << bit
  }
  return mask
}

export const PHONEME_COUNT = PHONEMES.length
export const SILENT = phonemes('0')
export const VOWELS = phonemes('aeiouy')

export interface Grapheme {
  readonly letters: string
  /** One mask per symbol. */
  readonly masks: readonly number[]
  /** What it may contribute to the sound key, the usual first: classes, or nothing. */
  readonly classes: readonly string[]
}

/** Graphemes by their letters; `$` at the end says that they hold at the end of a word only, `^` at its beginning. */
type GraphemeTable = ReadonlyMap<string, Grapheme>

const LONGEST = 7
let general: GraphemeTable | undefined
let special: ReadonlyMap<string, GraphemeTable> | undefined

function parseGrapheme(letters: string, classes: string, sounds: string): Grapheme {
  return {
    letters: letters.replace(/[$^]/, ''),
    masks: sounds.split('+').map(phonemes),
    classes: classes.split(',').map((option) => option.replace(/[-+]/g, '')),
  }
}

/** The lists, parsed on first use. */
function generalTable(): GraphemeTable {
  general ??= new Map(
    readList(graphemesText).map((line) => {
      const [letters = '', classes = '', sounds = ''] = line.split('|').map((cell) => cell.trim())
      return [letters, parseGrapheme(letters, classes, sounds)]
    }),
  )
  return general
}

/** The graphemes that a profile reads in a way of its own. */
function specialTable(profile: string): GraphemeTable | undefined {
  if (special === undefined) {
    const tables = new Map<string, Map<string, Grapheme>>()
    for (const line of readList(readingsText)) {
      const [name = '', letters = '', classes = '', sounds = ''] = line.split('|').map((cell) => cell.trim())
      const table = tables.get(name) ?? new Map<string, Grapheme>()
      tables.set(name, table)
      table.set(letters, parseGrapheme(letters, classes, sounds))
    }
    special = tables
  }
  return special.get(profile)
}

/**
 * Reads a word as graphemes, the longest first; letters of no known sound are passed over.
 * @param word in small letters
 * @param profile orthography of the name where it is known: its own readings then replace the general ones
 */
export function readGraphemes(word: string, profile = ''): Grapheme[] {
  const table = generalTable()
  const own = profile === '' ? undefined : specialTable(profile)
  const find = (letters: string): Grapheme | undefined => own?.get(letters) ?? table.get(letters)
  const found: Grapheme[] = []
  for (let at = 0; at < word.length; ) {
    const rest = word.length - at
    let grapheme: Grapheme | undefined
    for (let length = Math.min(LONGEST, rest); length > 0 && grapheme === undefined; length--) {
      const letters = word.slice(at, at + length)
      if (length === rest && at > 0) grapheme = find(`${letters}$`)
      else if (at === 0) grapheme = find(`^${letters}`)
      grapheme ??= find(letters)
    }
    if (grapheme === undefined) {
      grapheme = find(word.charAt(at).normalize('NFD').charAt(0))
      at++
    } else at += grapheme.letters.length
    if (grapheme !== undefined) found.push(grapheme)
  }
  return found
}
