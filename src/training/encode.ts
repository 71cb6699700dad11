import { contextFeatures } from '../features/context.js'
import { SentenceFacts } from '../features/sentence-facts.js'
import { WINDOW, WordType } from '../features/word-type.js'
import type { LabelledSentence } from '../formats/conll.js'
import type { Lexicon } from '../lexicon/lexicon.js'
import type { PhraseSet } from '../lexicon/phrases.js'
import { FeatureIndex } from './feature-index.js'

/** Lists of lists of integers in two flat arrays: list `i` is `data[start[i] .. start[i + 1])`. */
export interface Lists {
  readonly start: Int32Array
  readonly data: Int32Array
}

/** A training set as integers. Features of a token: those of the types around it, and its own context features. */
export interface EncodedCorpus {
  /** Type of each token, all sentences in a row. */
  readonly types: Int32Array
  readonly labels: Uint8Array
  /** First token of each sentence, and the number of tokens at the end. */
  readonly sentences: Int32Array
  /** For each offset -WINDOW .. WINDOW, the features of each type. */
  readonly typeFeatures: readonly Lists[]
  readonly contextFeatures: Lists
  /** Hash of each feature by its number. */
  readonly featureHashes: Uint32Array
}

/** Knowledge that features draw upon. */
export interface Resources {
  readonly lexicon: Lexicon
  readonly phrases: PhraseSet
}

export interface EncodeOptions {
  /** Rarer type features and context features are dropped. */
  readonly minimumCount: number
}

/** Collects, counts, cuts and numbers the features of a corpus. */
export function encodeCorpus(
  sentences: readonly LabelledSentence[],
  resources: Resources,
  options: EncodeOptions,
): EncodedCorpus {
  const index = new FeatureIndex(1 << 22)
  const types = new Map<string, number>()
  const words: WordType[] = []
  const frequency: number[] = []
  const tokenTypes: number[] = []
  const starts: number[] = [0]
  for (const sentence of sentences) {
    for (const word of sentence.words) {
      let type = types.get(word)
      if (type === undefined) {
        type = words.length
        types.set(word, type)
        words.push(new WordType(word, resources.lexicon))
        frequency.push(0)
      }
      frequency[type]!++
      tokenTypes.push(type)
    }
    starts.push(tokenTypes.length)
  }
  const offsets = Array.from({ length: 2 * WINDOW + 1 }, (_, i) => i - WINDOW)
  for (const [type, word] of words.entries()) {
    for (const offset of offsets) word.features(offset, (feature) => index.count(feature, frequency[type]!))
  }
  const facts = new SentenceFacts()
  const eachContext = (emit: (feature: number) => void, ended: () => void): void => {
    for (let s = 0; s < sentences.length; s++) {
      facts.reset(starts[s + 1]! - starts[s]!)
      for (let at = 0; at < facts.length; at++) facts.set(at, words[tokenTypes[starts[s]! + at]!]!.facts)
      facts.complete(resources.phrases)
      for (let at = 0; at < facts.length; at++) {
        contextFeatures(facts, at, emit)
        ended()
      }
    }
  }
  eachContext(
    (feature) => index.count(feature, 1),
    () => {},
  )
  const featureHashes = index.freeze(options.minimumCount)
  const context = new ListsBuilder()
  eachContext(
    (feature) => context.add(index.find(feature)),
    () => context.end(),
  )
  const labels = new Uint8Array(tokenTypes.length)
  for (const [s, sentence] of sentences.entries()) labels.set(sentence.labels, starts[s]!)
  return {
    types: Int32Array.from(tokenTypes),
    labels,
    sentences: Int32Array.from(starts),
    typeFeatures: offsets.map((offset) => {
      const lists = new ListsBuilder()
      for (const word of words) {
        word.features(offset, (feature) => lists.add(index.find(feature)))
        lists.end()
      }
      return lists.build()
    }),
    contextFeatures: context.build(),
    featureHashes,
  }
}

/** Builds Lists one number after the other; negative numbers (features cut off) are left out. */
class ListsBuilder {
  private data = new Int32Array(1 << 16)
  private size = 0
  private readonly starts: number[] = [0]

  add(value: number): void {
    if (value < 0) return
    if (this.size === this.data.length) {
      const grown = new Int32Array(this.size * 2)
      grown.set(this.data)
      this.data = grown
    }
    this.data[this.size++] = value
  }

  end(): void {
    this.starts.push(this.size)
  }

  build(): Lists {
    return { start: Int32Array.from(this.starts), data: this.data.slice(0, this.size) }
  }
}
