import { LABEL_COUNT } from '../labels/scheme.js'
import { type Batch, OUTPUT_ROW, type Scorer } from './scorer.js'

/** Weight of the first network; chosen on development splits out of 0.3 to 1. */
const SHARE = 0.6

/**
 * Two networks that score together: the weighted mean of their scores. They were trained apart and are built differently, so on texts that are
 * unlike those of the training they err in different places, and one corrects the other.
 */
export class Committee implements Scorer {
  readonly transitions: Float32Array
  readonly temperature: number
  readonly outputs: Int32Array
  private readonly members: readonly [Scorer, Scorer]
  /** First row of each sequence of the batch. */
  private first: number[] = []

  /**
   * @param temperature what the mean scores are divided by before they become probabilities
   * @param capacity most tokens of a batch
   */
  constructor(members: readonly [Scorer, Scorer], temperature: number, capacity: number) {
    const [one, other] = members
    this.members = members
    this.temperature = temperature
    this.transitions = one.transitions.map((value, index) => mean(value, other.transitions[index]!))
    this.outputs = new Int32Array(capacity * OUTPUT_ROW)
  }

  forget(): void {
    for (const member of this.members) member.forget()
  }

  row(sequence: number, token: number): number {
    return this.first[sequence]! + token
  }

  run(batch: Batch, inputs: Int16Array): void {
    const [one, other] = this.members
    one.run(batch, inputs)
    other.run(batch, inputs)
    this.first = []
    let row = 0
    for (const [sequence, length] of batch.lengths.entries()) {
      this.first.push(row)
      for (let token = 0; token < length; token++, row++)
        this.join(row, one.row(sequence, token), other.row(sequence, token))
    }
  }

  private join(row: number, rowOfOne: number, rowOfOther: number): void {
    const { outputs } = this
    const [one, other] = this.members
    const to = row * OUTPUT_ROW
    const from = rowOfOne * OUTPUT_ROW
    const otherFrom = rowOfOther * OUTPUT_ROW
    for (let label = 0; label < LABEL_COUNT; label++)
      outputs[to + label] = Math.round(mean(one.outputs[from + label]!, other.outputs[otherFrom + label]!))
  }
}

function mean(one: number, other: number): number {
  return SHARE * one + (1 - SHARE) * other
}
