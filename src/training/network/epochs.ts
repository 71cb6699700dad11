import type { Random } from '../random.js'
import type { NetworkCorpus } from './network-trainer.js'

/** Settings that both networks' trainings have. */
export interface EpochOptions<Weights> {
  readonly epochs: number
  /** Epochs at the end that read each sequence as often as its `settling` says, so that the rules of the main data have the last word. */
  readonly settlingEpochs: number
  /** Tokens of a step: batches of sequences are filled up to this number, so that long texts get as many steps as short ones. */
  readonly batchTokens: number
  /** Adam's step size at the start for dense weights; it falls linearly to nothing. */
  readonly rate: number
  /** Largest norm of the gradient of the dense weights. */
  readonly clip: number
  readonly seed: number
  readonly onEpoch?: (epoch: number, loss: number) => void
  /** Called with the weights as they are after an epoch, to follow the score on development data. */
  readonly onWeights?: (epoch: number, weights: () => Weights) => void
}

/** What a trainer does in an epoch. */
export interface EpochWork<Weights> {
  /** Batches of sequences, given in shuffled order. */
  batches(order: Int32Array): readonly (readonly number[])[]
  /**
   * One step; `rest` falls from 1 to nearly 0 over all epochs.
   * @returns the tokens of the batch, and the sum of their expected wrong labels
   */
  step(sequences: readonly number[], rest: number): { readonly wrong: number; readonly tokens: number }
  /** Copies of the weights. */
  weights(): Weights
}

/** Least share of the step size at the end. */
const LEAST_REST = 0.02

/** Goes over the sequences again and again, in ever new order. */
export function runEpochs<Weights>(
  { sequences, settling }: NetworkCorpus,
  { epochs, settlingEpochs, onEpoch, onWeights }: EpochOptions<Weights>,
  random: Random,
  work: EpochWork<Weights>,
): Weights {
  let order = Int32Array.from({ length: sequences.length - 1 }, (_, i) => i)
  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (epoch === epochs - settlingEpochs + 1) order = repeated(order, settling)
    random.shuffle(order)
    const batches = work.batches(order)
    let loss = 0
    let count = 0
    for (const [done, batch] of batches.entries()) {
      const { wrong, tokens } = work.step(
        batch,
        Math.max(LEAST_REST, 1 - (epoch - 1 + done / batches.length) / epochs),
      )
      loss += wrong
      count += tokens
    }
    onEpoch?.(epoch, loss / count)
    onWeights?.(epoch, () => work.weights())
  }
  return work.weights()
}

/** The sequences as often as `times` says, in their order, those of more than once again behind all others. */
function repeated(order: Int32Array, times: Uint8Array): Int32Array<ArrayBuffer> {
  const all: number[] = []
  for (let round = 1; ; round++) {
    const again = order.filter((sequence) => times[sequence]! >= round)
    if (again.length === 0) return Int32Array.from(all)
    for (const sequence of again) all.push(sequence)
  }
}
