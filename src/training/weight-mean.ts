import type { CrfWeights } from './crf-trainer.js'

/** Mean of the weights of several epochs or trainings, summed in double precision in the order they are added. */
export class WeightMean {
  private readonly features: Float64Array
  private readonly transitions: Float64Array
  private count = 0

  constructor(like: CrfWeights) {
    this.features = new Float64Array(like.features.length)
    this.transitions = new Float64Array(like.transitions.length)
  }

  add({ features, transitions }: CrfWeights): void {
    this.count++
    for (let i = 0; i < features.length; i++) this.features[i]! += features[i]!
    for (let i = 0; i < transitions.length; i++) this.transitions[i]! += transitions[i]!
  }

  /** @param share factor for the feature weights: what dropout left of them in training */
  mean(share = 1): CrfWeights {
    return {
      features: Float32Array.from(this.features, (sum) => (sum * share) / this.count),
      transitions: Float32Array.from(this.transitions, (sum) => sum / this.count),
    }
  }
}
