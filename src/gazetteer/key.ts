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

/**
 * Spelling-independent form of a name: small letters, umlauts written out, other diacritics dropped, no hyphens, spaces,
 * periods or apostrophes. `Nur-Sultan`, `Nur Sultan` and `NURSULTAN` meet, as do `Müller` and `Mueller`.
 */
export function foldKey(name: string): string {
  return cleanWord(name)
    .toLowerCase()
    .replace(SPECIAL, (char) => FOLDS[char]!)
    .normalize('NFD')
    .replace(/[\p{M}\s.'’`"„“”»«()/,·-]/gu, '')
}
