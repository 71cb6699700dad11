import { differByAccents, spellingKeys } from '../key.js'
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
  /** Double consonants in all words. */
  readonly doubles: number
}

/** @param profile orthography of the name where it is known */
export function soundName(name: string, profile = ''): SoundedName {
  const bare = bareName(name)
  const words = wordsOf(bare)
  const sounds = words.map((word) => soundOf(word, profile))
  return { bare, words, sounds, whole: sounds.flat(), doubles: doublesIn(bare) }
}

/** Price that spellings of one name may reach, by the number of their symbols: the shorter a name, the less may differ. */
function tolerance(length: number): number {
  if (length <= SHORT) return TOLERATED_IN_SHORT
  return Math.min(MOST_TOLERATED, TOLERATED_A_SYMBOL * (length - UNTOLERATED_SYMBOLS))
}

const SHORT = 5
const TOLERATED_IN_SHORT = 0.07
const TOLERATED_A_SYMBOL = 0.057
const UNTOLERATED_SYMBOLS = 3
const MOST_TOLERATED = 0.8

/** Given names may differ more: beside an equal surname, Aleksandr is Alexander. */
function givenTolerance(length: number): number {
  return Math.max(LEAST_IN_GIVEN, TOLERATED_A_GIVEN_SYMBOL * (length - UNTOLERATED_SYMBOLS))
}

const LEAST_IN_GIVEN = 0.1
const TOLERATED_A_GIVEN_SYMBOL = 0.085

/** In names of one-syllable parts each may differ a little, and all together by no more than this a symbol. */
const TOLERATED_A_PART = 0.13
const TOLERATED_A_SYLLABIC_SYMBOL = 0.04

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
  if (areBothPinyin(a, b, orthography)) return 0
  const isPinyin = orthography.name === 'chinese' && SURE_PINYIN.test(a.bare)
  const tolerated = isPinyin ? (length: number) => BESIDE_PINYIN * tolerance(length) : tolerance
  const doubles = Math.abs(a.doubles - b.doubles)
  // In a short single word even ss tells it from others: the month Nisan, the maker Nissan.
  const isShort =
    Math.max(a.whole.length, b.whole.length) <= SHORT && a.bare.includes('ss') !== b.bare.includes('ss')
  return soundSimilarity(a.whole, b.whole, doubles + Number(isShort), orthography, tolerated)
}

function soundSimilarity(
  a: Sound,
  b: Sound,
  doubles: number,
  orthography: Orthography,
  tolerated = tolerance,
): number {
  const limit = tolerated(Math.max(a.length, b.length))
  const cost = alignmentCost(a, b, orthography, limit) + DOUBLED * doubles
  return closeness(cost, limit)
}

/**
 * Similarity of two people's names: the surnames must agree, and so must the given names, which may be initials; patronymics
 * and second given names may be missing. Names of as many words are compared word by word, or one part would make up for
 * another (Xu Jinping is not Xi Jinping).
 */
export function personSimilarity(a: SoundedName, b: SoundedName, orthography: Orthography): number {
  if (areBothPinyin(a, b, orthography)) return 0
  if (a.words.length === b.words.length)
    return a.words.length < 2 ? similarity(a, b, orthography) : byWords(a, b, orthography)
  // One word is a surname or a mononym: never the whole of a name of several.
  if (a.words.length < 2 || b.words.length < 2) return 0
  return Math.max(similarity(a, b, orthography), byWords(a, b, orthography))
}

/** Letters of Pinyin that Wade-Giles has no use for, and those that no other spelling has. */
const PINYIN = /^(?!.*(?:sch|hs|tz|tsch)).*(?:[bqx]|(?<!n)g|zh|ji(?!h)|d(?!s))/
const SURE_PINYIN = /[qx]|zh/
/** Share of the usual tolerance that is left between Pinyin and another romanisation of the name. */
const BESIDE_PINYIN = 0.5

/** Two names in Pinyin are spellings of one by their tone marks and gaps alone, which has been looked at before. */
function areBothPinyin(a: SoundedName, b: SoundedName, { name }: Orthography): boolean {
  return name === 'chinese' && PINYIN.test(a.bare) && PINYIN.test(b.bare)
}

/** Similarity of a price within its limit: 1 for nothing, at least 0.5 at the limit; 0 beyond it. */
function closeness(cost: number, limit: number): number {
  return cost > limit ? 0 : 1 - cost / (2 * Math.max(limit, 0.3))
}

/** Names of one-syllable parts, in the same order: Kim Jong-un, Chou En-lai. */
function bySyllables(a: SoundedName, b: SoundedName, orthography: Orthography): number {
  const limit = TOLERATED_A_SYLLABIC_SYMBOL * Math.max(a.whole.length, b.whole.length)
  let cost = 0
  for (const [index, sound] of a.sounds.entries()) {
    const other = b.sounds[index]!
    const most = Math.max(TOLERATED_A_PART, tolerance(Math.max(sound.length, other.length)))
    const part = alignmentCost(sound, other, orthography, most)
    if (part > most) return 0
    cost += part
  }
  return closeness(cost, limit)
}

function byWords(a: SoundedName, b: SoundedName, orthography: Orthography): number {
  if (UNABRIDGED.has(orthography.name) && a.words.length === b.words.length)
    return bySyllables(a, b, orthography)
  const last = a.words.length - 1
  const surname = wordSimilarity(a, last, b, b.words.length - 1, orthography)
  if (surname === 0) return 0
  // An initial says too little of the given name to forgive a letter of the surname: A. Müller is not Alexej Miller.
  if (isInitial(a.words[0]!) || isInitial(b.words[0]!)) {
    if (!differByAccents(spellingKeys(a.words[last]!), b.words[b.words.length - 1]!)) return 0
  }
  const [short, long] = a.words.length <= b.words.length ? [a, b] : [b, a]
  if (short.words.length < long.words.length && UNABRIDGED.has(orthography.name)) return 0
  let penalty = 0
  let next = 0
  for (let index = 0; index < short.words.length - 1; index++) {
    let best = 0
    let at = next
    // The first given name is the one that people are known by; only later ones are left out.
    const end = index === 0 ? Math.min(1, long.words.length - 1) : long.words.length - 1
    for (; at < end && best === 0; at++) best = givenSimilarity(short, index, long, at, orthography)
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

function isInitial(word: string): boolean {
  return word.length === 1
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
  if (isInitial(first) || isInitial(second)) {
    const [x] = a.sounds[i]!
    const [y] = b.sounds[j]!
    return x !== undefined && y !== undefined && (x & y) !== 0 ? 1 - INITIAL : 0
  }
  // Karla is not Karl.
  if (first.endsWith('a') !== second.endsWith('a')) return 0
  return wordSimilarity(a, i, b, j, orthography, givenTolerance)
}

function wordSimilarity(
  a: SoundedName,
  i: number,
  b: SoundedName,
  j: number,
  orthography: Orthography,
  tolerated = tolerance,
): number {
  const doubles = Math.abs(doublesIn(a.words[i]!) - doublesIn(b.words[j]!))
  return soundSimilarity(a.sounds[i]!, b.sounds[j]!, doubles, orthography, tolerated)
}

/** Price of a double consonant where the other spelling has a single one. */
const DOUBLED = 0.13

/** Double consonants of a word; ss and zz are only ways to write a sound. */
function doublesIn(word: string): number {
  return word.match(/([bcdfghklmnprtvw])\1/g)?.length ?? 0
}
