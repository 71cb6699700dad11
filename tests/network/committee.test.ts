import { describe, expect, it } from 'vitest'
import { LABEL_COUNT } from '../../src/labels/scheme.js'
import { Committee } from '../../src/network/committee.js'
import { type Batch, OUTPUT_ROW, type Scorer } from '../../src/network/scorer.js'

/** Scores the label `l` of the token `t` with `factor * t + l`. */
function member(factor: number, forgotten: number[] = []): Scorer {
  const outputs = new Int32Array(4 * OUTPUT_ROW)
  return {
    transitions: new Float32Array(LABEL_COUNT ** 2).fill(factor),
    temperature: 9,
    outputs,
    run({ lengths }: Batch) {
      for (let token = 0; token < lengths.reduce((sum, length) => sum + length, 0); token++)
        for (let label = 0; label < LABEL_COUNT; label++)
          outputs[token * OUTPUT_ROW + label] = factor * token + label
    },
    forget: () => forgotten.push(factor),
  }
}

const BATCH: Batch = { types: new Int32Array(3), contexts: new Int32Array(3), lengths: [1, 2] }

describe('Committee', () => {
  it('lies between its members, nearer to the first, in scores as in transitions', () => {
    const committee = new Committee([member(1000), member(2000)], 1.5, 4)
    committee.run(BATCH, new Int16Array())
    const mean = committee.transitions[3]!
    expect(mean).toBeGreaterThan(1000)
    expect(mean).toBeLessThan(1500)
    expect(committee.temperature).toBe(1.5)
    for (const token of [0, 1, 2])
      for (const label of [0, 5, LABEL_COUNT - 1])
        expect(committee.outputs[token * OUTPUT_ROW + label]).toBeCloseTo(mean * token + label, 0)
    expect(committee.outputs[3 * OUTPUT_ROW]).toBe(0)
  })

  it('gives the scores of members that agree, and lets both forget', () => {
    const forgotten: number[] = []
    const committee = new Committee([member(7, forgotten), member(7, forgotten)], 1, 4)
    committee.run(BATCH, new Int16Array())
    expect(Array.from(committee.outputs.subarray(OUTPUT_ROW, OUTPUT_ROW + 3))).toEqual([7, 8, 9])
    committee.forget()
    expect(forgotten).toEqual([7, 7])
  })
})
