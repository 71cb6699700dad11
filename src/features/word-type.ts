import { combine, hashAfter, hashString } from '../binary/hash.js'
import { type Lexicon, type LexiconEntry, UNKNOWN_WORD, WordCode } from '../lexicon/lexicon.js'
import { cleanWord } from '../text/characters.js'
import { shapeOf } from './shape.js'

/** What is asked of a word type beside its features, as integers computed once a type. */
export interface WordTypeFacts {
  /** Hash of the cleaned word, for phrase look-up. */
  readonly word: number
  /** The same without a genitive ending, 0 where there is none. */
  readonly stem: number
  /** See Quote. */
  readonly quote: number
  /** Row of the word's vector in the lexicon, that of its base form or of its last part where it has none itself; -1 for none. */
  readonly vector: number
}

/** Quotation marks: those that open, those that close, and straight ones that do either. */
export const Quote = { None: 0, Open: 1, Close: 2, Either: 3 } as const

const QUOTES: Readonly<Record<string, number>> = {
  '„': Quote.Open,
  '»': Quote.Open,
  '‚': Quote.Open,
  '“': Quote.Either,
  '«': Quote.Either,
  '"': Quote.Either,
  '”': Quote.Close,
}

/** Receives the hash of a feature. */
export type Emit = (feature: number) => void

/** Part of every feature's hash; models hold these hashes, so it never changes. */
const SALT = 2

const LONGEST_AFFIX = 6
/** Least lengths of the name that a closed compound begins with, and of what follows it. */
const SHORTEST_HEAD = 4
const SHORTEST_TAIL = 3
/** Codes that make a word a name of some sort. */
const NAME_CODES =
  WordCode.Given |
  WordCode.Surname |
  WordCode.Place |
  WordCode.Organisation |
  WordCode.ListedPlace |
  WordCode.ListedOrganisation

/** Template numbers; they are salt of the feature hashes, so a number is never given to another template. */
const T = {
  Word: 1,
  Lower: 2,
  Shape: 3,
  Prefix: 4,
  Suffix: 5,
  Gram: 6,
  Cluster64: 7,
  Cluster256: 8,
  Cluster1024: 9,
  Cluster4096: 10,
  Codes: 11,
  Code: 12,
  TailWord: 13,
  TailCluster: 14,
  TailCodes: 15,
  HeadWord: 16,
  HeadCluster: 17,
  HeadCodes: 18,
  StemCodes: 19,
  StemCluster: 20,
  Length: 21,
  TailSuffix: 22,
  BaseCodes: 23,
  CompoundHead: 24,
  CompoundTail: 25,
} as const

/** Endings that turn a place or name into its adjective or inhabitant: stripped to look the base up. */
const DERIVING = [
  'ischen',
  'ischer',
  'isches',
  'ischem',
  'ische',
  'isch',
  'erinnen',
  'erin',
  'ern',
  'ers',
  'er',
  'in',
]

/** A word type with all that its features are made of. */
export class WordType {
  readonly facts: WordTypeFacts
  private readonly word: string
  private readonly lower: string
  private readonly shape: string
  private readonly entry: LexiconEntry
  private readonly known: boolean
  private readonly lexicon: Lexicon

  constructor(raw: string, lexicon: Lexicon) {
    const word = cleanWord(raw)
    this.word = word
    this.lower = word.toLowerCase().replace(/\d/g, '0')
    this.shape = shapeOf(word)
    this.lexicon = lexicon
    const stem = genitiveStem(word)
    // An unknown genitive takes the clusters and codes of its base form.
    const entry = lexicon.findForm(word) ?? (stem === '' ? undefined : lexicon.findForm(stem))
    this.known = entry !== undefined
    this.entry = entry ?? UNKNOWN_WORD
    this.facts = {
      word: hashString(word),
      stem: stem === '' ? 0 : hashString(stem),
      quote: QUOTES[word] ?? Quote.None,
      vector: this.entry.row >= 0 ? this.entry.row : lastPartRow(word, lexicon),
    }
  }

  /** Features of this type, always in the same order. */
  features(emit: Emit): void {
    const at = (template: number, value: number): void => emit(combine(template * 16 + SALT, value))
    const { lower } = this
    at(T.Lower, hashString(lower))
    at(T.Shape, hashString(this.shape))
    this.clusters(at)
    emitCodes(at, this.entry.codes, T.Codes, T.Code)
    for (let length = 2; length <= 4; length++) {
      if (lower.length > length) at(T.Suffix, hashSuffix(lower, length))
    }
    if (lower.length > 3) at(T.Prefix, hashPrefix(lower, 3))
    this.innerFeatures(at)
  }

  private clusters(at: (template: number, value: number) => void): void {
    if (!this.known) {
      at(T.Cluster256, 0)
      return
    }
    at(T.Cluster64, this.entry.cluster64)
    at(T.Cluster256, this.entry.cluster256)
    at(T.Cluster1024, this.entry.cluster1024)
    at(T.Cluster4096, this.entry.cluster4096)
  }

  /** The form itself, the other affixes, n-grams, inner structure. */
  private innerFeatures(at: (template: number, value: number) => void): void {
    at(T.Word, this.facts.word)
    at(T.Length, Math.min(this.word.length, 20))
    const { lower } = this
    for (let length = 1; length <= LONGEST_AFFIX && length < lower.length; length++) {
      if (length !== 3) at(T.Prefix, hashPrefix(lower, length))
      if (length < 2 || length > 4) at(T.Suffix, hashSuffix(lower, length))
    }
    const bounded = `^${lower.slice(0, 30)}$`
    for (let length = 3; length <= 4; length++) {
      for (let i = 0; i + length <= bounded.length; i++) at(T.Gram, hashString(bounded, i, i + length))
    }
    this.hyphenParts(at)
    this.compoundHead(at)
    this.derivationBase(at)
    const stem = genitiveStem(this.word)
    if (stem !== '') {
      const entry = this.lexicon.findForm(stem) ?? UNKNOWN_WORD
      emitCodes(at, entry.codes, T.StemCodes, T.StemCodes + 100)
      at(T.StemCluster, entry.cluster1024)
    }
  }

  /** EU-Kommission, Merkel-Vertrauter: the first part tells the name, the last part tells what the word is. */
  private hyphenParts(at: (template: number, value: number) => void): void {
    const first = this.word.indexOf('-')
    const last = this.word.lastIndexOf('-')
    if (first <= 0 || last >= this.word.length - 1) return
    const head = this.word.slice(0, first)
    const tail = this.word.slice(last + 1)
    const headEntry = this.lexicon.findForm(head) ?? UNKNOWN_WORD
    const tailEntry = this.lexicon.findForm(tail) ?? UNKNOWN_WORD
    at(T.HeadWord, hashString(head))
    at(T.HeadCluster, headEntry.cluster256)
    emitCodes(at, headEntry.codes, T.HeadCodes, T.HeadCodes + 100)
    at(T.TailWord, hashString(tail))
    at(T.TailSuffix, hashString(tail.slice(-4)))
    at(T.TailCluster, tailEntry.cluster256)
    emitCodes(at, tailEntry.codes, T.TailCodes, T.TailCodes + 100)
  }

  /** Kremlsprecher, Bundesligaprofi: does the word begin with a name, and is the rest a known word? */
  private compoundHead(at: (template: number, value: number) => void): void {
    const { word } = this
    if (word.length < SHORTEST_HEAD + SHORTEST_TAIL || word.includes('-') || this.shape !== 'Xx') return
    for (let end = word.length - SHORTEST_TAIL; end >= SHORTEST_HEAD; end--) {
      const codes = this.lexicon.codesOf(word, 0, end) & NAME_CODES
      if (codes === 0) continue
      const rest = word.slice(end)
      const tail = this.lexicon.find(rest.charAt(0).toUpperCase() + rest.slice(1)) ?? this.lexicon.find(rest)
      if (tail === undefined) continue
      at(T.CompoundHead, codes)
      at(T.CompoundTail, combine(codes, tail.cluster256))
      return
    }
  }

  /** kasachische: is there a place or name under the derived word? */
  private derivationBase(at: (template: number, value: number) => void): void {
    for (const ending of DERIVING) {
      if (!this.lower.endsWith(ending) || this.word.length - ending.length < 3) continue
      const stem = this.word.slice(0, -ending.length)
      const base = stem.charAt(0).toUpperCase() + stem.slice(1)
      for (const tail of ['', 'en', 'e', 'ien']) {
        const codes = this.lexicon.codesOf(base + tail)
        if ((codes & (WordCode.Place | WordCode.ListedPlace)) === 0) continue
        at(T.BaseCodes, combine(hashString(ending), codes & WordCode.Place))
        return
      }
    }
  }
}

/** Hash of an affix with its length before it, below ten: `3uni` of Universität. */
function hashPrefix(word: string, length: number): number {
  return hashAfter(ZERO + length, word, 0, length)
}

function hashSuffix(word: string, length: number): number {
  return hashAfter(ZERO + length, word, word.length - length, word.length)
}

/** Code of the digit 0. */
const ZERO = 0x30

/** EU-Innenpolitiker means what its last part means. */
function lastPartRow(word: string, lexicon: Lexicon): number {
  const hyphen = word.lastIndexOf('-')
  return hyphen < 0 ? -1 : (lexicon.findForm(word.slice(hyphen + 1))?.row ?? -1)
}

/** All codes together, and each alone. */
function emitCodes(
  at: (template: number, value: number) => void,
  codes: number,
  all: number,
  each: number,
): void {
  at(all, codes)
  for (let bit = 0; bit < 15; bit++) if (codes & (1 << bit)) at(each, bit)
}

/** The word without a genitive ending (`Putins`, `Scholz'`), or '' where it has none. */
export function genitiveStem(word: string): string {
  if (word.length < 4) return ''
  if (word.endsWith("'s")) return word.slice(0, -2)
  if (word.endsWith('s') || word.endsWith("'")) return word.slice(0, -1)
  return ''
}
