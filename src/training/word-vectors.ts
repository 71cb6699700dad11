import { CorpusError } from '../errors.js'
import type { Lexicon } from '../lexicon/lexicon.js'

/** One unit of a stored element; vectors are about two long then, as the network likes them. */
const UNIT = 1 / 127

/**
 * Vectors of the lexicon's words, `rows x dimensions`; zeros for words without one.
 * @param vocabulary a word a line, in the order of the rows of `bytes`
 * @param bytes signed bytes, row-major
 */
export function readWordVectors(lexicon: Lexicon, vocabulary: string, bytes: Uint8Array): Float32Array {
  const words = vocabulary.split('\n').filter((line) => line !== '')
  const dimensions = bytes.length / words.length
  if (!Number.isInteger(dimensions))
    throw new CorpusError(
      `${bytes.length} bytes of vectors do not belong to ${words.length} words: expected a multiple. Check that both files are of one version.`,
    )
  const vectors = new Float32Array(lexicon.vectorRows * dimensions)
  for (const [index, line] of words.entries()) {
    const row = lexicon.rowOf(line.split(/[\t ]/, 1)[0]!)
    if (row < 0) continue
    for (let i = 0; i < dimensions; i++)
      vectors[row * dimensions + i] = ((bytes[index * dimensions + i]! << 24) >> 24) * UNIT
  }
  return vectors
}
