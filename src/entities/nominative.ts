import { Memory } from '../gazetteer/memory.js'
import { readList } from '../text/lists.js'
import headNounsText from './lists/head-nouns.txt'

type Gender = 'm' | 'f' | 'n'

let genders: ReadonlyMap<string, Gender> | undefined
const LONGEST_HEAD = 24

/** The list, parsed on first use. */
function headGenders(): ReadonlyMap<string, Gender> {
  if (genders !== undefined) return genders
  const map = new Map<string, Gender>()
  for (const line of readList(headNounsText)) {
    const [gender, words = ''] = line.split(':')
    for (const word of words.trim().split(' ')) map.set(word, gender as Gender)
  }
  genders = map
  return map
}

/** Gender of a noun by its longest known ending; undefined if none is known. */
function genderOf(noun: string): Gender | undefined {
  const lower = noun.toLowerCase()
  const known = headGenders()
  for (let length = Math.min(LONGEST_HEAD, lower.length); length > 2; length--) {
    const gender = known.get(lower.slice(-length))
    if (gender !== undefined) return gender
  }
  return undefined
}

const STRONG_ENDING: Readonly<Record<Gender, string>> = { m: 'er', f: 'e', n: 'es' }

/** Adjectives by their stems: formed with a suffix, or among the short ones that names begin with. */
const ADJECTIVE =
  /^(\p{Lu}[\p{L}-]*(?:isch|lich|ig|al|ell|iv|haft|sam|weit|los|bar|ant|ent|är|at|ut|iert|and|end|igt)|(?:Neu|Alt|Groß|Klein|Hoh|Hoch|Deutsch|Rot|Schwarz|Weiß|Blau|Grün|Gelb|Jung|Frei|Vereinigt|Vereint|Ober|Unter|Äußer|Inner|Recht|Link|Erst|Zweit|Dritt|Heilig|Golden|Silbern|Welsch|Best|Größt|Gemeinsam|Königlich|Arm|Barmherzig|Lang|Kurz|Breit|Tief|Still|Toten|Evangelisch-Lutherisch))(e[nmrs]?)$/u

/**
 * A name in the nominative, as a title has it: adjectives before a noun of known gender get its strong ending, and the
 * noun loses the genitive's s. `Nationalen Allianz` → `Nationale Allianz`, `Instituts für Weltwirtschaft` → `Institut für
 * Weltwirtschaft`. Words that cannot be told stay as they are.
 */
export function nominative(name: string): string {
  return answers.get(name, () => inNominative(name))
}

/** Names come again and again. */
const answers = new Memory<string>()

function inNominative(name: string): string {
  const words = name.split(' ')
  let head = 0
  while (head < words.length - 1 && isModifier(words, head)) head++
  const noun = words[head]!
  const base = withoutGenitive(noun)
  const gender = genderOf(base)
  if (gender === undefined) return name
  return words
    .map((word, index) => {
      if (index === head) return base
      const match = index < head ? ADJECTIVE.exec(word) : null
      return match === null ? word : match[1]! + STRONG_ENDING[gender]
    })
    .join(' ')
}

/** An adjective, or a place's -er form between adjective and noun (Neue Osnabrücker Zeitung). */
function isModifier(words: readonly string[], index: number): boolean {
  const word = words[index]!
  if (!/^\p{Lu}/u.test(words[index + 1]!)) return false
  return ADJECTIVE.test(word) || /^\p{Lu}\p{Ll}{2,}er$/u.test(word)
}

function withoutGenitive(noun: string): string {
  for (const [ending, stem] of [
    ['es', noun.slice(0, -2)],
    ['s', noun.slice(0, -1)],
  ] as const) {
    if (!noun.endsWith(ending)) continue
    const gender = genderOf(stem)
    if (gender === 'm' || gender === 'n') return stem
  }
  return noun
}
