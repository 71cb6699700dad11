import type { Container, SectionView } from '../binary/container.js'

/** Centroids of a part: one byte chooses among them. */
export const CENTROIDS = 256

/**
 * Word vectors in a byte for every few dimensions: the vector is cut into parts, each part is the nearest of 256 centroids.
 *
 * Jegou, Douze, Schmid, "Product quantization for nearest neighbor search", 2011.
 */
export class WordVectors {
  readonly dimensions: number
  readonly rows: number
  private readonly codes: Uint8Array
  /** `parts x CENTROIDS x partWidth` */
  readonly centroids: Float32Array
  /** Bytes of a vector. */
  readonly parts: number
  /** Dimensions of a part. */
  readonly partWidth: number

  /**
   * @param codes `rows x parts`
   * @param centroids `parts x 256 x width`, where `parts * width` is the number of dimensions
   * @param parts bytes of a vector
   */
  constructor(codes: Uint8Array, centroids: Float32Array, parts: number) {
    this.codes = codes
    this.centroids = centroids
    this.parts = parts
    this.partWidth = centroids.length / (parts * CENTROIDS)
    this.dimensions = parts * this.partWidth
    this.rows = codes.length / parts
  }

  static fromContainer(container: Container, parts: number): WordVectors {
    return new WordVectors(
      container.section('vectors.codes', 'u8'),
      container.section('vectors.centroids', 'f32'),
      parts,
    )
  }

  toSections(): Record<string, SectionView> {
    return { 'vectors.codes': this.codes, 'vectors.centroids': this.centroids }
  }

  /**
   * Writes the numbers of a row's centroids, counted over all parts, to `target`.
   * @returns how many: none for a row that does not exist
   */
  centroidsOf(row: number, target: Int32Array): number {
    const { parts, codes } = this
    if (row < 0 || row >= this.rows) return 0
    for (let part = 0; part < parts; part++) target[part] = part * CENTROIDS + codes[row * parts + part]!
    return parts
  }

  /** Writes the vector of a row to `target[offset ..]`; zeros for a row that does not exist. */
  copy(row: number, target: Float32Array, offset: number): void {
    const { parts, partWidth: width, codes, centroids } = this
    if (row < 0 || row >= this.rows) {
      target.fill(0, offset, offset + this.dimensions)
      return
    }
    for (let part = 0; part < parts; part++) {
      const from = (part * CENTROIDS + codes[row * parts + part]!) * width
      for (let i = 0; i < width; i++) target[offset + part * width + i] = centroids[from + i]!
    }
  }
}

/**
 * Products of all centroids with a matrix, so that the product of a vector is the sum of a row for each of its parts.
 * @param matrix `dimensions x width`
 * @returns `parts x CENTROIDS x width`
 */
export function projectCentroids(
  { centroids, parts, partWidth, dimensions }: WordVectors,
  matrix: Float32Array,
): Float32Array {
  const width = matrix.length / dimensions
  const products = new Float32Array(parts * CENTROIDS * width)
  for (let row = 0; row < parts * CENTROIDS; row++) {
    const first = Math.floor(row / CENTROIDS) * partWidth
    for (let d = 0; d < partWidth; d++) {
      const value = centroids[row * partWidth + d]!
      const from = (first + d) * width
      for (let i = 0; i < width; i++) products[row * width + i]! += value * matrix[from + i]!
    }
  }
  return products
}
