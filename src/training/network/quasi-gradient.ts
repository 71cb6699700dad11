import type { Arena, Block } from '../../network/arena.js'
import { columnsOf, WINDOW } from '../../network/quasi-recurrent-model.js'
import { CONTEXTS, OUTPUT_ROW } from '../../network/scorer.js'
import { type Parameter, reserveParameter } from './optimizer.js'
import type { TrainingKernel } from './training-kernel.js'

/** Sizes of a quasi-recurrent network in training. */
export interface QuasiShape {
  /** Elements of a word type's input. */
  readonly input: number
  readonly hidden: number
  readonly dense: number
}

/** A batch in rows: one sequence after the other. */
export interface QuasiBatch {
  /** Distinct word types; their inputs lie in `inputs`. */
  readonly types: number
  /** Place of each row's type in `inputs`, and its context. */
  readonly typeOf: Int32Array
  readonly contextOf: Int32Array
  readonly lengths: readonly number[]
}

/** The quasi-recurrent network in single precision with its gradient; `QuasiRecurrent` says what it computes. */
export class QuasiGradient {
  /** To be filled by the caller: inputs of the batch's types, `types x input`. */
  readonly inputs: Block
  /** To be filled by the caller: what the cells are multiplied by, `rows x 2H` (dropout). */
  readonly mask: Block
  /** Emission scores, and their gradient to be filled by the caller, `rows x OUTPUT_ROW`. */
  readonly outputs: Block
  readonly outputGradient: Block
  readonly weights: Parameter
  readonly contexts: Parameter
  readonly denseWeights: Parameter
  readonly outputWeights: Parameter
  readonly outputBias: Parameter
  private readonly arena: Arena
  private readonly kernel: TrainingKernel
  private readonly shape: QuasiShape
  private readonly columns: number
  private readonly products: Block
  private readonly productGradient: Block
  private readonly sums: Block
  private readonly sumGradient: Block
  private readonly cells: Block
  private readonly masked: Block
  private readonly cellGradient: Block
  private readonly dense: Block
  private readonly denseGradient: Block
  private readonly transposed: Block

  /** @param capacity most rows of a batch */
  constructor(arena: Arena, kernel: TrainingKernel, shape: QuasiShape, capacity: number) {
    const { input, hidden, dense } = shape
    this.arena = arena
    this.kernel = kernel
    this.shape = shape
    this.columns = columnsOf(shape)
    const width = WINDOW * this.columns
    this.weights = reserveParameter(arena, input * width)
    this.contexts = reserveParameter(arena, CONTEXTS * this.columns)
    this.denseWeights = reserveParameter(arena, 2 * hidden * dense)
    this.outputWeights = reserveParameter(arena, dense * OUTPUT_ROW)
    this.outputBias = reserveParameter(arena, OUTPUT_ROW)
    this.inputs = arena.reserve(capacity * input)
    this.products = arena.reserve(capacity * width)
    this.productGradient = arena.reserve(capacity * width)
    this.sums = arena.reserve(capacity * this.columns)
    this.sumGradient = arena.reserve(capacity * this.columns)
    this.cells = arena.reserve(capacity * 2 * hidden)
    this.mask = arena.reserve(capacity * 2 * hidden)
    this.masked = arena.reserve(capacity * 2 * hidden)
    this.cellGradient = arena.reserve(capacity * 2 * hidden)
    this.dense = arena.reserve(capacity * dense)
    this.denseGradient = arena.reserve(capacity * dense)
    this.outputs = arena.reserve(capacity * OUTPUT_ROW)
    this.outputGradient = arena.reserve(capacity * OUTPUT_ROW)
    this.transposed = arena.reserve(dense * Math.max(2 * hidden, OUTPUT_ROW))
  }

  parameters(): Parameter[] {
    return [this.weights, this.contexts, this.denseWeights, this.outputWeights, this.outputBias]
  }

  /** Fills `outputs`. */
  forward(batch: QuasiBatch): void {
    const { kernel, arena, columns, shape } = this
    const { input, hidden, dense } = shape
    const rows = batch.typeOf.length
    const width = WINDOW * columns
    arena.view(this.products).fill(0, 0, batch.types * width)
    kernel.gemm(
      this.products.at,
      this.inputs.at,
      this.weights.weights.at,
      batch.types,
      width,
      input,
      input,
      1,
      width,
      width,
    )
    arena.view(this.sums).fill(0, 0, rows * columns)
    this.eachTerm(batch, (row, product, place) =>
      kernel.addScaled(
        this.sums.at + row * columns * 4,
        this.products.at + (product * WINDOW + place) * columns * 4,
        1,
        columns,
      ),
    )
    for (const [row, context] of batch.contextOf.entries())
      kernel.addScaled(
        this.sums.at + row * columns * 4,
        this.contexts.weights.at + context * columns * 4,
        1,
        columns,
      )
    const wide = 2 * hidden
    this.eachDirection(batch, (row, length, direction) =>
      kernel.poolForward(
        this.sums.at + (row * columns + direction * wide) * 4,
        this.cells.at + (row * wide + direction * hidden) * 4,
        length,
        hidden,
        columns,
        wide,
        direction,
      ),
    )
    const masked = arena.view(this.masked)
    masked.set(arena.view(this.cells).subarray(0, rows * wide))
    kernel.multiply(this.masked.at, this.mask.at, rows * wide)
    const values = arena.view(this.dense)
    const sums = arena.view(this.sums)
    for (let row = 0; row < rows; row++)
      values.set(sums.subarray(row * columns + 4 * hidden, (row + 1) * columns), row * dense)
    kernel.gemm(
      this.dense.at,
      this.masked.at,
      this.denseWeights.weights.at,
      rows,
      dense,
      wide,
      wide,
      1,
      dense,
      dense,
    )
    for (let i = 0; i < rows * dense; i++) if (values[i]! < 0) values[i] = 0
    const outputs = arena.view(this.outputs)
    const bias = arena.view(this.outputBias.weights)
    for (let row = 0; row < rows; row++) outputs.set(bias, row * OUTPUT_ROW)
    const weights = this.outputWeights.weights.at
    kernel.gemm(
      this.outputs.at,
      this.dense.at,
      weights,
      rows,
      OUTPUT_ROW,
      dense,
      dense,
      1,
      OUTPUT_ROW,
      OUTPUT_ROW,
    )
  }

  /** Adds to the gradients of all parameters, from `outputGradient`, after `forward` of the same batch. */
  backward(batch: QuasiBatch): void {
    const { kernel, arena, columns, shape } = this
    const { input, hidden, dense } = shape
    const rows = batch.typeOf.length
    const wide = 2 * hidden
    const width = WINDOW * columns
    const slope = this.outputGradient.at
    kernel.gemm(
      this.outputWeights.gradient.at,
      this.dense.at,
      slope,
      dense,
      OUTPUT_ROW,
      rows,
      1,
      dense,
      OUTPUT_ROW,
      OUTPUT_ROW,
    )
    for (let row = 0; row < rows; row++)
      kernel.addScaled(this.outputBias.gradient.at, slope + row * OUTPUT_ROW * 4, 1, OUTPUT_ROW)
    const values = arena.view(this.dense)
    const denseGradient = arena.view(this.denseGradient)
    denseGradient.fill(0, 0, rows * dense)
    this.transpose(this.outputWeights.weights, dense, OUTPUT_ROW)
    kernel.gemm(
      this.denseGradient.at,
      slope,
      this.transposed.at,
      rows,
      dense,
      OUTPUT_ROW,
      OUTPUT_ROW,
      1,
      dense,
      dense,
    )
    for (let i = 0; i < rows * dense; i++) if (values[i]! <= 0) denseGradient[i] = 0
    kernel.gemm(
      this.denseWeights.gradient.at,
      this.masked.at,
      this.denseGradient.at,
      wide,
      dense,
      rows,
      1,
      wide,
      dense,
      dense,
    )
    arena.view(this.cellGradient).fill(0, 0, rows * wide)
    this.transpose(this.denseWeights.weights, wide, dense)
    kernel.gemm(
      this.cellGradient.at,
      this.denseGradient.at,
      this.transposed.at,
      rows,
      wide,
      dense,
      dense,
      1,
      wide,
      wide,
    )
    kernel.multiply(this.cellGradient.at, this.mask.at, rows * wide)
    const sumGradient = arena.view(this.sumGradient)
    for (let row = 0; row < rows; row++)
      sumGradient.set(denseGradient.subarray(row * dense, (row + 1) * dense), row * columns + 4 * hidden)
    this.eachDirection(batch, (row, length, direction) => {
      const sums = (row * columns + direction * wide) * 4
      const cells = (row * wide + direction * hidden) * 4
      kernel.poolBackward(
        this.sums.at + sums,
        this.cells.at + cells,
        this.sumGradient.at + sums,
        this.cellGradient.at + cells,
        length,
        hidden,
        columns,
        wide,
        direction,
      )
    })
    for (const [row, context] of batch.contextOf.entries())
      kernel.addScaled(
        this.contexts.gradient.at + context * columns * 4,
        this.sumGradient.at + row * columns * 4,
        1,
        columns,
      )
    arena.view(this.productGradient).fill(0, 0, batch.types * width)
    this.eachTerm(batch, (row, product, place) =>
      kernel.addScaled(
        this.productGradient.at + (product * WINDOW + place) * columns * 4,
        this.sumGradient.at + row * columns * 4,
        1,
        columns,
      ),
    )
    kernel.gemm(
      this.weights.gradient.at,
      this.inputs.at,
      this.productGradient.at,
      input,
      width,
      batch.types,
      1,
      input,
      width,
      width,
    )
  }

  /** Calls `add` for each row and each place of its window, with the type that stands there. */
  private eachTerm(
    { typeOf, lengths }: QuasiBatch,
    add: (row: number, type: number, place: number) => void,
  ): void {
    let first = 0
    for (const length of lengths) {
      for (let token = 0; token < length; token++) {
        for (let place = 0; place < WINDOW; place++) {
          const neighbour = token + place - (WINDOW - 1) / 2
          if (neighbour >= 0 && neighbour < length) add(first + token, typeOf[first + neighbour]!, place)
        }
      }
      first += length
    }
  }

  private eachDirection(
    { lengths }: QuasiBatch,
    run: (row: number, length: number, direction: 0 | 1) => void,
  ): void {
    let first = 0
    for (const length of lengths) {
      run(first, length, 0)
      run(first, length, 1)
      first += length
    }
  }

  private transpose(block: Block, rows: number, columns: number): void {
    const from = this.arena.view(block)
    const to = this.arena.view(this.transposed)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) to[column * rows + row] = from[row * columns + column]!
  }
}
