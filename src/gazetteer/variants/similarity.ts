import { alignmentCost, type Sound, soundOf } from './alignment.js'
import type { Orthography } from './orthography.js'
import { bareName, wordsOf } from './words.js'

/** A name taken apart once, to be compared many times. */
export interface SoundedName {
  readonly bare: string
  readonly words: readonly string[]
  readonly sounds: readonly Sound[]
  /** All words together: hyphens and spaces make no difference. */
  readonly whole: Sound
}

/** @param profile orthography of the name where it is known */
export function soundName(name: string, profile = ''): SoundedName {
  const bare = bareName(name)
  const words = wordsOf(bare)
  const sounds = words.map((word) => soundOf(word, profile))
  return { bare, words, sounds, whole: sounds.flat() }
}

/** Price that spellings of one name may reach, by the number of their symbols: the shorter a name, the less may differ. */
function tolerance(length: number): number {
  return Math.min(MOST_TOLERATED, TOLERATED_A_SYMBOL * Math.max(1, length - UNTOLERATED_SYMBOLS))
}

const TOLERATED_A_SYMBOL = 0.085
const UNTOLERATED_SYMBOLS = 3
const MOST_TOLERATED = 0.9

/** Patronymics and the like may be left out. */
const PATRONYMIC =
  /(?:[oe]w?[vw]?i[ct]+(?:s?ch)?|owitsch|ewitsch|ovi?č|evič|ovna|owna|evna|ewna|ichna|itschna|uly|ūly|uulu|kyzy|qyzy|oglu|oglou|ogly)$/

/** Where every part of a name counts: nothing is left out of Kim Jong-un. */
const UNABRIDGED = new Set(['chinese', 'korean', 'japanese', 'southeast'])

/** Price of a middle name that one of the spellings lacks. */
const MIDDLE_NAME = 0.12
/** Price of a given name that is only an initial. */
const INITIAL = 0.2

/** Similarity of two spellings in [0, 1]: 1 the same sound, 0 more different than spellings of one name can be. */
export function similarity(a: SoundedName, b: SoundedName, orthography: Orthography): number {
  const length = Math.max(a.whole.length, b.whole.length)
  const limit = tolerance(length)
  const cost = alignmentCost(a.whole, b.whole, orthography, limit)
  return cost > limit ? 0 : 1 - cost / (2 * Math.max(limit, 0.5))
}

/**
 * Similarity of two people's names: the surnames must agree, and so must the given names, which may be initials; patronymics
 * and second given names may be missing.
 */
export function personSimilarity(a: SoundedName, b: SoundedName, orthography: Orthography): number {
  if (a.words.length < 2 || b.words.length < 2) return similarity(a, b, orthography)
  return Math.max(similarity(a, b, orthography), byWords(a, b, orthography))
}

function byWords(a: SoundedName, b: SoundedName, orthography: Orthography): number {
  const surname = wordSimilarity(a, a.words.length - 1, b, b.words.length - 1, orthography)
  if (surname === 0) return 0
  const [short, long] = a.words.length <= b.words.length ? [a, b] : [b, a]
  if (short.words.length < long.words.length && UNABRIDGED.has(orthography.name)) return 0
  let penalty = 0
  let next = 0
  for (let index = 0; index < short.words.length - 1; index++) {
    let best = 0
    let at = next
    for (; at < long.words.length - 1 && best === 0; at++)
      best = givenSimilarity(short, index, long, at, orthography)
    if (best === 0) return 0
    for (let skipped = next; skipped < at - 1; skipped++) penalty += omission(long.words[skipped]!)
    penalty += 0.5 * (1 - best)
    next = at
  }
  for (let skipped = next; skipped < long.words.length - 1; skipped++)
    penalty += omission(long.words[skipped]!)
  return Math.max(0, surname - penalty)
}

function omission(word: string): number {
  return PATRONYMIC.test(word) ? 0.02 : MIDDLE_NAME
}

function givenSimilarity(
  a: SoundedName,
  i: number,
  b: SoundedName,
  j: number,
  orthography: Orthography,
): number {
  const first = a.words[i]!
  const second = b.words[j]!
  if (first.length === 1 || second.length === 1) {
    const [x] = a.sounds[i]!
    const [y] = b.sounds[j]!
    return x !== undefined && y !== undefined && (x & y) !== 0 ? 1 - INITIAL : 0
  }
  return wordSimilarity(a, i, b, j, orthography)
}

function wordSimilarity(
  a: SoundedName,
  i: number,
  b: SoundedName,
  j: number,
  orthography: Orthography,
): number {
  const first = a.sounds[i]!
  const second = b.sounds[j]!
  const limit = tolerance(Math.max(first.length, second.length))
  const cost = alignmentCost(first, second, orthography, limit)
  return cost > limit ? 0 : 1 - cost / (2 * Math.max(limit, 0.5))
}
