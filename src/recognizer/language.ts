import { franc } from 'franc'
import type { LanguageGuess } from '../types.js'

/** Longest stretch that is looked at; trigram statistics do not gain from more. */
const SAMPLE = 4000
/** Shorter texts are too little to tell. */
const SHORTEST = 20

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

/** Guesses the language of a text by trigrams (franc). `und` where there is too little text. */
export function detectLanguage(text: string): LanguageGuess {
  const code = franc(text.slice(0, SAMPLE), { minLength: SHORTEST, only: CANDIDATES })
  return { code, isGerman: code === 'deu' }
}
