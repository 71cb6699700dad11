import { isAllowed, isInside, LABEL_COUNT, OUTSIDE } from '../labels/scheme.js'
import { exp } from './exp.js'

/**
 * Forward-backward over a linear chain, in scaled probabilities. One object serves any number of sentences and grows as
 * needed. The caller fills `scores` (log-linear emission scores, `T x L` row-major) and `transitions` (`L x L`, from-row).
 *
 * Rabiner, "A tutorial on hidden Markov models", 1989, section V.A (scaling).
 */
export class Lattice {
  /** Emission scores of the sentence, `[token * L + label]`. */
  scores = new Float64Array(0)
  /** exp(score - row maximum), set by `run`. */
  private emission = new Float64Array(0)
  private alpha = new Float64Array(0)
  private beta = new Float64Array(0)
  private scale = new Float64Array(0)
  private readonly factor = new Float64Array(LABEL_COUNT * LABEL_COUNT)
  /** Tokens of the sentence at hand. */
  private length = 0

  /** Makes room for `length` tokens. */
  reserve(length: number): void {
    this.length = length
    const size = length * LABEL_COUNT
    if (this.scores.length >= size) return
    const capacity = Math.max(size, this.scores.length * 2)
    this.scores = new Float64Array(capacity)
    this.emission = new Float64Array(capacity)
    this.alpha = new Float64Array(capacity)
    this.beta = new Float64Array(capacity)
    this.scale = new Float64Array(Math.ceil(capacity / LABEL_COUNT))
  }

  /** Sets the transition scores, `[from * L + to]`; forbidden transitions become impossible. */
  setTransitions(transitions: ArrayLike<number>): void {
    for (let from = 0; from < LABEL_COUNT; from++) {
      for (let to = 0; to < LABEL_COUNT; to++) {
        const index = from * LABEL_COUNT + to
        this.factor[index] = isAllowed(from, to) ? exp(transitions[index]!) : 0
      }
    }
  }

  /** Computes forward and backward values of the sentence whose scores were filled in. */
  run(): void {
    const { length, scores, emission } = this
    for (let at = 0; at < length; at++) {
      const row = at * LABEL_COUNT
      let top = scores[row]!
      for (let label = 1; label < LABEL_COUNT; label++)
        if (scores[row + label]! > top) top = scores[row + label]!
      for (let label = 0; label < LABEL_COUNT; label++)
        emission[row + label] = exp(scores[row + label]! - top)
    }
    this.forward()
    this.backward()
  }

  private forward(): void {
    const { length, emission, alpha, factor, scale } = this
    for (let at = 0; at < length; at++) {
      const row = at * LABEL_COUNT
      const before = row - LABEL_COUNT
      let all = 0
      for (let to = 0; to < LABEL_COUNT; to++) {
        let sum = 0
        if (at === 0) sum = factor[OUTSIDE * LABEL_COUNT + to]!
        else if (isInside(to)) {
          sum =
            alpha[before + to]! * factor[to * LABEL_COUNT + to]! +
            alpha[before + to - 1]! * factor[(to - 1) * LABEL_COUNT + to]!
        } else {
          for (let from = 0; from < LABEL_COUNT; from++)
            sum += alpha[before + from]! * factor[from * LABEL_COUNT + to]!
        }
        const value = sum * emission[row + to]!
        alpha[row + to] = value
        all += value
      }
      scale[at] = all
      const inverse = 1 / all
      for (let label = 0; label < LABEL_COUNT; label++) alpha[row + label]! *= inverse
    }
  }

  private backward(): void {
    const { length, emission, beta, factor, scale } = this
    const end = (length - 1) * LABEL_COUNT
    for (let label = 0; label < LABEL_COUNT; label++) beta[end + label] = 1
    for (let at = length - 2; at >= 0; at--) {
      const row = at * LABEL_COUNT
      const next = row + LABEL_COUNT
      const inverse = 1 / scale[at + 1]!
      for (let from = 0; from < LABEL_COUNT; from++) {
        // From any label one may go to O and to every B; to an I only from its own B or I.
        const base = from * LABEL_COUNT
        let sum = factor[base]! * emission[next]! * beta[next]!
        for (let to = 1; to < LABEL_COUNT; to += 2)
          sum += factor[base + to]! * emission[next + to]! * beta[next + to]!
        if (from !== OUTSIDE) {
          const to = isInside(from) ? from : from + 1
          sum += factor[base + to]! * emission[next + to]! * beta[next + to]!
        }
        beta[row + from] = sum * inverse
      }
    }
  }

  /** P(label at token), in [0, 1]. */
  marginal(at: number, label: number): number {
    return this.alpha[at * LABEL_COUNT + label]! * this.beta[at * LABEL_COUNT + label]!
  }

  /** P(label at token - 1, label at token), for token >= 1. */
  pairMarginal(at: number, from: number, to: number): number {
    const row = at * LABEL_COUNT
    return (
      (this.alpha[row - LABEL_COUNT + from]! *
        this.factor[from * LABEL_COUNT + to]! *
        this.emission[row + to]! *
        this.beta[row + to]!) /
      this.scale[at]!
    )
  }

  /** P(tokens [start, end) are exactly one span of the class with these B and I labels), in [0, 1]. */
  spanProbability(start: number, end: number, begin: number, inside: number): number {
    const { alpha, beta, emission, factor, scale } = this
    let value = alpha[start * LABEL_COUNT + begin]!
    let label = begin
    for (let at = start + 1; at < end; at++) {
      value *= (factor[label * LABEL_COUNT + inside]! * emission[at * LABEL_COUNT + inside]!) / scale[at]!
      label = inside
    }
    const row = (end - 1) * LABEL_COUNT
    if (end === this.length) return value * beta[row + label]!
    // Leave out the continuation into the same class, which would be a longer span.
    const next = end * LABEL_COUNT
    const longer =
      (factor[label * LABEL_COUNT + inside]! * emission[next + inside]! * beta[next + inside]!) / scale[end]!
    return value * Math.max(0, beta[row + label]! - longer)
  }
}
