import { CENTROIDS, type WordVectors } from './word-vectors.js'

/**
 * Word vectors times a matrix: each centroid is multiplied once, when the model is opened, so that a word's product is the sum of a
 * row for each part of its vector.
 */
export class ProjectedVectors {
  private readonly vectors: WordVectors
  private readonly width: number
  /** `parts x CENTROIDS x width` */
  private readonly products: Float32Array

  /** @param matrix `dimensions x width` */
  constructor(vectors: WordVectors, matrix: Float32Array) {
    const width = matrix.length / vectors.dimensions
    this.vectors = vectors
    this.width = width
    this.products = new Float32Array(vectors.parts * CENTROIDS * width)
    const { centroids, partWidth } = vectors
    for (let row = 0; row < vectors.parts * CENTROIDS; row++) {
      const first = Math.floor(row / CENTROIDS) * partWidth
      for (let d = 0; d < partWidth; d++) {
        const value = centroids[row * partWidth + d]!
        const from = (first + d) * width
        for (let i = 0; i < width; i++) this.products[row * width + i]! += value * matrix[from + i]!
      }
    }
  }

  /** Adds the product of the vector of a row to `target[0 .. width)`; nothing for a row that does not exist. */
  add(row: number, target: Float64Array): void {
    const { vectors, width, products } = this
    if (row < 0 || row >= vectors.rows) return
    const { codes, parts } = vectors
    for (let part = 0; part < parts; part++) {
      const from = (part * CENTROIDS + codes[row * parts + part]!) * width
      for (let i = 0; i < width; i++) target[i]! += products[from + i]!
    }
  }
}
