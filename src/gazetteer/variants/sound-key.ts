import { type Grapheme, readGraphemes, VOWELS } from './graphemes.js'
import { wordsOf } from './words.js'

/** Most readings of one spelling; the likeliest come first. */
const MOST_READINGS = 12

/**
 * Keys under which spellings of one name in different romanisations meet: the consonants in nine coarse classes, no vowels
 * but a mark for one at the beginning. A spelling has several keys where its letters may be read in several ways (ch in
 * Achmat, Che, Chirac). The key is coarse on purpose (Putin and Biden share one); `alignmentCost` tells the names apart.
 * @param bare see `bareName`
 * @param profile orthography of the name where it is known
 */
export function soundKeys(bare: string, most = MOST_READINGS, profile = ''): string[] {
  const graphemes = wordsOf(bare).flatMap((word) => markEnds(readGraphemes(word, profile)))
  const choices = new Map<string, readonly string[]>()
  for (const { grapheme } of graphemes)
    if (grapheme.classes.length > 1) choices.set(grapheme.letters, grapheme.classes)
  const keys: string[] = []
  for (const choice of combinations([...choices])) {
    const key = keyOf(graphemes, choice)
    if (!keys.includes(key)) keys.push(key)
    if (keys.length >= most) break
  }
  return keys
}

interface PlacedGrapheme {
  readonly grapheme: Grapheme
  /** An h that is not followed by a vowel is silent in most spellings. */
  readonly mute: boolean
}

function markEnds(graphemes: readonly Grapheme[]): PlacedGrapheme[] {
  return graphemes.map((grapheme, index) => {
    const next = graphemes[index + 1]
    const mute = grapheme.letters === 'h' && (next === undefined || (next.masks[0]! & VOWELS) === 0)
    return { grapheme, mute }
  })
}

function keyOf(graphemes: readonly PlacedGrapheme[], choice: ReadonlyMap<string, number>): string {
  let key = ''
  let afterVowel = false
  for (const [index, { grapheme, mute }] of graphemes.entries()) {
    const picked = choice.get(grapheme.letters) ?? 0
    // For h the choices are: heard before vowels, never heard, always heard.
    const classes = mute && picked === 0 ? '' : (grapheme.classes[picked] ?? grapheme.classes[0]!)
    if (classes === '') {
      if (index === 0 || (key === '' && !afterVowel)) key = 'A'
      afterVowel = true
      continue
    }
    for (const cls of classes) {
      if (afterVowel || !key.endsWith(cls)) key += cls
      afterVowel = false
    }
  }
  return key
}

/** All ways to choose, the first option of each before the others. */
function* combinations(
  choices: readonly (readonly [string, readonly string[]])[],
): Generator<Map<string, number>> {
  const counters = choices.map(() => 0)
  const total = choices.reduce((product, [, options]) => product * options.length, 1)
  for (let turn = 0; turn < total; turn++) {
    yield new Map(choices.map(([letters], index) => [letters, counters[index]!]))
    for (let index = 0; index < counters.length; index++) {
      counters[index] = counters[index]! + 1
      if (counters[index]! < choices[index]![1].length) break
      counters[index] = 0
    }
  }
}
