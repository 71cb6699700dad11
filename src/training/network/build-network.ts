import { HashIndex } from '../../binary/hash-index.js'
import { ByteMatrix } from '../../network/byte-matrix.js'
import { FeatureEmbeddings } from '../../network/feature-embeddings.js'
import type { DirectionTables, NetworkModel } from '../../network/network-model.js'
import type { WordVectors } from '../../network/word-vectors.js'
import { integers, scaleFor } from './integers.js'
import type { NetworkOptions, NetworkWeights } from './network-trainer.js'

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
  const direction = ({ input, recurrent, bias }: NetworkWeights['forward']): DirectionTables => ({
    input: ByteMatrix.quantise(integers(input, weightScale), 4 * hidden),
    recurrent: ByteMatrix.quantise(integers(recurrent, weightScale), 4 * hidden),
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
    output: integers(output, weightScale),
    outputBias: weights.outputBias,
    transitions: weights.transitions,
  }
}
