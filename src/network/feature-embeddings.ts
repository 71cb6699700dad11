import type { Container, SectionView } from '../binary/container.js'

/** Values of a nibble are -LARGEST .. LARGEST. */
const LARGEST = 7
/** Zero point of a nibble. */
const ZERO = 8
/** 2^(1/16): scales grow by this from one code to the next. */
const STEP = 1.0442737824274138
/** Scale of code 0. */
const SMALLEST = 2 ** -14

/** Scale of each code. */
const SCALES = new Float32Array(256)
for (let code = 0, scale = SMALLEST; code < 256; code++, scale *= STEP) SCALES[code] = scale

/**
 * Embeddings of four bits an element with a scale of a byte for each row. Half a byte is enough: a word's input is the sum of some
 * forty rows, whose rounding errors mostly cancel each other, and the network has learned to do without any of them.
 */
export class FeatureEmbeddings {
  readonly rows: number
  private readonly nibbles: Uint8Array
  private readonly scaleCodes: Uint8Array
  private readonly size: number

  /**
   * @param nibbles `rows x size / 2`, the first of two elements in the lower half of a byte
   * @param size elements of a row, even
   */
  constructor(nibbles: Uint8Array, scaleCodes: Uint8Array, size: number) {
    this.nibbles = nibbles
    this.scaleCodes = scaleCodes
    this.size = size
    this.rows = scaleCodes.length
  }

  static fromContainer(container: Container, size: number): FeatureEmbeddings {
    return new FeatureEmbeddings(
      container.section('network.embeddings', 'u8'),
      container.section('network.embeddingScale', 'u8'),
      size,
    )
  }

  /** @param values `rows x size` */
  static quantise(values: Float32Array, size: number): FeatureEmbeddings {
    const rows = values.length / size
    const nibbles = new Uint8Array((rows * size) / 2)
    const scaleCodes = new Uint8Array(rows)
    for (let row = 0; row < rows; row++) {
      let largest = 0
      for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(values[row * size + i]!))
      let code = 0
      while (code < 255 && SCALES[code]! * LARGEST < largest) code++
      scaleCodes[row] = code
      for (let i = 0; i < size; i++) {
        const units = Math.round(values[row * size + i]! / SCALES[code]!)
        const nibble = Math.max(-LARGEST, Math.min(LARGEST, units)) + ZERO
        nibbles[(row * size + i) >> 1]! |= i % 2 === 0 ? nibble : nibble << 4
      }
    }
    return new FeatureEmbeddings(nibbles, scaleCodes, size)
  }

  toSections(): Record<string, SectionView> {
    return { 'network.embeddings': this.nibbles, 'network.embeddingScale': this.scaleCodes }
  }

  /** Adds a row to `target[0 .. size)`. */
  add(row: number, target: Float32Array): void {
    const { size, nibbles } = this
    const scale = SCALES[this.scaleCodes[row]!]!
    let at = (row * size) >> 1
    for (let i = 0; i < size; i += 2) {
      const pair = nibbles[at++]!
      target[i]! += ((pair & 15) - ZERO) * scale
      target[i + 1]! += ((pair >> 4) - ZERO) * scale
    }
  }
}
