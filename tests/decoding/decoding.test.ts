import { describe, expect, it } from 'vitest'
import { exp } from '../../src/decoding/exp.js'
import { Lattice, ROUGH } from '../../src/decoding/lattice.js'
import { Viterbi } from '../../src/decoding/viterbi.js'
import { windowAround } from '../../src/decoding/window.js'
import { beginLabel, insideLabel, isAllowed, LABEL_COUNT, spansOf } from '../../src/labels/scheme.js'
import { Random } from '../../src/training/random.js'

/** All possible label sequences of a length, in ascending order. */
function* sequences(length: number, labels: readonly number[], before = 0): Generator<number[]> {
  if (length === 0) {
    yield []
    return
  }
  for (const label of labels) {
    if (!isAllowed(before, label)) continue
    for (const rest of sequences(length - 1, labels, label)) yield [label, ...rest]
  }
}

/** Integer scores for a few labels; all others are out of reach. */
function problem(random: Random, length: number, labels: readonly number[]) {
  const scores = new Int32Array(length * LABEL_COUNT).fill(-10_000)
  const transitions = new Int16Array(LABEL_COUNT * LABEL_COUNT)
  for (let at = 0; at < length; at++)
    for (const label of labels) scores[at * LABEL_COUNT + label] = random.integer(40) - 20
  for (const from of labels)
    for (const to of labels) transitions[from * LABEL_COUNT + to] = random.integer(20) - 10
  const total = (sequence: readonly number[]): number =>
    sequence.reduce(
      (sum, label, at) =>
        sum + scores[at * LABEL_COUNT + label]! + transitions[(sequence[at - 1] ?? 0) * LABEL_COUNT + label]!,
      0,
    )
  return { scores, transitions, total }
}

const LABELS = [0, 1, 2, 5, 6]

describe('Viterbi', () => {
  it('agrees with brute force, ties and all', () => {
    const random = new Random(1)
    const viterbi = new Viterbi()
    for (let round = 0; round < 200; round++) {
      const length = 1 + random.integer(5)
      const { scores, transitions, total } = problem(random, length, LABELS)
      const labels = new Uint8Array(length)
      viterbi.decode(scores, transitions, length, labels)
      const best = Math.max(...[...sequences(length, LABELS)].map(total))
      expect(total([...labels])).toBe(best)
    }
  })

  it('with a beam still finds the best sequence where no other is far ahead of it on the way', () => {
    const random = new Random(2)
    const viterbi = new Viterbi(400)
    for (let round = 0; round < 200; round++) {
      const length = 1 + random.integer(5)
      const { scores, transitions, total } = problem(random, length, LABELS)
      const labels = new Uint8Array(length)
      viterbi.decode(scores, transitions, length, labels)
      expect(total([...labels])).toBe(Math.max(...[...sequences(length, LABELS)].map(total)))
    }
  })

  it('with a narrow beam follows what is best so far, and always some sequence that is possible', () => {
    const { scores, transitions } = problem(new Random(3), 60, LABELS)
    const labels = new Uint8Array(60)
    new Viterbi(0).decode(scores, transitions, 60, labels)
    for (const [at, label] of labels.entries())
      expect(isAllowed(at === 0 ? 0 : labels[at - 1]!, label)).toBe(true)
  })

  it('reads scores from the middle of a wider table, and tells where nothing but outside is left', () => {
    const random = new Random(6)
    const width = LABEL_COUNT + 7
    for (let round = 0; round < 50; round++) {
      const length = 2 + random.integer(8)
      const { scores, transitions } = problem(random, length, LABELS)
      // Everywhere but at one token outside is ahead by far.
      const open = random.integer(length)
      for (let at = 0; at < length; at++) if (at !== open) scores[at * LABEL_COUNT] = 1000
      const table = new Int32Array((length + 2) * width).fill(5000)
      for (let at = 0; at < length; at++)
        table.set(scores.subarray(at * LABEL_COUNT, (at + 1) * LABEL_COUNT), (at + 2) * width)
      const [plain, wide] = [new Uint8Array(length), new Uint8Array(length)]
      new Viterbi().decode(scores, transitions, length, plain)
      const viterbi = new Viterbi(100)
      viterbi.decode(table, transitions, length, wide, 2 * width, width)
      expect(wide).toEqual(plain)
      for (let at = 0; at < length; at++) expect(viterbi.outside[at]).toBe(at === open ? 0 : 1)
    }
  })

  it('never lets an I label follow anything but its own class', () => {
    const scores = new Int32Array(3 * LABEL_COUNT)
    for (let at = 0; at < 3; at++) scores[at * LABEL_COUNT + insideLabel(2)] = 1000
    const labels = new Uint8Array(3)
    new Viterbi().decode(scores, new Int16Array(LABEL_COUNT * LABEL_COUNT), 3, labels)
    expect([...labels]).toEqual([beginLabel(2), insideLabel(2), insideLabel(2)])
  })

  it('gives ties to the lowest label', () => {
    const labels = new Uint8Array(2)
    new Viterbi().decode(
      new Int32Array(2 * LABEL_COUNT),
      new Int16Array(LABEL_COUNT * LABEL_COUNT),
      2,
      labels,
    )
    expect([...labels]).toEqual([0, 0])
  })
})

describe('Lattice', () => {
  it('gives spans the same probability roughly as finely, to three decimals', () => {
    const random = new Random(5)
    for (let round = 0; round < 60; round++) {
      const length = 12
      const { scores, transitions } = problem(random, length, LABELS)
      const [fine, rough] = [new Lattice(), new Lattice(ROUGH)].map((lattice) => {
        lattice.reserve(length)
        for (let i = 0; i < length * LABEL_COUNT; i++) lattice.scores[i] = scores[i]! / 8
        lattice.setTransitions(Array.from(transitions, (value) => value / 8))
        lattice.run()
        return lattice
      })
      for (let start = 0; start < length - 2; start++)
        for (const size of [1, 2])
          expect(rough!.spanProbability(start, start + size, 1, 2)).toBeCloseTo(
            fine!.spanProbability(start, start + size, 1, 2),
            3,
          )
    }
  })

  it('gives mentions the same probability in their window as in the whole sentence', () => {
    const random = new Random(7)
    const length = 16
    let windows = 0
    for (let round = 0; round < 100; round++) {
      const { scores, transitions } = problem(random, length, LABELS)
      for (let at = 0; at < length; at++) if (random.integer(2) === 0) scores[at * LABEL_COUNT] = 130
      const viterbi = new Viterbi(80)
      const labels = new Uint8Array(length)
      viterbi.decode(scores, transitions, length, labels)
      const latticeOf = (from: number, to: number): Lattice => {
        const lattice = new Lattice(ROUGH)
        lattice.reserve(to - from)
        for (let i = 0; i < (to - from) * LABEL_COUNT; i++)
          lattice.scores[i] = scores[from * LABEL_COUNT + i]! / 8
        lattice.setTransitions(Array.from(transitions, (value) => value / 8))
        lattice.run()
        return lattice
      }
      for (const { start, end, cls } of spansOf(labels)) {
        const [from, to] = windowAround(viterbi.outside, start, end, length)
        if (to - from < length) windows++
        const inWindow = latticeOf(from, to).spanProbability(
          start - from,
          end - from,
          beginLabel(cls),
          insideLabel(cls),
        )
        const inSentence = latticeOf(0, length).spanProbability(start, end, beginLabel(cls), insideLabel(cls))
        expect(Math.abs(inWindow - inSentence)).toBeLessThan(0.01)
      }
    }
    expect(windows).toBeGreaterThan(100)
  })

  it('agrees with brute force on marginals, pairs and spans', () => {
    const random = new Random(2)
    for (let round = 0; round < 60; round++) {
      const length = 2 + random.integer(3)
      const { scores, transitions, total } = problem(random, length, LABELS)
      const lattice = new Lattice()
      lattice.reserve(length)
      for (let i = 0; i < length * LABEL_COUNT; i++) lattice.scores[i] = scores[i]! / 10
      lattice.setTransitions(Array.from(transitions, (value) => value / 10))
      lattice.run()
      const all = [...sequences(length, LABELS)].map((labels) => ({
        labels,
        weight: Math.exp(total(labels) / 10),
      }))
      const sum = all.reduce((s, { weight }) => s + weight, 0)
      const share = (has: (labels: number[]) => boolean): number =>
        all.reduce((s, { labels, weight }) => s + (has(labels) ? weight : 0), 0) / sum
      for (let at = 0; at < length; at++) {
        for (const label of LABELS) {
          expect(lattice.marginal(at, label)).toBeCloseTo(
            share((labels) => labels[at] === label),
            9,
          )
          if (at > 0)
            expect(lattice.pairMarginal(at, 0, label)).toBeCloseTo(
              share((labels) => labels[at - 1] === 0 && labels[at] === label),
              9,
            )
        }
      }
      for (let start = 0; start < length; start++) {
        for (let end = start + 1; end <= length; end++) {
          const expected = share((labels) =>
            spansOf(labels).some((span) => span.start === start && span.end === end && span.cls === 2),
          )
          expect(lattice.spanProbability(start, end, beginLabel(2), insideLabel(2))).toBeCloseTo(expected, 9)
        }
      }
    }
  })

  it('survives long sentences with extreme scores', () => {
    const lattice = new Lattice()
    lattice.reserve(5000)
    lattice.scores.fill(0)
    for (let at = 0; at < 5000; at++) lattice.scores[at * LABEL_COUNT + (at % 2)] = 600
    lattice.setTransitions(new Float64Array(LABEL_COUNT * LABEL_COUNT))
    lattice.run()
    expect(lattice.marginal(4999, 1)).toBeCloseTo(1, 6)
  })
})

describe('exp', () => {
  it('agrees with Math.exp to 1e-13', () => {
    for (let x = -700; x < 700; x += 0.37) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13)
    expect(exp(0)).toBe(1)
    expect(exp(-1000)).toBe(0)
    expect(exp(1000)).toBe(Infinity)
  })
})
