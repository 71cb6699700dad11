import type { Container, SectionView } from '../binary/container.js'

/** Largest element. */
const MOST = 127

/** A matrix of weights, a byte an element with a whole factor for each column, in units that its owner knows. */
export class ByteMatrix {
  private readonly values: Int8Array
  private readonly factors: Int16Array

  private constructor(values: Int8Array, factors: Int16Array) {
    this.values = values
    this.factors = factors
  }

  static fromContainer(container: Container, name: string): ByteMatrix {
    return new ByteMatrix(container.section(name, 'i8'), container.section(`${name}Factors`, 'i16'))
  }

  toSections(name: string): Record<string, SectionView> {
    return { [name]: this.values, [`${name}Factors`]: this.factors }
  }

  /** @param matrix `rows x columns` whole numbers of 16 bits */
  static quantise(matrix: Int16Array, columns: number): ByteMatrix {
    const values = new Int8Array(matrix.length)
    const factors = new Int16Array(columns)
    for (let column = 0; column < columns; column++) {
      let largest = 0
      for (let at = column; at < matrix.length; at += columns)
        largest = Math.max(largest, Math.abs(matrix[at]!))
      const factor = Math.max(1, Math.ceil(largest / MOST))
      factors[column] = factor
      for (let at = column; at < matrix.length; at += columns) values[at] = Math.round(matrix[at]! / factor)
    }
    return new ByteMatrix(values, factors)
  }

  /** The matrix in 16-bit integers. */
  expand(): Int16Array {
    const { values, factors } = this
    const columns = factors.length
    return Int16Array.from(values, (value, at) => value * factors[at % columns]!)
  }
}
