import { SentenceFacts } from '../../features/sentence-facts.js'
import { TypeTable } from '../../features/type-table.js'
import { WordType } from '../../features/word-type.js'
import type { LabelledSentence } from '../../formats/conll.js'
import type { Lexicon } from '../../lexicon/lexicon.js'
import type { PhraseSet } from '../../lexicon/phrases.js'
import type { WordVectors } from '../../network/word-vectors.js'
import { segmentBounds } from '../../tagger/segments.js'
import { type Lists, ListsBuilder } from '../lists.js'
import { LONGEST_SEQUENCE, type NetworkCorpus } from './network-trainer.js'

/** Knowledge that the network's inputs draw upon. */
export interface Resources {
  readonly lexicon: Lexicon
  readonly phrases: PhraseSet
  readonly vectors: WordVectors
}

/** Sentences that follow each other in one text; a single one where nothing is known of its neighbours. */
export type LabelledText = readonly LabelledSentence[]

export interface EncodedCorpus extends NetworkCorpus {
  /** Hash of each feature by its number, ascending. */
  readonly featureHashes: Uint32Array
}

/** Texts of one kind. */
export interface TrainingTexts {
  readonly texts: readonly LabelledText[]
  /** How often they are read in each settling epoch: 0 where they were annotated by rules that differ from those of the main data. */
  readonly settling: number
}

/** A feature of one word type alone tells the network nothing that the type's vector does not. */
const LEAST_TYPES = 2

/**
 * Texts as sequences of word types, cut as in use: neighbouring sentences together.
 * @param minimumCount features of fewer tokens are dropped
 */
export function encodeTexts(
  corpora: Iterable<TrainingTexts>,
  resources: Resources,
  minimumCount: number,
): EncodedCorpus {
  const types = new Map<string, number>()
  const words: WordType[] = []
  const frequency: number[] = []
  const tokens = {
    types: [] as number[],
    phrases: [] as number[],
    quoted: [] as number[],
    labels: [] as number[],
  }
  const sequences: number[] = [0]
  const settlings: number[] = []
  const table = new TypeTable()
  const facts = new SentenceFacts()
  for (const { text, settling } of textsOf(corpora)) {
    const starts = [0]
    for (const { words } of text) starts.push(starts[starts.length - 1]! + words.length)
    const all = text.flatMap((sentence) => sentence.words)
    const labels = text.flatMap((sentence) => Array.from(sentence.labels))
    const bounds = splitLong(segmentBounds(starts))
    for (let segment = 0; segment < bounds.length - 1; segment++) {
      const from = bounds[segment]!
      const length = bounds[segment + 1]! - from
      const first = tokens.types.length
      for (let at = 0; at < length; at++) {
        const word = all[from + at]!
        let type = types.get(word)
        if (type === undefined) {
          type = words.length
          types.set(word, type)
          words.push(new WordType(word, resources.lexicon))
          table.push(words[type]!.facts, resources.phrases)
          frequency.push(0)
        }
        frequency[type]!++
        tokens.types.push(type)
        tokens.labels.push(labels[from + at]!)
      }
      facts.read(Int32Array.from(tokens.types.slice(first)), 0, length, table, resources.phrases)
      for (let at = 0; at < length; at++) {
        tokens.phrases.push(facts.phrase[at]!)
        tokens.quoted.push(facts.quoted[at]!)
      }
      sequences.push(tokens.types.length)
      settlings.push(settling)
    }
  }
  const { features, hashes } = numberFeatures(words, frequency, minimumCount)
  const size = resources.vectors.dimensions
  const vectors = new Float32Array(words.length * size)
  for (const [type, word] of words.entries()) resources.vectors.copy(word.facts.vector, vectors, type * size)
  return {
    types: Int32Array.from(tokens.types),
    phrases: Uint8Array.from(tokens.phrases),
    quoted: Uint8Array.from(tokens.quoted),
    labels: Uint8Array.from(tokens.labels),
    sequences: Int32Array.from(sequences),
    settling: Uint8Array.from(settlings),
    features,
    featureCount: hashes.length,
    featureHashes: hashes,
    vectors,
    vectorSize: size,
  }
}

function* textsOf(corpora: Iterable<TrainingTexts>): Generator<{ text: LabelledText; settling: number }> {
  for (const { texts, settling } of corpora) for (const text of texts) yield { text, settling }
}

/** Pieces of at most the longest sequence of training. */
function splitLong(bounds: readonly number[]): number[] {
  const pieces = [bounds[0]!]
  for (const bound of bounds.slice(1)) {
    while (bound - pieces[pieces.length - 1]! > LONGEST_SEQUENCE)
      pieces.push(pieces[pieces.length - 1]! + LONGEST_SEQUENCE)
    pieces.push(bound)
  }
  return pieces
}

/** Numbers the features that occur often enough by their hash, and lists those of each type. */
function numberFeatures(
  words: readonly WordType[],
  frequency: readonly number[],
  minimumCount: number,
): { features: Lists; hashes: Uint32Array } {
  const tokens = new Map<number, number>()
  const types = new Map<number, number>()
  for (const [type, word] of words.entries()) {
    word.features((feature) => {
      tokens.set(feature, (tokens.get(feature) ?? 0) + frequency[type]!)
      types.set(feature, (types.get(feature) ?? 0) + 1)
    })
  }
  const kept: number[] = []
  for (const [feature, count] of tokens)
    if (count >= minimumCount && types.get(feature)! >= LEAST_TYPES) kept.push(feature >>> 0)
  const hashes = Uint32Array.from(kept).sort()
  const numbers = new Map(Array.from(hashes, (hash, number) => [hash, number]))
  const lists = new ListsBuilder()
  for (const word of words) {
    word.features((feature) => lists.add(numbers.get(feature >>> 0) ?? -1))
    lists.end()
  }
  return { features: lists.build(), hashes }
}
