import type { Arena, Block } from '../../network/arena.js'
import type { Packing } from '../../network/packing.js'
import { OUTPUT_ROW } from '../../network/scorer.js'
import { BiLstm, type DirectionWeights, type NetworkShape } from './bilstm.js'
import type { TrainingKernel } from './training-kernel.js'

/** The backward pass of `BiLstm` by backpropagation through time (Werbos 1990): gradients of all weights and of the inputs. */
export class BiLstmGradient extends BiLstm {
  /** Gradients of the weights, added up until the optimiser clears them. */
  readonly weightGradients: readonly [DirectionWeights, DirectionWeights]
  readonly outputWeightGradient: Block
  readonly outputBiasGradient: Block
  /** To be filled by the caller: gradient of the emission scores, `rows x OUTPUT_ROW` in forward rows. */
  readonly outputGradient: Block
  /** Gradient of the joined hidden states, `rows x 2H` in forward rows. */
  readonly hiddenGradient: Block
  /** Gradient of each direction's inputs, `rows x input` in the rows of the direction. */
  readonly inputGradients: readonly [Block, Block]
  private readonly gateGradient: Block
  private readonly stepGradient: Block
  private readonly cellGradient: Block
  private readonly before: Block
  private readonly ones: Block
  private readonly transposed: Block

  constructor(arena: Arena, kernel: TrainingKernel, shape: NetworkShape, capacity: number) {
    super(arena, kernel, shape, capacity)
    const { input, hidden } = shape
    const weights = (): DirectionWeights => ({
      input: arena.reserve(input * 4 * hidden),
      recurrent: arena.reserve(hidden * 4 * hidden),
      bias: arena.reserve(4 * hidden),
    })
    this.weightGradients = [weights(), weights()]
    this.outputWeightGradient = arena.reserve(2 * hidden * OUTPUT_ROW)
    this.outputBiasGradient = arena.reserve(OUTPUT_ROW)
    this.outputGradient = arena.reserve(capacity * OUTPUT_ROW)
    this.hiddenGradient = arena.reserve(capacity * 2 * hidden)
    this.inputGradients = [arena.reserve(capacity * input), arena.reserve(capacity * input)]
    this.gateGradient = arena.reserve(capacity * 4 * hidden)
    this.stepGradient = arena.reserve(capacity * hidden)
    this.cellGradient = arena.reserve(capacity * hidden)
    this.before = arena.reserve(capacity * hidden)
    this.ones = arena.reserve(capacity)
    this.transposed = arena.reserve(4 * hidden * Math.max(input, hidden, OUTPUT_ROW))
    arena.view(this.ones).fill(1)
  }

  /** Weights and their gradients, block by block. */
  parameters(): { readonly weights: Block; readonly gradient: Block }[] {
    const pairs = [0, 1].flatMap((which) => {
      const weights = this.weights[which as 0 | 1]
      const gradients = this.weightGradients[which as 0 | 1]
      return (['input', 'recurrent', 'bias'] as const).map((name) => ({
        weights: weights[name],
        gradient: gradients[name],
      }))
    })
    return [
      ...pairs,
      { weights: this.outputWeights, gradient: this.outputWeightGradient },
      { weights: this.outputBias, gradient: this.outputBiasGradient },
    ]
  }

  /** From `outputGradient` to `hiddenGradient`, and the gradients of the linear layer. */
  backOutput(packing: Packing): void {
    const { kernel } = this
    const wide = 2 * this.shape.hidden
    const { rows } = packing
    const d = this.outputGradient.at
    kernel.gemm(
      this.outputWeightGradient.at,
      this.hidden.at,
      d,
      wide,
      OUTPUT_ROW,
      rows,
      1,
      wide,
      OUTPUT_ROW,
      OUTPUT_ROW,
    )
    kernel.gemm(
      this.outputBiasGradient.at,
      this.ones.at,
      d,
      1,
      OUTPUT_ROW,
      rows,
      1,
      1,
      OUTPUT_ROW,
      OUTPUT_ROW,
    )
    this.transpose(this.outputWeights, wide, OUTPUT_ROW)
    this.arena.view(this.hiddenGradient).fill(0, 0, rows * wide)
    kernel.gemm(
      this.hiddenGradient.at,
      d,
      this.transposed.at,
      rows,
      wide,
      OUTPUT_ROW,
      OUTPUT_ROW,
      1,
      wide,
      wide,
    )
  }

  /** From `hiddenGradient` to the gradients of one direction's inputs and weights. */
  backDirection(which: 0 | 1, packing: Packing, lengths: ArrayLike<number>): void {
    const { kernel, arena } = this
    const { input, hidden } = this.shape
    const wide = 4 * hidden
    const { inputs, gates, cell, squashed } = this.states[which]
    const weights = this.weights[which]
    const gradients = this.weightGradients[which]
    this.split(which, packing, lengths)
    this.transpose(weights.recurrent, hidden, wide)
    arena.view(this.cellGradient).fill(0, 0, packing.active[0]! * hidden)
    const zeros = this.shiftHidden(which, packing)
    for (let step = packing.steps - 1; step >= 0; step--) {
      const row = packing.first[step]!
      const rows = packing.active[step]!
      const dHidden = this.stepGradient.at + row * hidden * 4
      if (step + 1 < packing.steps) {
        const later = this.gateGradient.at + packing.first[step + 1]! * wide * 4
        const { at } = this.transposed
        kernel.gemm(dHidden, later, at, packing.active[step + 1]!, hidden, wide, wide, 1, hidden, hidden)
      }
      const offset = row * hidden * 4
      kernel.lstmBackward(
        this.gateGradient.at + row * wide * 4,
        dHidden,
        this.cellGradient.at,
        gates.at + row * wide * 4,
        step === 0 ? zeros : cell.at + packing.first[step - 1]! * hidden * 4,
        squashed.at + offset,
        rows,
        hidden,
      )
    }
    const { rows } = packing
    const d = this.gateGradient.at
    kernel.gemm(gradients.recurrent.at, this.before.at, d, hidden, wide, rows, 1, hidden, wide, wide)
    kernel.gemm(gradients.input.at, inputs.at, d, input, wide, rows, 1, input, wide, wide)
    kernel.gemm(gradients.bias.at, this.ones.at, d, 1, wide, rows, 1, 1, wide, wide)
    this.transpose(weights.input, input, wide)
    const back = this.inputGradients[which]
    arena.view(back).fill(0, 0, rows * input)
    kernel.gemm(back.at, d, this.transposed.at, rows, input, wide, wide, 1, input, input)
  }

  /** The direction's half of `hiddenGradient` in the rows of the direction. */
  private split(which: 0 | 1, packing: Packing, lengths: ArrayLike<number>): void {
    const { hidden } = this.shape
    const joined = this.arena.view(this.hiddenGradient)
    const own = this.arena.view(this.stepGradient)
    for (let sequence = 0; sequence < lengths.length; sequence++) {
      for (let token = 0; token < lengths[sequence]!; token++) {
        const from = packing.row(sequence, token) * 2 * hidden + which * hidden
        const row = which === 0 ? packing.row(sequence, token) : packing.rowBackwards(sequence, token)
        own.set(joined.subarray(from, from + hidden), row * hidden)
      }
    }
  }

  /** Fills `before` with each row's hidden state one step earlier; answers the address of zeros for the first step's cells. */
  private shiftHidden(which: 0 | 1, packing: Packing): number {
    const { hidden } = this.shape
    const states = this.arena.view(this.direction[which])
    const before = this.arena.view(this.before)
    before.fill(0, 0, packing.active[0]! * hidden)
    for (let step = 1; step < packing.steps; step++) {
      const earlier = packing.first[step - 1]! * hidden
      before.set(
        states.subarray(earlier, earlier + packing.active[step]! * hidden),
        packing.first[step]! * hidden,
      )
    }
    return this.before.at
  }

  /** Writes the transpose of a `rows x columns` block into `transposed`. */
  private transpose(block: Block, rows: number, columns: number): void {
    const from = this.arena.view(block)
    const to = this.arena.view(this.transposed)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) to[column * rows + row] = from[row * columns + column]!
  }
}
