import type { Arena, Block } from './arena.js'
import type { Kernel } from './kernel.js'
import { packPanels } from './packed-matrix.js'
import { columnsOf, type QuasiRecurrentModel, SUM_SCALE, WINDOW } from './quasi-recurrent-model.js'
import { type Batch, CONTEXTS, OUTPUT_ROW, SCORE_SCALE, type Scorer } from './scorer.js'
import { INPUT_SCALE } from './type-inputs.js'
import { TypeSlots } from './type-slots.js'

/** Types whose products are computed in one go. */
const NEW_TYPES = 128
/** Cells are 16-bit integers in units of `1 / CELL_SCALE`, as in assembly/quasi.ts. */
const CELL_SCALE = 1 << 13
/** Units of the dense layer's values. */
const DENSE_SCALE = 1 << 11

/**
 * A bidirectional quasi-recurrent network with a window of three tokens: cells forget and take in by gates that depend on the words
 * alone, not on the cells before. So all products with a word are computed once a type, and a token in running text costs additions,
 * a few activations and one small dense layer.
 *
 * Bradbury, Merity, Xiong and Socher, "Quasi-recurrent neural networks", 2017, with fo-pooling less the output gate.
 */
export class QuasiRecurrent implements Scorer {
  readonly transitions: Float32Array
  readonly temperature: number
  readonly outputs: Int32Array
  private readonly kernel: Kernel
  private readonly model: QuasiRecurrentModel
  private readonly size: number
  /** Columns of all places of the window. */
  private readonly width: number
  private readonly slots: TypeSlots
  /** Slot of zeros, behind all others. */
  private readonly none: number
  private readonly weights: Block
  private readonly inputsBlock: Block
  private readonly inputs: Int16Array
  private readonly sumsBlock: Block
  private readonly sums: Float32Array
  /** `(none + 1) x width` */
  private readonly products: Block
  /** `CONTEXTS x columns` */
  private readonly contexts: Block
  /** `capacity x columns` */
  private readonly gathered: Block
  private readonly cell: Block
  private readonly cells: Block
  private readonly denseWeights: Block
  private readonly denseBlock: Block
  private readonly rectified: Block
  private readonly outputWeights: Block
  private readonly scores: Block
  private readonly scoreValues: Float32Array
  /** `capacity x OUTPUT_ROW`, the same in every row. */
  private readonly biases: Float32Array
  private readonly outputsBlock: Block
  private readonly slotsBlock: Block
  private readonly slotNumbers: Int32Array
  private readonly contextsBlock: Block
  private readonly contextNumbers: Int32Array

  /**
   * @param size elements of a type's input
   * @param capacity most tokens of a batch
   * @param slots types whose products are kept, two bytes an element
   */
  constructor(
    arena: Arena,
    kernel: Kernel,
    model: QuasiRecurrentModel,
    size: number,
    capacity: number,
    slots: number,
  ) {
    const { hidden, dense } = model.sizes
    const columns = columnsOf(model.sizes)
    this.kernel = kernel
    this.model = model
    this.slots = new TypeSlots(slots)
    this.none = slots
    this.size = size
    this.width = WINDOW * columns
    this.transitions = model.transitions
    this.temperature = model.sizes.temperature
    this.weights = arena.reserve16(size * this.width)
    this.inputsBlock = arena.reserve16(NEW_TYPES * size)
    this.sumsBlock = arena.reserve(NEW_TYPES * this.width)
    this.contexts = arena.reserve16(CONTEXTS * columns)
    this.gathered = arena.reserve16(capacity * columns)
    this.cell = arena.reserve16(hidden)
    this.cells = arena.reserve16(capacity * 2 * hidden)
    this.denseWeights = arena.reserve16(2 * hidden * dense)
    this.denseBlock = arena.reserve(capacity * dense)
    this.rectified = arena.reserve16(capacity * dense)
    this.outputWeights = arena.reserve16(dense * OUTPUT_ROW)
    this.scores = arena.reserve(capacity * OUTPUT_ROW)
    this.outputsBlock = arena.reserve(capacity * OUTPUT_ROW)
    this.slotsBlock = arena.reserve(capacity)
    this.contextsBlock = arena.reserve(capacity)
    this.products = arena.reserve16((slots + 1) * this.width)
    // All is reserved: views are made from here on.
    packPanels(model.input.expand(), size, this.width, arena.view16(this.weights))
    packPanels(model.dense.expand(), 2 * hidden, dense, arena.view16(this.denseWeights))
    packPanels(model.output, dense, OUTPUT_ROW, arena.view16(this.outputWeights))
    arena.view16(this.contexts).set(model.contexts)
    this.inputs = arena.view16(this.inputsBlock)
    this.sums = arena.view(this.sumsBlock)
    this.scoreValues = arena.view(this.scores)
    this.biases = Float32Array.from(this.scoreValues, (_, at) => model.outputBias[at % OUTPUT_ROW]!)
    this.outputs = arena.view32(this.outputsBlock)
    this.slotNumbers = arena.view32(this.slotsBlock)
    this.contextNumbers = arena.view32(this.contextsBlock)
  }

  forget(): void {
    this.slots.forget()
  }

  run({ types, contexts, lengths }: Batch, inputs: Int16Array): void {
    const rows = lengths.reduce((sum, length) => sum + length, 0)
    this.prepare(types, rows, inputs)
    for (let row = 0; row < rows; row++) this.slotNumbers[row] = this.slots.slot(types[row]!)
    this.contextNumbers.set(rows === contexts.length ? contexts : contexts.subarray(0, rows))
    let first = 0
    for (const length of lengths) {
      this.pool(first, length)
      first += length
    }
    this.score(rows)
  }

  /** Sees to it that the products of all these types are at hand. */
  private prepare(types: Int32Array, count: number, inputs: Int16Array): void {
    const { size } = this
    this.slots.reserve(count)
    for (let from = 0; from < count; from += NEW_TYPES) {
      const length = Math.min(NEW_TYPES, count - from)
      const first = this.slots.give(types.subarray(from, from + length), length, (type, place) =>
        this.inputs.set(inputs.subarray(type * size, (type + 1) * size), place * size),
      )
      this.multiply(first, this.slots.used - first)
    }
  }

  private multiply(first: number, count: number): void {
    if (count === 0) return
    const { kernel, size, width, model } = this
    const unit = SUM_SCALE / (INPUT_SCALE * model.sizes.weightScale)
    this.sums.fill(0, 0, count * width)
    kernel.gemm16(
      this.sumsBlock.at,
      this.inputsBlock.at,
      this.weights.at,
      count,
      width,
      size,
      size,
      width,
      unit,
    )
    kernel.toInt16(this.products.at + first * width * 2, this.sumsBlock.at, count * width, 1)
  }

  /** The cells of a sequence in both directions, and its sums of the dense layer. */
  private pool(row: number, length: number): void {
    const { hidden, dense } = this.model.sizes
    this.kernel.quasiRecurrent(
      this.slotsBlock.at + row * 4,
      this.contextsBlock.at + row * 4,
      length,
      this.products.at,
      this.none,
      this.contexts.at,
      hidden,
      dense,
      this.gathered.at,
      this.cell.at,
      this.cells.at + row * 2 * hidden * 2,
      this.denseBlock.at + row * dense * 4,
    )
  }

  /** Dense layer and output of all rows. */
  private score(rows: number): void {
    const { kernel, scoreValues, model } = this
    const { hidden, dense, weightScale } = model.sizes
    const wide = 2 * hidden
    const cellUnit = 1 / (CELL_SCALE * weightScale)
    kernel.gemm16(
      this.denseBlock.at,
      this.cells.at,
      this.denseWeights.at,
      rows,
      dense,
      wide,
      wide,
      dense,
      cellUnit,
    )
    kernel.rectify(this.rectified.at, this.denseBlock.at, rows * dense, DENSE_SCALE)
    scoreValues.set(this.biases.subarray(0, rows * OUTPUT_ROW))
    const unit = 1 / (DENSE_SCALE * weightScale)
    kernel.gemm16(
      this.scores.at,
      this.rectified.at,
      this.outputWeights.at,
      rows,
      OUTPUT_ROW,
      dense,
      dense,
      OUTPUT_ROW,
      unit,
    )
    kernel.toInt32(this.outputsBlock.at, this.scores.at, rows * OUTPUT_ROW, SCORE_SCALE)
  }
}
