import { Lattice } from '../../decoding/lattice.js'
import { isAllowed, LABEL_COUNT, OUTSIDE } from '../../labels/scheme.js'
import { OUTPUT_ROW } from '../../network/scorer.js'

/** Probabilities below this are left out of the transitions' gradient. */
const NEGLIGIBLE = 1e-6

/** Arrays of a batch that the loss reads and fills. */
export interface CrfBatch {
  /** Emission scores, `rows x OUTPUT_ROW`. */
  readonly scores: Float32Array
  /** Receives their gradient, `rows x OUTPUT_ROW`; zeros on entry. */
  readonly gradient: Float32Array
  /** Receives the gradient of the transitions on top of what it holds. */
  readonly transitionGradient: Float32Array
}

/**
 * Negative log-likelihood of a linear-chain conditional random field over emission scores (Lample et al. 2016): its gradient is the
 * marginal probabilities of the labels less the right ones.
 */
export class CrfLoss {
  private readonly lattice = new Lattice()

  /** @param transitions `[from * L + to]` */
  setTransitions(transitions: Float32Array): void {
    this.lattice.setTransitions(transitions)
  }

  /**
   * Adds the gradient of one sequence.
   * @param rowOf row of a token of the sequence
   * @param labels the right labels
   * @param share weight of a token
   * @returns the sum of the tokens' expected wrong labels
   */
  add(batch: CrfBatch, rowOf: (token: number) => number, labels: Uint8Array, share: number): number {
    const { lattice } = this
    const { scores, gradient, transitionGradient } = batch
    const { length } = labels
    lattice.reserve(length)
    for (let at = 0; at < length; at++) {
      const row = rowOf(at) * OUTPUT_ROW
      for (let label = 0; label < LABEL_COUNT; label++)
        lattice.scores[at * LABEL_COUNT + label] = scores[row + label]!
    }
    lattice.run()
    let loss = 0
    for (let at = 0; at < length; at++) {
      const row = rowOf(at) * OUTPUT_ROW
      for (let label = 0; label < LABEL_COUNT; label++)
        gradient[row + label] = lattice.marginal(at, label) * share
      const gold = labels[at]!
      loss += 1 - lattice.marginal(at, gold)
      gradient[row + gold]! -= share
      const before = at === 0 ? OUTSIDE : labels[at - 1]!
      transitionGradient[before * LABEL_COUNT + gold]! -= share
      if (at === 0) {
        for (let label = 0; label < LABEL_COUNT; label++)
          transitionGradient[OUTSIDE * LABEL_COUNT + label]! += lattice.marginal(0, label) * share
        continue
      }
      for (let earlier = 0; earlier < LABEL_COUNT; earlier++) {
        if (lattice.marginal(at - 1, earlier) < NEGLIGIBLE) continue
        for (let label = 0; label < LABEL_COUNT; label++)
          if (isAllowed(earlier, label))
            transitionGradient[earlier * LABEL_COUNT + label]! +=
              lattice.pairMarginal(at, earlier, label) * share
      }
    }
    return loss
  }
}
