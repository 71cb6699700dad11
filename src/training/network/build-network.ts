import { HashIndex } from '../../binary/hash-index.js'
import { FeatureEmbeddings } from '../../network/feature-embeddings.js'
import type { DirectionTables, NetworkModel } from '../../network/network-model.js'
import type { WordVectors } from '../../network/word-vectors.js'
import type { NetworkOptions, NetworkWeights } from './network-trainer.js'

/** Largest 16-bit integer. */
const MOST = 32767
/** Finer units than this are not needed. */
const FINEST = 1 << 11

/**
 * Trained weights in the form that ships: embeddings of three bits, matrices of 16-bit integers.
 * @param hashes feature hashes in the order of the embeddings' rows, ascending
 */
export function buildNetwork(
  weights: NetworkWeights,
  hashes: Uint32Array,
  vectors: WordVectors,
  vectorBytes: number,
  options: NetworkOptions,
): NetworkModel {
  const { embedding, projection, hidden } = options
  const { forward, backward, output } = weights
  const weightScale = scaleFor([forward.input, forward.recurrent, backward.input, backward.recurrent, output])
  const integers = (matrix: Float32Array): Int16Array =>
    Int16Array.from(matrix, (value) => Math.round(value * weightScale))
  const direction = ({ input, recurrent, bias }: NetworkWeights['forward']): DirectionTables => ({
    input: integers(input),
    recurrent: integers(recurrent),
    bias,
  })
  return {
    sizes: { embedding, projection, hidden, vectorBytes, weightScale },
    features: HashIndex.build(hashes),
    embeddings: FeatureEmbeddings.quantise(weights.embeddings, embedding),
    phrases: weights.phrases,
    quoted: weights.quoted,
    vectors,
    projection: weights.projection,
    forward: direction(forward),
    backward: direction(backward),
    output: integers(output),
    outputBias: weights.outputBias,
    transitions: weights.transitions,
  }
}

/** The finest power of two by which all weights fit into 16 bits. */
function scaleFor(matrices: readonly Float32Array[]): number {
  let largest = 0
  for (const matrix of matrices) for (const value of matrix) largest = Math.max(largest, Math.abs(value))
  let scale = FINEST
  while (largest * scale > MOST) scale /= 2
  return scale
}
