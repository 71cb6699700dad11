import type { Arena, Block } from '../../network/arena.js'
import type { Packing } from '../../network/packing.js'
import { OUTPUT_ROW } from '../../network/scorer.js'
import type { TrainingKernel } from './training-kernel.js'

/** Numbers of the network, multiples of 8. */
export interface NetworkShape {
  readonly input: number
  /** Units of each direction. */
  readonly hidden: number
}

/** Weights of one direction: `input x 4H`, `H x 4H`, `4H`; gates in the order input, forget, output, candidate. */
export interface DirectionWeights {
  readonly input: Block
  readonly recurrent: Block
  readonly bias: Block
}

/** What one direction computes for each row. */
export interface DirectionState {
  /** `rows x input`, in the order in which the direction reads. */
  readonly inputs: Block
  /** Activated gates, `rows x 4H`. */
  readonly gates: Block
  readonly cell: Block
  readonly squashed: Block
}

/**
 * The network of `Network` in single precision: its forward pass, to which `BiLstmGradient` adds the backward pass over the same
 * blocks.
 *
 * Graves and Schmidhuber, "Framewise phoneme classification with bidirectional LSTM", 2005.
 */
export class BiLstm {
  readonly shape: NetworkShape
  /** Most tokens of a batch. */
  readonly capacity: number
  readonly weights: readonly [DirectionWeights, DirectionWeights]
  /** `2H x OUTPUT_ROW`, and `OUTPUT_ROW`. */
  readonly outputWeights: Block
  readonly outputBias: Block
  readonly states: readonly [DirectionState, DirectionState]
  /** Both directions of each token, `rows x 2H`, in forward rows. */
  readonly hidden: Block
  /** Emission scores, `rows x OUTPUT_ROW`, in forward rows. */
  readonly outputs: Block
  /** Outputs of the direction at hand before they are put beside those of the other. */
  readonly direction: readonly [Block, Block]
  private readonly zero: Block
  protected readonly kernel: TrainingKernel
  protected readonly arena: Arena

  constructor(arena: Arena, kernel: TrainingKernel, shape: NetworkShape, capacity: number) {
    const { input, hidden } = shape
    this.arena = arena
    this.kernel = kernel
    this.shape = shape
    this.capacity = capacity
    const weights = (): DirectionWeights => ({
      input: arena.reserve(input * 4 * hidden),
      recurrent: arena.reserve(hidden * 4 * hidden),
      bias: arena.reserve(4 * hidden),
    })
    this.weights = [weights(), weights()]
    this.outputWeights = arena.reserve(2 * hidden * OUTPUT_ROW)
    this.outputBias = arena.reserve(OUTPUT_ROW)
    const state = (): DirectionState => ({
      inputs: arena.reserve(capacity * input),
      gates: arena.reserve(capacity * 4 * hidden),
      cell: arena.reserve(capacity * hidden),
      squashed: arena.reserve(capacity * hidden),
    })
    this.states = [state(), state()]
    this.direction = [arena.reserve(capacity * hidden), arena.reserve(capacity * hidden)]
    this.hidden = arena.reserve(capacity * 2 * hidden)
    this.outputs = arena.reserve(capacity * OUTPUT_ROW)
    this.zero = arena.reserve(capacity * hidden)
  }

  /** Computes `direction`'s hidden states of the packed inputs. */
  runDirection(which: 0 | 1, packing: Packing): void {
    const { kernel } = this
    const { input, hidden } = this.shape
    const wide = 4 * hidden
    const { inputs, gates, cell, squashed } = this.states[which]
    const weights = this.weights[which]
    const out = this.direction[which]
    const bias = this.arena.view(weights.bias)
    const sums = this.arena.view(gates)
    for (let row = 0; row < packing.rows; row++) sums.set(bias, row * wide)
    kernel.gemm(gates.at, inputs.at, weights.input.at, packing.rows, wide, input, input, 1, wide, wide)
    for (let step = 0; step < packing.steps; step++) {
      const row = packing.first[step]!
      const rows = packing.active[step]!
      const at = gates.at + row * wide * 4
      let before = this.zero.at
      if (step > 0) {
        const earlier = packing.first[step - 1]! * hidden * 4
        before = cell.at + earlier
        kernel.gemm(at, out.at + earlier, weights.recurrent.at, rows, wide, hidden, hidden, 1, wide, wide)
      }
      const offset = row * hidden * 4
      kernel.lstmForward(
        at,
        before,
        cell.at + offset,
        squashed.at + offset,
        out.at + offset,
        rows,
        hidden,
        hidden,
      )
    }
  }

  /** Puts both directions side by side, in forward rows. */
  join(packing: Packing, lengths: ArrayLike<number>): void {
    const { hidden } = this.shape
    const joined = this.arena.view(this.hidden)
    const forward = this.arena.view(this.direction[0])
    const backward = this.arena.view(this.direction[1])
    for (let sequence = 0; sequence < lengths.length; sequence++) {
      for (let token = 0; token < lengths[sequence]!; token++) {
        const row = packing.row(sequence, token)
        const other = packing.rowBackwards(sequence, token)
        joined.set(forward.subarray(row * hidden, (row + 1) * hidden), row * 2 * hidden)
        joined.set(backward.subarray(other * hidden, (other + 1) * hidden), row * 2 * hidden + hidden)
      }
    }
  }

  /** Emission scores from the joined hidden states. */
  runOutput(packing: Packing): void {
    const { hidden } = this.shape
    const bias = this.arena.view(this.outputBias)
    const scores = this.arena.view(this.outputs)
    for (let row = 0; row < packing.rows; row++) scores.set(bias, row * OUTPUT_ROW)
    this.kernel.gemm(
      this.outputs.at,
      this.hidden.at,
      this.outputWeights.at,
      packing.rows,
      OUTPUT_ROW,
      2 * hidden,
      2 * hidden,
      1,
      OUTPUT_ROW,
      OUTPUT_ROW,
    )
  }
}
