import { POS_TAGS } from './features.js'
import { TOKEN_TYPES, TYPE_PATTERNS } from './token-type.js'

/**
 * The core of the wink model: no words, only the places where wink-nlp keeps what it learns of the words it meets.
 * A fresh one for each `winkNLP(model)`, because wink-nlp writes into it.
 */
export function coreModel(): unknown {
  const types = Object.fromEntries(TOKEN_TYPES.map((type, index) => [type, index]))
  return {
    packing: {
      size: LEXEME_WORDS,
      efSize: FEATURE_WORDS,
      efList: Object.entries(LAYOUT)
        .filter(([, [, , , , computed]]) => computed === 1)
        .map(([name]) => name),
      layout: LAYOUT,
      config: {},
    },
    lexicon: new Uint32Array(LEXEME_WORDS * BUILT_IN.length),
    xpansions: [],
    features: {
      lexeme: { ...values(BUILT_IN), intrinsicSize: BUILT_IN.length },
      prefix: values([OUT_OF_VOCABULARY]),
      suffix: values([OUT_OF_VOCABULARY]),
      shape: values([OUT_OF_VOCABULARY]),
      tokenType: values(TOKEN_TYPES),
      pos: values(POS_TAGS),
      posClusters: { list: [] },
    },
    pos: { hash: values(POS_TAGS).hash },
    tcat: { hash: types, list: TOKEN_TYPES },
    preserve: { prefix: {}, suffix: {} },
    trex: {
      /** Never asked: the last of the type patterns takes what the others leave. */
      rtc: [],
      ltc: TYPE_PATTERNS.map(([source, flags, type]) => [source, flags, types[type]]),
      helpers: { splitter: [SPLITTER, ''], anyWithRP: NEVER, anyWithLP: NEVER, LPanyRP: NEVER },
    },
  }
}

const OUT_OF_VOCABULARY = '$%^oov^%$'
/** The two lexemes that wink-nlp's machines look up by themselves. */
const BUILT_IN = [OUT_OF_VOCABULARY, '\n']

/** The spaces that wink-nlp itself takes for spaces. */
const SPACES = '[ \\u00a0\\u2002-\\u2005\\u2009\\u200a\\u202f\\u205f]+'
/** wink-nlp cuts here first: at spaces, and at the escape sign of its own patterns for custom entities. */
const SPLITTER = `(${SPACES}|\\^)`
const NEVER = ['(?!)', '']

const FEATURE_WORDS = 4
/** The features, and one word more for the properties that a built-in lexeme has. */
const LEXEME_WORDS = FEATURE_WORDS + 1

/** Where a property lies: 32-bit word, mask, shift, whether it is a number itself, whether computed, whether its name is listed. */
type Place = readonly [
  word: number,
  mask: number,
  shift: number,
  numeric: 0 | 1,
  computed: 0 | 1,
  listed: 0 | 1,
]

const ALL_BITS = -1
const LAYOUT: Readonly<Record<string, Place>> = {
  prefix: [0, ALL_BITS, 0, 0, 1, 0],
  suffix: [1, ALL_BITS, 0, 0, 1, 0],
  shape: [2, ALL_BITS, 0, 0, 1, 0],
  lutCase: [3, 0b11, 0, 1, 1, 0],
  isAbbrev: [3, 0b1_00, 2, 1, 1, 0],
  pos: [3, 0b11111_0_00, 3, 1, 1, 1],
  tokenType: [3, 0b11111_00000_0_00, 8, 1, 0, 1],
  normal: [4, 0, 0, 1, 0, 0],
  lemma: [4, 0, 0, 1, 0, 0],
  isContraction: [4, 0, 0, 1, 0, 0],
  isSpellingMapped: [4, 0, 0, 1, 0, 0],
  isStopWord: [4, 0, 0, 1, 0, 0],
  isSLemma: [4, 0, 0, 1, 0, 0],
}

/** A list and its inverse. No prototype: "constructor" is a word like any other. */
function values(list: readonly string[]): { list: string[]; hash: Record<string, number>; index: number } {
  const hash: Record<string, number> = Object.create(null)
  for (const [index, value] of list.entries()) hash[value] = index
  return { list: [...list], hash, index: list.length }
}
