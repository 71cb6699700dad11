import { distance as editDistance } from 'fastest-levenshtein'

/** Slips are looked for only towards names that every reader knows (prominence 0-100), and only in long ones. */
const LEAST_PROMINENCE = 95
const SHORTEST = 8

/**
 * True for a name in which one slip of the pen is forgiven. People are left out: their names differ by a letter too easily
 * (Christina is not Christian).
 * @param key its folded form
 */
export function forgivesSlips(key: string, type: string, prominence: number): boolean {
  return type !== 'PER' && prominence >= LEAST_PROMINENCE && key.length >= SHORTEST && !/\d/.test(key)
}

/**
 * The key without one of its letters, the first excepted. Two keys that are one slip apart have such a form in common
 * (symmetric deletion, W. Garbe), so that a query need not try every letter in every place.
 */
export function deletions(key: string): string[] {
  const forms = new Set<string>()
  for (let at = 1; at < key.length; at++) forms.add(key.slice(0, at) + key.slice(at + 1))
  return [...forms]
}

/** True for a letter more or less, or two neighbours exchanged, that leave the first two letters and the ending alone. */
export function isSlip(key: string, other: string): boolean {
  if (key.slice(0, 2) !== other.slice(0, 2) || key.slice(-2) !== other.slice(-2)) return false
  const distance = editDistance(key, other)
  if (distance === 1) return key.length !== other.length
  return distance === 2 && key.length === other.length && isExchange(key, other)
}

function isExchange(key: string, other: string): boolean {
  let at = 0
  while (key[at] === other[at]) at++
  return key[at] === other[at + 1] && key[at + 1] === other[at] && key.slice(at + 2) === other.slice(at + 2)
}
