import { readList } from '../text/lists.js'
import headsText from './lists/compound-heads.txt'

let heads: ReadonlySet<string> | undefined

function list(): ReadonlySet<string> {
  heads ??= new Set(readList(headsText).flatMap((line) => line.split(' ')))
  return heads
}

const ENDINGS = ['', 's', 'es', 'n', 'en', 'e', 'er', 'ern', 'nen', 'innen', 'in', 'se', 'sen']
const SHORTEST = 3

/** True if the letters, small, are a noun that closes compounds, in any case or number: sprecher, chefs, wahlen. */
export function isCompoundHead(letters: string): boolean {
  for (const ending of ENDINGS) {
    const stem = letters.slice(0, letters.length - ending.length)
    if (stem.length >= SHORTEST && letters.endsWith(ending) && list().has(stem)) return true
  }
  return false
}

/** True if a noun is such a head, or ends in one: Technikchef. */
export function endsInCompoundHead(noun: string): boolean {
  const letters = noun.toLowerCase()
  for (let at = 0; at <= letters.length - LEAST_ENDING; at++)
    if (isCompoundHead(letters.slice(at))) return true
  return isCompoundHead(letters)
}

/** Shorter heads end too many words by chance. */
const LEAST_ENDING = 4
