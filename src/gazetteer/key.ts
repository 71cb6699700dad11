import { cleanWord } from '../text/characters.js'

const FOLDS: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  ø: 'oe',
  æ: 'ae',
  œ: 'oe',
  å: 'a',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ə: 'e',
}

const SPECIAL = /[äöüßøæœåłđðþıə]/g
const DROPPED = /[\p{M}\s.'’`ʻʼ´"„“”»«()/,·‐‑–-]/gu

/** What a code unit below 256 becomes: undefined where only the slow path knows. */
const QUICK: readonly (string | undefined)[] = Array.from({ length: 256 }, (_, unit) => {
  const char = String.fromCharCode(unit)
  if (unit > 0x7e && !'äöüßÄÖÜéèáóíúñçÉ'.includes(char)) return undefined
  return unit < 0x20 ? undefined : slowKey(char)
})

/**
 * Spelling-independent form of a name: small letters, umlauts written out, other diacritics dropped, no hyphens, spaces,
 * periods or apostrophes. `Nur-Sultan`, `Nur Sultan` and `NURSULTAN` meet, as do `Müller` and `Mueller`.
 */
export function foldKey(name: string): string {
  let key = ''
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at)
    const folded = unit < 256 ? QUICK[unit] : undefined
    if (folded === undefined) return slowKey(name)
    key += folded
  }
  return key
}

function slowKey(name: string): string {
  return keyBy(name, SPECIAL, FOLDS)
}

/** Small letters, some of them written as the table says, without other diacritics, gaps and punctuation. */
function keyBy(name: string, letters: RegExp, written: Readonly<Record<string, string>>): string {
  return cleanWord(name)
    .normalize('NFC')
    .toLowerCase()
    .replace(letters, (char) => written[char]!)
    .normalize('NFD')
    .replace(DROPPED, '')
}

const LOOSE: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'a',
  œ: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 't',
  ı: 'i',
  ə: 'a',
}
const LOOSE_SPECIAL = /[ßøæœłđðþıə]/g

/** Like `foldKey`, but umlauts lose their dots, as foreign papers print them: Gundogan. */
export function bareKey(name: string): string {
  return keyBy(name, LOOSE_SPECIAL, LOOSE)
}

const WRITTEN: Readonly<Record<string, string>> = { å: 'aa', đ: 'dj', ð: 'dh', ő: 'oe', ű: 'ue' }

/** Like `foldKey`, with the letters that some languages write as two: Djokovic, Aalesund. */
function writtenKey(name: string): string {
  return foldKey(
    name
      .normalize('NFC')
      .toLowerCase()
      .replace(/[åđðőű]/g, (char) => WRITTEN[char]!),
  )
}

/** True if the name has letters that other papers print in another way. */
export function hasAccents(name: string): boolean {
  return spellingKeys(name).length > 1
}

const ASCII = /^[\x20-\x7e]*$/

/** Keys of a name as papers print it: umlauts written out, dots dropped, letters of other languages written as two. */
export function spellingKeys(name: string): readonly string[] {
  const key = foldKey(name)
  if (ASCII.test(name)) return [key]
  return [...new Set([key, bareKey(name), writtenKey(name)])]
}

/** True if two spellings differ by accents, hyphens, spaces and case alone: Gündoğan, Guendogan, Gundogan. */
export function differByAccents(keys: readonly string[], name: string): boolean {
  return spellingKeys(name).some((key) => keys.includes(key))
}
