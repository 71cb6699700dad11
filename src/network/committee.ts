import { LABEL_COUNT } from '../labels/scheme.js'
import { type Batch, OUTPUT_ROW, type Scorer } from './scorer.js'

/** Weight of the first network; chosen on development splits out of 0.3 to 1. */
const SHARE = 0.7

/**
 * Two networks that score together: the weighted mean of their scores. They were trained apart and are built differently, so on texts that are
 * unlike those of the training they err in different places, and one corrects the other.
 */
export class Committee implements Scorer {
  readonly transitions: Float32Array
  readonly temperature: number
  readonly outputs: Int32Array
  private readonly members: readonly [Scorer, Scorer]
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

  run(batch: Batch, inputs: Int16Array): void {
    const { outputs } = this
    const [one, other] = this.members
    one.run(batch, inputs)
    other.run(batch, inputs)
    const tokens = batch.lengths.reduce((sum, length) => sum + length, 0)
    for (let from = 0; from < tokens * OUTPUT_ROW; from += OUTPUT_ROW)
      for (let at = from; at < from + LABEL_COUNT; at++)
        outputs[at] = Math.round(mean(one.outputs[at]!, other.outputs[at]!))
  }
}

function mean(one: number, other: number): number {
  return SHARE * one + (1 - SHARE) * other
}
