import type { Container, SectionView } from '../binary/container.js'
import { ByteMatrix } from './byte-matrix.js'

/** Sizes and constants of a quasi-recurrent network, as the model's header repeats them. */
export interface QuasiRecurrentSizes {
  /** Cells of each direction. */
  readonly hidden: number
  /** Units of the dense layer between cells and labels. */
  readonly dense: number
  /** Units of the integer weights, a power of two. */
  readonly weightScale: number
  /** What scores are divided by before they become probabilities; chosen on the development splits. */
  readonly temperature: number
}

/** Sums before the activations are 16-bit integers in units of `1 / SUM_SCALE`, as in assembly/quasi.ts. */
export const SUM_SCALE = 1 << 10

/** Places of the window: left neighbour, token, right neighbour. */
export const WINDOW = 3

/** Columns of one place of the window: forget gate and candidate of each direction, and the dense layer. */
export function columnsOf({ hidden, dense }: Pick<QuasiRecurrentSizes, 'hidden' | 'dense'>): number {
  return 4 * hidden + dense
}

/** Weights of the network; integers in units of `1 / weightScale`. */
export interface QuasiRecurrentModel {
  readonly sizes: QuasiRecurrentSizes
  /** `input x (WINDOW x columns)` */
  readonly input: ByteMatrix
  /** `CONTEXTS x columns`, the constants included, in units of `1 / SUM_SCALE`. */
  readonly contexts: Int16Array
  /** `2H x M`, from the cells to the dense layer. */
  readonly dense: ByteMatrix
  /** `M x OUTPUT_ROW`, and `OUTPUT_ROW`. */
  readonly output: Int16Array
  readonly outputBias: Float32Array
  /** `[from * L + to]`. */
  readonly transitions: Float32Array
}

export function quasiRecurrentFromContainer(
  container: Container,
  sizes: QuasiRecurrentSizes,
): QuasiRecurrentModel {
  return {
    sizes,
    input: ByteMatrix.fromContainer(container, 'fast.input'),
    contexts: container.section('fast.contexts', 'i16'),
    dense: ByteMatrix.fromContainer(container, 'fast.dense'),
    output: container.section('fast.output', 'i16'),
    outputBias: container.section('fast.outputBias', 'f32'),
    transitions: container.section('fast.transitions', 'f32'),
  }
}

export function quasiRecurrentSections(model: QuasiRecurrentModel): Record<string, SectionView> {
  return {
    ...model.input.toSections('fast.input'),
    'fast.contexts': model.contexts,
    ...model.dense.toSections('fast.dense'),
    'fast.output': model.output,
    'fast.outputBias': model.outputBias,
    'fast.transitions': model.transitions,
  }
}
