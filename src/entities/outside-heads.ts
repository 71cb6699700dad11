import { readList } from '../text/lists.js'
import headsText from './lists/outside-heads.txt'

interface Heads {
  readonly words: ReadonlySet<string>
  readonly endings: readonly string[]
}

let heads: Heads | undefined

/** The list, parsed on first use. */
function list(): Heads {
  if (heads !== undefined) return heads
  const entries = readList(headsText).flatMap((line) => line.split(' '))
  heads = {
    words: new Set(entries.filter((entry) => !entry.startsWith('-'))),
    endings: entries.filter((entry) => entry.startsWith('-')).map((entry) => entry.slice(1)),
  }
  return heads
}

/** True for a noun that stands before an organisation's name and is mostly no part of it (Gewerkschaft, Autobauer). */
export function isOutsideHead(noun: string): boolean {
  const { words, endings } = list()
  return words.has(noun) || endings.some((ending) => noun.length > ending.length && noun.endsWith(ending))
}
