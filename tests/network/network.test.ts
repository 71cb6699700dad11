import { describe, expect, it } from 'vitest'
import type { WordType } from '../../src/features/word-type.js'
import { Arena } from '../../src/network/arena.js'
import { BiLstm } from '../../src/network/bilstm.js'
import { ByteMatrix } from '../../src/network/byte-matrix.js'
import { FeatureEmbeddings } from '../../src/network/feature-embeddings.js'
import { instantiateKernel } from '../../src/network/kernel.js'
import type { DirectionTables, NetworkModel } from '../../src/network/network-model.js'
import { packPanels } from '../../src/network/packed-matrix.js'
import { Packing } from '../../src/network/packing.js'
import { contextOf, OUTPUT_ROW } from '../../src/network/scorer.js'
import { TypeInputs, toInput } from '../../src/network/type-inputs.js'
import { CENTROIDS, WordVectors } from '../../src/network/word-vectors.js'
import { segmentBounds } from '../../src/tagger/segments.js'
import { instantiateTrainingKernel } from '../../src/training/network/training-kernel.js'
import { Random } from '../../src/training/random.js'

const random = new Random(7)
const uniform = (): number => random.integer(2001) / 1000 - 1

describe('Packing', () => {
  it('gives every token a row of its own in both directions, step by step', () => {
    const lengths = [3, 1, 5, 5, 2]
    const packing = new Packing()
    packing.pack(lengths)
    expect(packing.rows).toBe(16)
    expect(packing.steps).toBe(5)
    expect([...packing.active.subarray(0, 5)]).toEqual([5, 4, 3, 2, 2])
    for (const direction of ['row', 'rowBackwards'] as const) {
      const rows = lengths.flatMap((length, s) =>
        Array.from({ length }, (_, token) => packing[direction](s, token)),
      )
      expect(rows.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i))
    }
    for (const [s, length] of lengths.entries())
      expect(packing.row(s, 0)).toBe(packing.rowBackwards(s, length - 1))
  })

  it('serves again after a larger and a smaller batch', () => {
    const packing = new Packing()
    packing.pack([9, 9])
    packing.pack([1])
    expect([packing.rows, packing.steps, packing.row(0, 0)]).toEqual([1, 1, 0])
    packing.pack([])
    expect([packing.rows, packing.steps]).toEqual([0, 0])
  })
})

describe('kernels', () => {
  it('multiply like the definition, also by a transposed matrix', () => {
    for (const [m, n, k] of [
      [1, 8, 3],
      [4, 16, 5],
      [7, 24, 9],
    ] as const) {
      const arena = new Arena()
      const [c, a, b] = [arena.reserve(m * n), arena.reserve(m * k), arena.reserve(k * n)]
      const kernel = instantiateTrainingKernel(arena.memory)
      const [vc, va, vb] = [arena.view(c), arena.view(a), arena.view(b)]
      for (const view of [vc, va, vb]) for (let i = 0; i < view.length; i++) view[i] = uniform()
      const expected = Array.from(vc, (start, i) => {
        let sum = start
        for (let p = 0; p < k; p++) sum += va[Math.floor(i / n) * k + p]! * vb[p * n + (i % n)]!
        return sum
      })
      kernel.gemm(c.at, a.at, b.at, m, n, k, k, 1, n, n)
      for (const [i, value] of expected.entries()) expect(arena.view(c)[i]).toBeCloseTo(value, 5)
      arena.view(c).fill(0)
      // The same numbers read as a k x m matrix, transposed.
      kernel.gemm(c.at, a.at, b.at, m, n, k, 1, m, n, n)
      for (let i = 0; i < m * n; i++) {
        let sum = 0
        for (let p = 0; p < k; p++) sum += va[p * m + Math.floor(i / n)]! * vb[p * n + (i % n)]!
        expect(arena.view(c)[i]).toBeCloseTo(sum, 5)
      }
    }
  })
})

describe('gemm16', () => {
  it('adds the scaled product of integers, exactly', () => {
    for (const [m, n, k] of [
      [1, 32, 2],
      [4, 64, 6],
      [5, 40, 8],
      [7, 96, 10],
    ] as const) {
      const arena = new Arena()
      const [c, a, b] = [arena.reserve(m * n), arena.reserve16(m * k), arena.reserve16(k * n)]
      const kernel = instantiateKernel(arena.memory)
      const [vc, va] = [arena.view(c), arena.view16(a)]
      vc.fill(3)
      for (let i = 0; i < va.length; i++) va[i] = random.integer(65535) - 32767
      const matrix = Int16Array.from({ length: k * n }, () => (random.integer(65535) - 32767) >> 4)
      packPanels(matrix, k, n, arena.view16(b))
      kernel.gemm16(c.at, a.at, b.at, m, n, k, k, n, 2 ** -12)
      for (let row = 0; row < m; row++)
        for (let column = 0; column < n; column++) {
          let sum = 0
          for (let p = 0; p < k; p++) sum += va[row * k + p]! * matrix[p * n + column]!
          expect(vc[row * n + column]).toBe(Math.fround(3 + Math.fround(Math.fround(sum) * 2 ** -12)))
        }
    }
  })

  it('cuts what does not fit into 16 bits', () => {
    const arena = new Arena()
    const [target, source] = [arena.reserve16(8), arena.reserve(8)]
    arena.view(source).set([0, 0.5, -0.5, 1.26, -1.26, 1e9, -1e9, 2.5])
    instantiateKernel(arena.memory).toInt16(target.at, source.at, 8, 10)
    expect([...arena.view16(target)]).toEqual([0, 5, -5, 13, -13, 32767, -32768, 25])
  })
})

describe('FeatureEmbeddings', () => {
  it('keeps a row at least as well as levels over its whole range would', () => {
    const values = Float32Array.from({ length: 20 * 8 }, (_, i) => uniform() * 4 ** -(Math.floor(i / 8) % 5))
    values.fill(0, 0, 8)
    const embeddings = FeatureEmbeddings.quantise(values, 8)
    for (let row = 0; row < 20; row++) {
      const sum = new Float32Array(8)
      embeddings.add(row, sum)
      const exact = values.subarray(row * 8, row * 8 + 8)
      const error = exact.reduce((total, value, i) => total + (sum[i]! - value) ** 2, 0)
      // Levels that reach from the least to the greatest element are never better.
      const step = Math.max(...exact.map(Math.abs)) / 3.5
      expect(error).toBeLessThanOrEqual(8 * (step / 2) ** 2 + 1e-8)
    }
  })
})

/** One direction by its definition, in plain numbers. */
function reference(inputs: number[][], { bias, ...matrices }: DirectionTables, hidden: number): number[][] {
  const weights = { bias, input: matrices.input.expand(), recurrent: matrices.recurrent.expand() }
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
  let h = new Array<number>(hidden).fill(0)
  let c = new Array<number>(hidden).fill(0)
  return inputs.map((x) => {
    const sums = Array.from(weights.bias, (bias, g) => {
      let sum = bias
      for (const [i, value] of x.entries()) sum += value * (weights.input[i * 4 * hidden + g]! / UNITS)
      for (const [i, value] of h.entries()) sum += value * (weights.recurrent[i * 4 * hidden + g]! / UNITS)
      return sum
    })
    c = c.map(
      (value, j) => sigmoid(sums[hidden + j]!) * value + sigmoid(sums[j]!) * Math.tanh(sums[3 * hidden + j]!),
    )
    h = c.map((value, j) => sigmoid(sums[2 * hidden + j]!) * Math.tanh(value))
    return h
  })
}

const UNITS = 1024

describe('BiLstm', () => {
  const integers = (length: number): Int16Array => Int16Array.from({ length }, () => uniform() * UNITS)
  const direction = () => ({
    input: ByteMatrix.quantise(integers(8 * 32), 32),
    recurrent: ByteMatrix.quantise(integers(8 * 32), 32),
    bias: Float32Array.from({ length: 32 }, uniform),
  })
  const model = {
    sizes: { embedding: 6, projection: 2, hidden: 8, vectorBytes: 1, weightScale: UNITS },
    phrases: Float32Array.from({ length: 32 * 6 }, uniform),
    quoted: Float32Array.from({ length: 2 * 6 }, uniform),
    forward: direction(),
    backward: direction(),
    output: integers(16 * OUTPUT_ROW),
    outputBias: Float32Array.from({ length: OUTPUT_ROW }, uniform),
  } as unknown as NetworkModel
  const arena = new Arena()
  const net = new BiLstm(arena, instantiateKernel(arena.memory), model, 1, 64)

  /** The context of every token. */
  const PHRASE = 5
  const QUOTED = 1
  let firstType = 0

  function run(sequences: number[][][]): number[][][] {
    const lengths = sequences.map(({ length }) => length)
    const count = lengths.reduce((sum, length) => sum + length, 0)
    // Each token is a type of its own; the numbers go on from run to run, so that the table of products fills and is emptied.
    const types = Int32Array.from({ length: count }, (_, i) => firstType + i)
    const contexts = new Int32Array(count).fill(contextOf(PHRASE, QUOTED))
    const inputs = new Int16Array((firstType + count) * 8)
    inputs.set(sequences.flat(2).map(toInput), firstType * 8)
    firstType += count
    net.run({ types, contexts, lengths }, inputs)
    let row = -OUTPUT_ROW
    return sequences.map((sequence) =>
      sequence.map(() => {
        row += OUTPUT_ROW
        return Array.from(net.outputs.subarray(row, row + 25), (units) => units / 1024)
      }),
    )
  }

  const sequences = [5, 1, 3, 5, 2].map((length) =>
    Array.from({ length }, () => Array.from({ length: 8 }, uniform)),
  )

  it('computes what its definition says, to the precision of its integers', () => {
    const answers = run(sequences)
    for (const [s, sequence] of sequences.entries()) {
      const inContext = sequence.map((x) =>
        x.map((value, i) =>
          i < 6 ? value + model.phrases[PHRASE * 6 + i]! + model.quoted[QUOTED * 6 + i]! : value,
        ),
      )
      const forward = reference(inContext, model.forward, 8)
      const backward = reference([...inContext].reverse(), model.backward, 8).reverse()
      for (const [token, scores] of answers[s]!.entries()) {
        const joined = [...forward[token]!, ...backward[token]!]
        for (const [label, score] of scores.entries()) {
          const sum = joined.reduce(
            (sum, h, i) => sum + h * (model.output[i * OUTPUT_ROW + label]! / UNITS),
            0,
          )
          expect(Math.abs(score - sum - model.outputBias[label]!)).toBeLessThan(0.01)
        }
      }
    }
  })

  it('gives a sequence the same bits alone and in any batch', () => {
    const together = run(sequences)
    for (const [s, sequence] of sequences.entries()) expect(run([sequence])).toEqual([together[s]])
    expect(run([...sequences].reverse()).reverse()).toEqual(together)
  })

  it('gives the same bits when the table of products is full and filled anew, and after types were forgotten', () => {
    const before = run(sequences)
    for (let i = 0; i < 700; i++) run(sequences)
    expect(firstType).toBeGreaterThan(8192)
    expect(run(sequences)).toEqual(before)
    firstType = 0
    net.forget()
    expect(run([...sequences].reverse()).reverse()).toEqual(before)
  })
})

describe('WordVectors', () => {
  it('puts the parts together, zeros for a missing row', () => {
    const centroids = new Float32Array(2 * 256 * 2)
    centroids.set([1, 2], 7 * 2)
    centroids.set([3, 4], (256 + 9) * 2)
    const vectors = new WordVectors(Uint8Array.of(0, 0, 7, 9), centroids, 2)
    const target = new Float32Array(6).fill(5)
    vectors.copy(1, target, 1)
    expect([...target]).toEqual([5, 1, 2, 3, 4, 5])
    vectors.copy(-1, target, 1)
    expect([...target]).toEqual([5, 0, 0, 0, 0, 5])
  })
})

describe('segmentBounds', () => {
  it('keeps sentences whole and joins short neighbours', () => {
    expect(segmentBounds([0, 5, 9, 20], 10)).toEqual([0, 9, 20])
    expect(segmentBounds([0, 3, 6, 9], 10)).toEqual([0, 9])
    expect(segmentBounds([0, 50], 10)).toEqual([0, 50])
    expect(segmentBounds([0, 4, 50, 53], 10)).toEqual([0, 4, 50, 53])
  })

  it('cuts what is too long and loses no token', () => {
    const bounds = segmentBounds([0, 10, 1500, 1510], 100)
    expect(bounds).toEqual([0, 10, 522, 1034, 1500, 1510])
    expect(segmentBounds([0])).toEqual([0])
    expect(segmentBounds([])).toEqual([0])
  })
})

describe('TypeInputs', () => {
  it('adds up embeddings and projected vectors as their definitions say, whatever the number of features', () => {
    const random = new Random(8)
    const uniform = (): number => random.integer(2001) / 1000 - 1
    const embeddings = FeatureEmbeddings.quantise(Float32Array.from({ length: 600 * 16 }, uniform), 16)
    const centroids = Float32Array.from({ length: 3 * CENTROIDS * 2 }, uniform)
    const codes = Uint8Array.from({ length: 4 * 3 }, () => random.integer(CENTROIDS))
    const vectors = new WordVectors(codes, centroids, 3)
    const projection = Float32Array.from({ length: 6 * 8 }, uniform)
    const model = {
      sizes: { embedding: 16, projection: 8 },
      features: { find: (feature: number) => feature },
      embeddings,
      vectors,
      projection,
    } as unknown as NetworkModel
    const inputs = new TypeInputs(model)
    const target = new Int16Array(2 * 24)
    const vector = new Float32Array(6)
    for (const [count, row] of [
      [0, -1],
      [1, 0],
      [40, 3],
      [300, 4],
    ] as const) {
      const features = Array.from({ length: count }, () => random.integer(600))
      const word = {
        facts: { vector: row },
        features: (emit: (feature: number) => void) => {
          for (const feature of features) emit(feature)
          emit(-1)
        },
      } as unknown as WordType
      inputs.write(word, target, 24)
      const sum = new Float32Array(16)
      for (const feature of features) embeddings.add(feature, sum)
      vectors.copy(row, vector, 0)
      const expected = [
        ...Array.from(sum, (value) => value / Math.sqrt(Math.max(1, count))),
        ...Array.from({ length: 8 }, (_, i) =>
          vector.reduce((total, value, d) => total + value * projection[d * 8 + i]!, 0),
        ),
      ]
      for (const [i, value] of expected.entries())
        expect(Math.abs(target[24 + i]! - toInput(value))).toBeLessThan(2)
    }
  })
})
