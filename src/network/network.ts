import type { Arena, Block } from './arena.js'
import type { Kernel } from './kernel.js'
import type { DirectionTables, NetworkModel } from './network-model.js'
import type { Packing } from './packing.js'

/** Elements between two rows of emission scores. */
export const OUTPUT_ROW = 32
/** Inputs are 16-bit integers in units of `1 / INPUT_SCALE`, hidden states of `1 / HIDDEN_SCALE`. */
export const INPUT_SCALE = 1 << 10
const HIDDEN_SCALE = 1 << 13

interface Direction {
  readonly input: Block
  readonly recurrent: Block
  readonly bias: Float32Array
}

/**
 * A bidirectional long short-term memory with one layer and a linear layer on top: inputs of tokens to emission scores. Products are
 * of 16-bit integers, sums exact, so that a batch of any composition gives the same bits.
 *
 * Graves and Schmidhuber, "Framewise phoneme classification with bidirectional LSTM", 2005.
 */
export class Network {
  /** Inputs in the rows of each direction, `rows x inputSize`, to be filled by the caller. */
  readonly inputs: readonly [Int16Array, Int16Array]
  /** Emission scores, `rows x OUTPUT_ROW`, in forward rows. */
  readonly outputs: Float32Array
  readonly inputSize: number
  private readonly kernel: Kernel
  private readonly hidden: number
  private readonly weightScale: number
  private readonly directions: readonly [Direction, Direction]
  private readonly output: Block
  private readonly outputBias: Float32Array
  private readonly inputBlocks: readonly [Block, Block]
  private readonly gates: Block
  private readonly cell: Block
  private readonly squashed: Block
  private readonly state: Block
  private readonly zero: Block
  private readonly stateBlocks: readonly [Block, Block]
  private readonly states: readonly [Int16Array, Int16Array]
  private readonly joinedBlock: Block
  private readonly joined: Int16Array
  private readonly scores: Block
  private readonly sums: Float32Array

  /** @param capacity most tokens of a batch */
  constructor(arena: Arena, kernel: Kernel, model: NetworkModel, capacity: number) {
    const { embedding, projection, hidden, weightScale } = model.sizes
    this.kernel = kernel
    this.hidden = hidden
    this.inputSize = embedding + projection
    this.weightScale = weightScale
    const wide = 4 * hidden
    const direction = (tables: DirectionTables): Omit<Direction, 'bias'> & { tables: DirectionTables } => ({
      input: arena.reserve16(this.inputSize * wide),
      recurrent: arena.reserve16(hidden * wide),
      tables,
    })
    const [forward, backward] = [direction(model.forward), direction(model.backward)]
    this.output = arena.reserve16(2 * hidden * OUTPUT_ROW)
    this.inputBlocks = [
      arena.reserve16(capacity * this.inputSize),
      arena.reserve16(capacity * this.inputSize),
    ]
    this.gates = arena.reserve(capacity * wide)
    this.cell = arena.reserve(capacity * hidden)
    this.squashed = arena.reserve(capacity * hidden)
    this.state = arena.reserve(capacity * hidden)
    this.zero = arena.reserve(capacity * hidden)
    this.stateBlocks = [arena.reserve16(capacity * hidden), arena.reserve16(capacity * hidden)]
    this.joinedBlock = arena.reserve16(capacity * 2 * hidden)
    this.scores = arena.reserve(capacity * OUTPUT_ROW)
    for (const { input, recurrent, tables } of [forward, backward]) {
      pairRows(tables.input, this.inputSize, wide, arena.view16(input))
      pairRows(tables.recurrent, hidden, wide, arena.view16(recurrent))
    }
    pairRows(model.output, 2 * hidden, OUTPUT_ROW, arena.view16(this.output))
    this.directions = [
      { input: forward.input, recurrent: forward.recurrent, bias: model.forward.bias },
      { input: backward.input, recurrent: backward.recurrent, bias: model.backward.bias },
    ]
    this.outputBias = model.outputBias
    this.inputs = [arena.view16(this.inputBlocks[0]), arena.view16(this.inputBlocks[1])]
    this.states = [arena.view16(this.stateBlocks[0]), arena.view16(this.stateBlocks[1])]
    this.joined = arena.view16(this.joinedBlock)
    this.outputs = arena.view(this.scores)
    this.sums = arena.view(this.gates)
  }

  /** Fills `outputs` from `inputs`. */
  run(packing: Packing, lengths: ArrayLike<number>): void {
    this.runDirection(0, packing)
    this.runDirection(1, packing)
    this.join(packing, lengths)
    const { kernel, outputs, outputBias, hidden } = this
    for (let row = 0; row < packing.rows; row++) outputs.set(outputBias, row * OUTPUT_ROW)
    const scale = 1 / (HIDDEN_SCALE * this.weightScale)
    const { at } = this.joinedBlock
    const wide = 2 * hidden
    kernel.gemm16(this.scores.at, at, this.output.at, packing.rows, OUTPUT_ROW, wide, wide, OUTPUT_ROW, scale)
  }

  private runDirection(which: 0 | 1, packing: Packing): void {
    const { kernel, hidden, inputSize, sums, gates, cell, squashed, state } = this
    const wide = 4 * hidden
    const { input, recurrent, bias } = this.directions[which]
    const states = this.stateBlocks[which].at
    for (let row = 0; row < packing.rows; row++) sums.set(bias, row * wide)
    const inputs = this.inputBlocks[which].at
    const inputUnit = 1 / (INPUT_SCALE * this.weightScale)
    const stateUnit = 1 / (HIDDEN_SCALE * this.weightScale)
    kernel.gemm16(gates.at, inputs, input.at, packing.rows, wide, inputSize, inputSize, wide, inputUnit)
    for (let step = 0; step < packing.steps; step++) {
      const row = packing.first[step]!
      const rows = packing.active[step]!
      const at = gates.at + row * wide * 4
      let before = this.zero.at
      if (step > 0) {
        const earlier = packing.first[step - 1]! * hidden
        before = cell.at + earlier * 4
        kernel.gemm16(at, states + earlier * 2, recurrent.at, rows, wide, hidden, hidden, wide, stateUnit)
      }
      const offset = row * hidden * 4
      const out = state.at + offset
      kernel.lstmForward(at, before, cell.at + offset, squashed.at + offset, out, rows, hidden, hidden)
      kernel.toInt16(states + row * hidden * 2, out, rows * hidden, HIDDEN_SCALE)
    }
  }

  /** Puts both directions side by side, in forward rows. */
  private join(packing: Packing, lengths: ArrayLike<number>): void {
    const { hidden, joined } = this
    const [forward, backward] = this.states
    for (let sequence = 0; sequence < lengths.length; sequence++) {
      for (let token = 0; token < lengths[sequence]!; token++) {
        const row = packing.row(sequence, token)
        const from = row * hidden
        const other = packing.rowBackwards(sequence, token) * hidden
        const to = 2 * from
        for (let i = 0; i < hidden; i++) {
          joined[to + i] = forward[from + i]!
          joined[to + hidden + i] = backward[other + i]!
        }
      }
    }
  }
}

/** A `rows x columns` matrix by pairs of rows, as `gemm16` reads it. */
function pairRows(matrix: Int16Array, rows: number, columns: number, target: Int16Array): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      target[((row >> 1) * columns + column) * 2 + (row & 1)] = matrix[row * columns + column]!
}
