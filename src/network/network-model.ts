import type { Container, SectionView } from '../binary/container.js'
import { HashIndex } from '../binary/hash-index.js'
import { ByteMatrix } from './byte-matrix.js'
import { FeatureEmbeddings } from './feature-embeddings.js'
import { WordVectors } from './word-vectors.js'

/** Sizes of a network, as the model's header repeats them. */
export interface NetworkSizes {
  /** Elements of a feature's embedding. */
  readonly embedding: number
  /** Elements of a projected word vector. */
  readonly projection: number
  /** Units of each direction. */
  readonly hidden: number
  /** Bytes of a quantised word vector. */
  readonly vectorBytes: number
  /** Units of the integer weights, a power of two. */
  readonly weightScale: number
}

/**
 * Weights of one direction: `input x 4H`, `H x 4H` and `4H`, row-major; gates in the order input, forget, output, candidate.
 * Integers are in units of `1 / weightScale`.
 */
export interface DirectionTables {
  readonly input: ByteMatrix
  readonly recurrent: ByteMatrix
  readonly bias: Float32Array
}

/** All weights of the network as zero-copy views. */
export interface NetworkModel {
  readonly sizes: NetworkSizes
  /** Number of each feature by its hash. */
  readonly features: HashIndex
  /** Embeddings of the features, three bits an element; see `FeatureEmbeddings`. */
  readonly embeddings: FeatureEmbeddings
  /** `codes x embedding`: what the phrase code of a token adds. */
  readonly phrases: Float32Array
  /** `2 x embedding`: outside and inside of quotation marks. */
  readonly quoted: Float32Array
  readonly vectors: WordVectors
  /** `vector dimensions x projection`. */
  readonly projection: Float32Array
  readonly forward: DirectionTables
  readonly backward: DirectionTables
  /** `2H x OUTPUT_ROW`, and `OUTPUT_ROW`. */
  readonly output: Int16Array
  readonly outputBias: Float32Array
  /** `[from * L + to]`. */
  readonly transitions: Float32Array
}

export function networkFromContainer(container: Container, sizes: NetworkSizes): NetworkModel {
  const floats = (name: string): Float32Array => container.section(`network.${name}`, 'f32')
  const direction = (name: string): DirectionTables => ({
    input: ByteMatrix.fromContainer(container, `network.${name}.input`),
    recurrent: ByteMatrix.fromContainer(container, `network.${name}.recurrent`),
    bias: floats(`${name}.bias`),
  })
  return {
    sizes,
    features: new HashIndex(
      container.section('network.features.buckets', 'u32'),
      container.section('network.features.low', 'u16'),
    ),
    embeddings: FeatureEmbeddings.fromContainer(container, sizes.embedding),
    phrases: floats('phrases'),
    quoted: floats('quoted'),
    vectors: WordVectors.fromContainer(container, sizes.vectorBytes),
    projection: floats('projection'),
    forward: direction('forward'),
    backward: direction('backward'),
    output: container.section('network.output', 'i16'),
    outputBias: floats('outputBias'),
    transitions: floats('transitions'),
  }
}

export function networkSections(model: NetworkModel): Record<string, SectionView> {
  const direction = (name: 'forward' | 'backward'): Record<string, SectionView> => ({
    ...model[name].input.toSections(`network.${name}.input`),
    ...model[name].recurrent.toSections(`network.${name}.recurrent`),
    [`network.${name}.bias`]: model[name].bias,
  })
  return {
    'network.features.buckets': model.features.buckets,
    'network.features.low': model.features.low,
    ...model.embeddings.toSections(),
    'network.phrases': model.phrases,
    'network.quoted': model.quoted,
    ...model.vectors.toSections(),
    'network.projection': model.projection,
    ...direction('forward'),
    ...direction('backward'),
    'network.output': model.output,
    'network.outputBias': model.outputBias,
    'network.transitions': model.transitions,
  }
}
