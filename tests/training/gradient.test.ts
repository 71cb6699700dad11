import { describe, expect, it } from 'vitest'
import { Arena, type Block } from '../../src/network/arena.js'
import { Packing } from '../../src/network/packing.js'
import { OUTPUT_ROW } from '../../src/network/scorer.js'
import { BiLstmGradient } from '../../src/training/network/bilstm-gradient.js'
import { quantiseVectors } from '../../src/training/network/product-quantiser.js'
import { instantiateTrainingKernel } from '../../src/training/network/training-kernel.js'
import { Random } from '../../src/training/random.js'

const random = new Random(11)
const uniform = (): number => random.integer(2001) / 1000 - 1

describe('BiLstmGradient', () => {
  it('agrees with the slope of the loss for every block of weights and for the inputs', () => {
    const lengths = [4, 2, 3]
    const packing = new Packing()
    packing.pack(lengths)
    const arena = new Arena()
    const kernel = instantiateTrainingKernel(arena.memory)
    const net = new BiLstmGradient(arena, kernel, { input: 8, hidden: 8 }, 16)
    const fill = (block: Block, length = block.length): void => {
      const view = arena.view(block)
      for (let i = 0; i < length; i++) view[i] = uniform()
    }
    for (const { weights } of net.parameters()) fill(weights)
    fill(net.states[0].inputs, packing.rows * 8)
    const wanted = Float32Array.from({ length: packing.rows * OUTPUT_ROW }, uniform)

    /** Sum of the outputs weighted by fixed numbers; its gradient by the outputs is these numbers. */
    const loss = (): number => {
      const forward = arena.view(net.states[0].inputs)
      const backward = arena.view(net.states[1].inputs)
      for (const [s, length] of lengths.entries())
        for (let token = 0; token < length; token++) {
          const row = packing.row(s, token) * 8
          backward.set(forward.subarray(row, row + 8), packing.rowBackwards(s, token) * 8)
        }
      net.runDirection(0, packing)
      net.runDirection(1, packing)
      net.join(packing, lengths)
      net.runOutput(packing)
      return arena
        .view(net.outputs)
        .subarray(0, wanted.length)
        .reduce((sum, value, i) => sum + value * wanted[i]!, 0)
    }
    loss()
    arena.view(net.outputGradient).set(wanted)
    net.backOutput(packing)
    net.backDirection(0, packing, lengths)
    net.backDirection(1, packing, lengths)

    const slope = (block: Block, index: number): number => {
      const values = arena.view(block)
      const before = values[index]!
      values[index] = before + 0.01
      const above = loss()
      values[index] = before - 0.01
      const below = loss()
      values[index] = before
      return (above - below) / 0.02
    }
    for (const { weights, gradient } of net.parameters()) {
      const found = arena.view(gradient).slice()
      for (let i = 0; i < 12; i++) {
        const index = random.integer(weights.length)
        expect(Math.abs(found[index]! - slope(weights, index))).toBeLessThan(
          0.02 * (1 + Math.abs(found[index]!)),
        )
      }
    }
    const [first, second] = net.inputGradients.map((block) => arena.view(block).slice())
    for (let token = 0; token < 4; token++) {
      const row = packing.row(0, token) * 8
      const both = first![row + 3]! + second![packing.rowBackwards(0, token) * 8 + 3]!
      expect(Math.abs(both - slope(net.states[0].inputs, row + 3))).toBeLessThan(0.02 * (1 + Math.abs(both)))
    }
  })
})

describe('quantiseVectors', () => {
  it('keeps few distinct vectors exactly, and is the same each time', () => {
    const patterns = Array.from({ length: 40 }, () => Array.from({ length: 8 }, uniform))
    const vectors = Float32Array.from(Array.from({ length: 4000 }, (_, row) => patterns[row % 40]!).flat())
    const quantised = quantiseVectors(vectors, 8, 2)
    const row = new Float32Array(8)
    for (let i = 0; i < 40; i++) {
      quantised.copy(i, row, 0)
      for (let d = 0; d < 8; d++) expect(row[d]).toBeCloseTo(patterns[i]![d]!, 5)
    }
    expect(quantiseVectors(vectors, 8, 2)).toEqual(quantised)
    expect(() => quantiseVectors(vectors, 8, 3)).toThrow('3 parts do not divide 8 dimensions')
  })
})
