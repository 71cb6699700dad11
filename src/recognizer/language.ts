import { francAll } from 'franc'
import { readList } from '../text/lists.js'
import type { LanguageGuess } from '../types.js'
import functionWordsText from './lists/function-words.txt'

/** Longest stretch that is looked at, in UTF-16 units; franc reads no more, and more tells no more. */
const SAMPLE = 2048
/** With fewer letters trigrams are chance: only function words of one language alone decide. */
const SHORTEST = 20
/** Worth of the share of function words beside franc's likeness, which is in [0, 1]. */
const WORD_WEIGHT = 1.5
/** The best language must lead the next one by so much. */
const MARGIN = 0.05
/** franc knows no dialects: each is as like as the language beside it, less this, and its own words must make up for it. */
const DIALECT_PENALTY = 0.05
const DIALECTS: Readonly<Record<string, readonly string[]>> = { nds: ['deu', 'nld'], gsw: ['deu'] }

/** Languages that German news is likely to be mixed up with; a free choice among 187 guesses worse on short texts. */
const CANDIDATES = [
  'deu',
  'eng',
  'nld',
  'fra',
  'ita',
  'spa',
  'por',
  'pol',
  'ces',
  'dan',
  'swe',
  'nob',
  'hun',
  'tur',
  'rus',
  'ukr',
]

const UNDETERMINED: LanguageGuess = { code: 'und', isGerman: false }
const LETTER = /\p{L}/gu
const WORD = /[\p{L}'’]+/gu
const NO_WORDS: ReadonlySet<string> = new Set()

let functionWords: ReadonlyMap<string, ReadonlySet<string>> | undefined

/** Function words by language, parsed on first use. */
function functionWordsOf(code: string): ReadonlySet<string> {
  functionWords ??= new Map(
    readList(functionWordsText).map((line) => {
      const [language, ...words] = line.split(' ')
      return [language!, new Set(words)]
    }),
  )
  return functionWords.get(code) ?? NO_WORDS
}

/**
 * Guesses the language of a text: by trigrams (franc, after Cavnar and Trenkle 1994) and by function words, which tell more
 * than trigrams in a short text full of names. `und` where there is too little text, or two languages are as likely.
 */
export function detectLanguage(text: string): LanguageGuess {
  const sample = text.slice(0, SAMPLE)
  const words = sample.toLowerCase().match(WORD) ?? []
  const likeness = new Map(francAll(sample, { minLength: 1, only: CANDIDATES }))
  if (words.length === 0 || likeness.has('und')) return UNDETERMINED
  for (const [dialect, neighbours] of Object.entries(DIALECTS)) {
    const near = neighbours.map((code) => likeness.get(code)).filter((value) => value !== undefined)
    if (near.length > 0) likeness.set(dialect, Math.max(...near) - DIALECT_PENALTY)
  }
  const ranking = [...likeness]
    .map(([code, like]) => {
      const list = functionWordsOf(code)
      const hits = words.reduce((sum, word) => sum + (list.has(word) ? 1 : 0), 0)
      return { code, hits, score: like + (WORD_WEIGHT * hits) / words.length }
    })
    .sort((a, b) => b.score - a.score)
  const [best, ...others] = ranking
  if (best === undefined || best.score - (others[0]?.score ?? 0) < MARGIN) return UNDETERMINED
  const isShort = (sample.match(LETTER)?.length ?? 0) < SHORTEST
  if (isShort && others.some(({ hits }) => hits >= best.hits)) return UNDETERMINED
  return { code: best.code, isGerman: best.code === 'deu' }
}
