import type { WordType } from '../features/word-type.js'
import type { NetworkModel } from './network-model.js'
import { ProjectedVectors } from './projected-vectors.js'

/** Inputs are 16-bit integers in units of `1 / INPUT_SCALE`. */
export const INPUT_SCALE = 1 << 10
const MOST = 32767

/** A number as an input of the network. */
export function toInput(value: number): number {
  return Math.max(-MOST, Math.min(MOST, Math.round(value * INPUT_SCALE)))
}

/**
 * The network's input for a word type: the sum of its features' embeddings over the square root of their number, and its projected
 * word vector. It depends on the word alone, so it is computed once a type.
 */
export class TypeInputs {
  /** Elements of an input. */
  readonly size: number
  private readonly model: NetworkModel
  private readonly vectors: ProjectedVectors
  private readonly sums: Float32Array
  private readonly projected: Float64Array

  constructor(model: NetworkModel) {
    this.model = model
    this.size = model.sizes.embedding + model.sizes.projection
    this.vectors = new ProjectedVectors(model.vectors, model.projection)
    this.sums = new Float32Array(model.sizes.embedding)
    this.projected = new Float64Array(model.sizes.projection)
  }

  /** Writes the input of a type to `target[offset .. offset + size)`. */
  write(word: WordType, target: Int16Array, offset: number): void {
    const { model, sums, projected } = this
    const { embedding, projection } = model.sizes
    sums.fill(0)
    let count = 0
    word.features((feature) => {
      const row = model.features.find(feature)
      if (row < 0) return
      count++
      model.embeddings.add(row, sums)
    })
    const scale = 1 / Math.sqrt(Math.max(1, count))
    for (let i = 0; i < embedding; i++) target[offset + i] = toInput(sums[i]! * scale)
    projected.fill(0)
    this.vectors.add(word.facts.vector, projected)
    for (let i = 0; i < projection; i++) target[offset + embedding + i] = toInput(projected[i]!)
  }
}
