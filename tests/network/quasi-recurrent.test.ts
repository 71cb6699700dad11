import { describe, expect, it } from 'vitest'
import { Arena } from '../../src/network/arena.js'
import { ByteMatrix } from '../../src/network/byte-matrix.js'
import { instantiateKernel } from '../../src/network/kernel.js'
import { QuasiRecurrent } from '../../src/network/quasi-recurrent.js'
import {
  columnsOf,
  type QuasiRecurrentModel,
  SUM_SCALE,
  WINDOW,
} from '../../src/network/quasi-recurrent-model.js'
import { CONTEXTS, contextOf, OUTPUT_ROW, SCORE_SCALE } from '../../src/network/scorer.js'
import { INPUT_SCALE } from '../../src/network/type-inputs.js'
import { QuasiGradient } from '../../src/training/network/quasi-gradient.js'
import { instantiateTrainingKernel } from '../../src/training/network/training-kernel.js'
import { Random } from '../../src/training/random.js'

const random = new Random(23)
const uniform = (): number => random.integer(2001) / 1000 - 1

const INPUT = 8
const SHAPE = { input: INPUT, hidden: 24, dense: 40 }
const WEIGHT_SCALE = 1024

/** Whole numbers that a byte with factor 1 holds, so that the expanded matrix is what was put in. */
const weights = (length: number): Int16Array => Int16Array.from({ length }, () => uniform() * 120)

const model: QuasiRecurrentModel = {
  sizes: { hidden: SHAPE.hidden, dense: SHAPE.dense, weightScale: WEIGHT_SCALE, temperature: 1 },
  input: ByteMatrix.quantise(weights(INPUT * WINDOW * columnsOf(SHAPE)), WINDOW * columnsOf(SHAPE)),
  contexts: Int16Array.from({ length: CONTEXTS * columnsOf(SHAPE) }, () => uniform() * SUM_SCALE),
  dense: ByteMatrix.quantise(weights(2 * SHAPE.hidden * SHAPE.dense), SHAPE.dense),
  output: weights(SHAPE.dense * OUTPUT_ROW),
  outputBias: Float32Array.from({ length: OUTPUT_ROW }, uniform),
  transitions: new Float32Array(),
}
const arena = new Arena()
const net = new QuasiRecurrent(arena, instantiateKernel(arena.memory), model, INPUT, 512, 1024)

/** Scores of sequences of types; the context of a token follows from its type. */
function run(sequences: readonly number[][], inputs: Int16Array): number[][][] {
  const types = Int32Array.from(sequences.flat())
  const contexts = Int32Array.from(types, (type) => contextOf(type % 32, type % 2))
  net.run({ types, contexts, lengths: sequences.map(({ length }) => length) }, inputs)
  let row = -OUTPUT_ROW
  return sequences.map((sequence) =>
    sequence.map(() => {
      row += OUTPUT_ROW
      return Array.from(net.outputs.subarray(row, row + 25), (units) => units / SCORE_SCALE)
    }),
  )
}

const inputsOf = (types: number): Int16Array =>
  Int16Array.from({ length: types * INPUT }, () => Math.round(uniform() * INPUT_SCALE))

const SEQUENCES = [[0, 1, 2, 3, 4], [5], [2, 2, 6, 1], [7, 8]]

describe('QuasiRecurrent', () => {
  it('scores as in training, to the precision of its integers', () => {
    const inputs = inputsOf(9)
    const answers = run(SEQUENCES, inputs)
    const floats = new Arena()
    const gradient = new QuasiGradient(floats, instantiateTrainingKernel(floats.memory), SHAPE, 16)
    const set = (block: { at: number; length: number }, values: Int16Array, scale: number): void =>
      floats.view(block).set(Float32Array.from(values, (value) => value / scale))
    set(gradient.weights.weights, model.input.expand(), WEIGHT_SCALE)
    set(gradient.contexts.weights, model.contexts, SUM_SCALE)
    set(gradient.denseWeights.weights, model.dense.expand(), WEIGHT_SCALE)
    set(gradient.outputWeights.weights, model.output, WEIGHT_SCALE)
    floats.view(gradient.outputBias.weights).set(model.outputBias)
    set(gradient.inputs, inputs, INPUT_SCALE)
    floats.view(gradient.mask).fill(1)
    const typeOf = Int32Array.from(SEQUENCES.flat())
    gradient.forward({
      types: 9,
      typeOf,
      contextOf: Int32Array.from(typeOf, (type) => contextOf(type % 32, type % 2)),
      lengths: SEQUENCES.map(({ length }) => length),
    })
    const outputs = floats.view(gradient.outputs)
    for (const [row, scores] of answers.flat().entries())
      for (const [label, score] of scores.entries())
        expect(Math.abs(score - outputs[row * OUTPUT_ROW + label]!)).toBeLessThan(0.01)
  })

  it('gives a sequence the same bits alone, in any batch and after types were forgotten', () => {
    const inputs = inputsOf(9)
    net.forget()
    const together = run(SEQUENCES, inputs)
    for (const [s, sequence] of SEQUENCES.entries()) expect(run([sequence], inputs)).toEqual([together[s]])
    net.forget()
    expect(run([...SEQUENCES].reverse(), inputs).reverse()).toEqual(together)
  })

  it('gives the same bits when its table is full and filled anew', () => {
    const inputs = inputsOf(3500)
    net.forget()
    const before = run([[0, 1, 2, 3499]], inputs)
    for (let from = 0; from < 3400; from += 300)
      run([Array.from({ length: 300 }, (_, i) => from + i)], inputs)
    expect(run([[0, 1, 2, 3499]], inputs)).toEqual(before)
  })
})

describe('QuasiGradient', () => {
  it('agrees with the slope of the loss for every block of weights', () => {
    const memory = new Arena()
    const gradient = new QuasiGradient(memory, instantiateTrainingKernel(memory.memory), SHAPE, 16)
    const batch = {
      types: 4,
      typeOf: Int32Array.of(0, 1, 2, 1, 3, 3, 0),
      contextOf: Int32Array.of(0, 1, 0, 1, 0, 0, 1),
      lengths: [4, 1, 2],
    }
    const fill = (block: { at: number; length: number }, width: number): void => {
      const values = memory.view(block)
      for (let i = 0; i < values.length; i++) values[i] = uniform() * width
    }
    for (const parameter of gradient.parameters()) fill(parameter.weights, 0.4)
    fill(gradient.inputs, 1)
    memory.view(gradient.mask).fill(1)
    const wanted = Float32Array.from({ length: 7 * OUTPUT_ROW }, uniform)
    const loss = (): number => {
      gradient.forward(batch)
      const outputs = memory.view(gradient.outputs)
      return wanted.reduce((sum, value, i) => sum + value * outputs[i]!, 0)
    }
    loss()
    memory.view(gradient.outputGradient).set(wanted)
    gradient.backward(batch)
    const slopes = gradient.parameters().map((parameter) => memory.view(parameter.gradient).slice())
    for (const [which, parameter] of gradient.parameters().entries()) {
      const values = memory.view(parameter.weights)
      // The largest slopes: those of the smallest are lost in single precision.
      const places = [...slopes[which]!.keys()]
        .sort((a, b) => Math.abs(slopes[which]![b]!) - Math.abs(slopes[which]![a]!))
        .slice(0, 12)
      for (const place of places) {
        const value = values[place]!
        values[place] = value + 0.01
        const above = loss()
        values[place] = value - 0.01
        const below = loss()
        values[place] = value
        const slope = slopes[which]![place]!
        expect(Math.abs((above - below) / 0.02 - slope)).toBeLessThan(0.03 * Math.max(1, Math.abs(slope)))
      }
    }
  })
})
