import type { Container, SectionView } from '../binary/container.js'

/** Elements are packed by eight into three bytes. */
const GROUP = 8
const GROUP_BYTES = 3
/** Levels of an element: -3.5, -2.5 .. 3.5 times the scale of its row. */
const LEVELS = 8
const LOWEST = -3.5
/** 2^(1/16): scales grow by this from one code to the next. */
const STEP = 1.0442737824274138
/** Scale of code 0. */
const SMALLEST = 2 ** -14

/** Scale of each code. */
const SCALES = new Float32Array(256)
for (let code = 0, scale = SMALLEST; code < 256; code++, scale *= STEP) SCALES[code] = scale

/**
 * Embeddings of three bits an element with a scale of a byte for each row. So little is enough: a word's input is the sum of some
 * forty rows, whose rounding errors mostly cancel each other, and the network has learned to do without any of them.
 */
export class FeatureEmbeddings {
  readonly rows: number
  /** `rows x size / 8 x 3` bytes, the first of eight elements in the lowest bits. */
  readonly packed: Uint8Array
  private readonly scaleCodes: Uint8Array
  private readonly size: number

  /** @param size elements of a row, a multiple of 8 */
  constructor(packed: Uint8Array, scaleCodes: Uint8Array, size: number) {
    this.packed = packed
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
    const packed = new Uint8Array((rows * size * GROUP_BYTES) / GROUP)
    const scaleCodes = new Uint8Array(rows)
    for (let row = 0; row < rows; row++) {
      const exact = values.subarray(row * size, (row + 1) * size)
      const code = bestScale(exact)
      scaleCodes[row] = code
      let at = (row * size * GROUP_BYTES) / GROUP
      for (let i = 0; i < size; i += GROUP) {
        let bits = 0
        for (let j = GROUP - 1; j >= 0; j--) bits = (bits << 3) | levelOf(exact[i + j]!, SCALES[code]!)
        packed[at++] = bits
        packed[at++] = bits >> 8
        packed[at++] = bits >> 16
      }
    }
    return new FeatureEmbeddings(packed, scaleCodes, size)
  }

  toSections(): Record<string, SectionView> {
    return { 'network.embeddings': this.packed, 'network.embeddingScale': this.scaleCodes }
  }

  /** What the levels of a row are multiplied by. */
  scaleOf(row: number): number {
    return SCALES[this.scaleCodes[row]!]!
  }

  /** Adds a row to `target[0 .. size)`; inputs are added up by the kernels, which do the same to eight elements at a time. */
  add(row: number, target: Float32Array): void {
    const { size, packed } = this
    const scale = this.scaleOf(row)
    let at = (row * size * GROUP_BYTES) / GROUP
    for (let i = 0; i < size; i += GROUP) {
      let bits = packed[at]! | (packed[at + 1]! << 8) | (packed[at + 2]! << 16)
      at += GROUP_BYTES
      for (let j = 0; j < GROUP; j++) {
        target[i + j]! += ((bits & (LEVELS - 1)) + LOWEST) * scale
        bits >>= 3
      }
    }
  }
}

function levelOf(value: number, scale: number): number {
  return Math.max(0, Math.min(LEVELS - 1, Math.round(value / scale - LOWEST)))
}

/** Smallest and largest share of a row's largest element that its outermost level may have. */
const LEAST_REACH = 0.6
const MOST_REACH = 1

/** Scale of the least squared error: a few large elements may be cut for the sake of all others. */
function bestScale(row: Float32Array): number {
  let largest = 0
  for (const value of row) largest = Math.max(largest, Math.abs(value))
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let code = 0; code < SCALES.length; code++) {
    const scale = SCALES[code]!
    const reach = scale * -LOWEST
    if (code > 0 && code < SCALES.length - 1 && reach < LEAST_REACH * largest) continue
    let error = 0
    for (const value of row) {
      const difference = value - (levelOf(value, scale) + LOWEST) * scale
      error += difference * difference
    }
    if (error < least) {
      least = error
      best = code
    }
    if (reach > MOST_REACH * largest) break
  }
  return best
}
