import { describe, expect, it } from 'vitest'
import { runEpochs } from '../../src/training/network/epochs.js'
import type { NetworkCorpus } from '../../src/training/network/network-trainer.js'
import { Random } from '../../src/training/random.js'

describe('runEpochs', () => {
  it('reads everything once, and in the settling epochs each sequence as often as it says', () => {
    const corpus = {
      sequences: Int32Array.of(0, 3, 5, 9),
      settling: Uint8Array.of(2, 0, 1),
    } as Partial<NetworkCorpus> as NetworkCorpus
    const read: number[][] = []
    const rests: number[] = []
    runEpochs(
      corpus,
      { epochs: 3, settlingEpochs: 2, batchTokens: 1, rate: 1, clip: 1, seed: 1 },
      new Random(1),
      {
        batches: (order) => {
          read.push(Array.from(order).sort())
          return Array.from(order, (sequence) => [sequence])
        },
        step: (_, rest) => {
          rests.push(rest)
          return { wrong: 0, tokens: 1 }
        },
        weights: () => undefined,
      },
    )
    expect(read).toEqual([
      [0, 1, 2],
      [0, 0, 2],
      [0, 0, 2],
    ])
    expect(rests[0]).toBe(1)
    expect(rests).toEqual([...rests].sort((a, b) => b - a))
    expect(rests.at(-1)).toBeCloseTo(1 / 9)
  })
})
