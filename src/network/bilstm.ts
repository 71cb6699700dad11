import type { Arena, Block } from './arena.js'
import { GateInputs } from './gate-inputs.js'
import type { Kernel } from './kernel.js'
import type { DirectionTables, NetworkModel } from './network-model.js'
import { packPanels } from './packed-matrix.js'
import { Packing } from './packing.js'
import { type Batch, OUTPUT_ROW, SCORE_SCALE, type Scorer } from './scorer.js'

/** Hidden states are 16-bit integers in units of `1 / HIDDEN_SCALE`. */
const HIDDEN_SCALE = 1 << 13

/**
 * A bidirectional long short-term memory with one layer and a linear layer on top: inputs of tokens to emission scores. Products are
 * of 16-bit integers, sums exact, so that a batch of any composition gives the same bits.
 *
 * Graves and Schmidhuber, "Framewise phoneme classification with bidirectional LSTM", 2005.
 */
export class BiLstm implements Scorer {
  readonly transitions: Float32Array
  readonly temperature: number
  readonly outputs: Int32Array
  /** What tokens add to the gates. */
  private readonly gateInputs: GateInputs
  private readonly packing = new Packing()
  private readonly kernel: Kernel
  private readonly hidden: number
  private readonly weightScale: number
  /** Recurrent weights of each direction. */
  private readonly recurrent: readonly [Block, Block]
  private readonly output: Block
  private readonly outputBias: Float32Array
  private readonly gates: readonly [Block, Block]
  private readonly cell: Block
  private readonly squashed: Block
  private readonly state: Block
  private readonly zero: Block
  private readonly stateBlocks: readonly [Block, Block]
  private readonly states: readonly [Int16Array, Int16Array]
  private readonly joinedBlock: Block
  private readonly joined: Int16Array
  private readonly scores: Block
  private readonly scoreValues: Float32Array
  private readonly outputsBlock: Block

  /**
   * @param temperature what scores are divided by before they become probabilities
   * @param capacity most tokens of a batch
   */
  constructor(arena: Arena, kernel: Kernel, model: NetworkModel, temperature: number, capacity: number) {
    const { hidden, weightScale } = model.sizes
    this.transitions = model.transitions
    this.temperature = temperature
    this.kernel = kernel
    this.hidden = hidden
    this.weightScale = weightScale
    const wide = 4 * hidden
    this.recurrent = [arena.reserve16(hidden * wide), arena.reserve16(hidden * wide)]
    this.output = arena.reserve16(2 * hidden * OUTPUT_ROW)
    this.gates = [arena.reserve(capacity * wide), arena.reserve(capacity * wide)]
    this.cell = arena.reserve(capacity * hidden)
    this.squashed = arena.reserve(capacity * hidden)
    this.state = arena.reserve(capacity * hidden)
    this.zero = arena.reserve(capacity * hidden)
    this.stateBlocks = [arena.reserve16(capacity * hidden), arena.reserve16(capacity * hidden)]
    this.joinedBlock = arena.reserve16(capacity * 2 * hidden)
    this.scores = arena.reserve(capacity * OUTPUT_ROW)
    this.outputsBlock = arena.reserve(capacity * OUTPUT_ROW)
    // The last block of all: views are made from here on.
    this.gateInputs = new GateInputs(arena, kernel, model, capacity)
    const tables: readonly DirectionTables[] = [model.forward, model.backward]
    for (const [which, { recurrent }] of tables.entries())
      packPanels(recurrent.expand(), hidden, wide, arena.view16(this.recurrent[which]!))
    packPanels(model.output, 2 * hidden, OUTPUT_ROW, arena.view16(this.output))
    this.outputBias = model.outputBias
    this.states = [arena.view16(this.stateBlocks[0]), arena.view16(this.stateBlocks[1])]
    this.joined = arena.view16(this.joinedBlock)
    this.scoreValues = arena.view(this.scores)
    this.outputs = arena.view32(this.outputsBlock)
  }

  forget(): void {
    this.gateInputs.forget()
  }

  run({ types, contexts, lengths }: Batch, inputs: Int16Array): void {
    const { kernel, scoreValues, outputBias, hidden, packing } = this
    packing.pack(lengths)
    this.gateInputs.prepare(types, packing.rows, inputs)
    this.enter(types, contexts, lengths)
    this.runDirection(0, packing)
    this.runDirection(1, packing)
    this.join(packing, lengths)
    for (let row = 0; row < packing.rows; row++) scoreValues.set(outputBias, row * OUTPUT_ROW)
    const scale = 1 / (HIDDEN_SCALE * this.weightScale)
    const { at } = this.joinedBlock
    const wide = 2 * hidden
    kernel.gemm16(this.scores.at, at, this.output.at, packing.rows, OUTPUT_ROW, wide, wide, OUTPUT_ROW, scale)
    kernel.toInt32(this.outputsBlock.at, this.scores.at, packing.rows * OUTPUT_ROW, SCORE_SCALE)
  }

  /** Enters the tokens into the rows in which the directions read them. */
  private enter(types: Int32Array, contexts: Int32Array, lengths: readonly number[]): void {
    const { gateInputs, packing } = this
    const bytes = 16 * this.hidden
    const [forward, backward] = this.gates
    let token = 0
    for (const [sequence, length] of lengths.entries()) {
      for (let i = 0; i < length; i++, token++) {
        const to = forward.at + packing.row(sequence, i) * bytes
        const other = backward.at + packing.rowBackwards(sequence, i) * bytes
        gateInputs.write(types[token]!, contexts[token]!, to, other)
      }
    }
  }

  private runDirection(which: 0 | 1, packing: Packing): void {
    const { kernel, hidden, cell, squashed, state } = this
    const wide = 4 * hidden
    const gates = this.gates[which]
    const recurrent = this.recurrent[which]
    const states = this.stateBlocks[which].at
    const stateUnit = 1 / (HIDDEN_SCALE * this.weightScale)
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

  /** Puts both directions side by side, in order of the batch. */
  private join(packing: Packing, lengths: ArrayLike<number>): void {
    const { hidden, joined } = this
    const [forward, backward] = this.states
    let to = 0
    for (let sequence = 0; sequence < lengths.length; sequence++) {
      for (let token = 0; token < lengths[sequence]!; token++, to += 2 * hidden) {
        const from = packing.row(sequence, token) * hidden
        const other = packing.rowBackwards(sequence, token) * hidden
        for (let i = 0; i < hidden; i++) {
          joined[to + i] = forward[from + i]!
          joined[to + hidden + i] = backward[other + i]!
        }
      }
    }
  }
}
