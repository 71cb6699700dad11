import { isAllowed, isInside, LABEL_COUNT, OUTSIDE } from '../labels/scheme.js'
import { exp } from './exp.js'
import { roughExp } from './rough-exp.js'

/** How exactly a lattice computes. */
export interface LatticePrecision {
  /** e^x for x <= 0. */
  readonly exponential: (x: number) => number
  /** Labels whose emission is less likely than that of the best label possible there by e^-cut count as impossible. */
  readonly cut: number
  /** Least forward probability of a label that is followed any further. */
  readonly least: number
}

/** For gradients. */
const FINE: LatticePrecision = { exponential: exp, cut: 16, least: 1e-7 }
/** For probabilities of four decimals. */
export const ROUGH: LatticePrecision = { exponential: roughExp, cut: 10, least: 1e-5 }

/**
 * Forward-backward over a linear chain, in scaled probabilities. At most tokens all but a few labels are impossible by far, so only the
 * others are summed over. One object serves any number of sentences and grows as
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
  /** Possible labels of each token, `[token * L ..]`, and their number; O is always among them. */
  private active = new Uint8Array(0)
  private activeCount = new Uint8Array(0)
  private readonly factor = new Float64Array(LABEL_COUNT * LABEL_COUNT)
  private readonly precision: LatticePrecision
  /** Tokens of the sentence at hand. */
  private length = 0

  constructor(precision = FINE) {
    this.precision = precision
  }

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
    this.active = new Uint8Array(capacity)
    this.activeCount = new Uint8Array(Math.ceil(capacity / LABEL_COUNT))
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
    const size = this.length * LABEL_COUNT
    this.emission.fill(0, 0, size)
    this.alpha.fill(0, 0, size)
    this.beta.fill(0, 0, size)
    this.forward()
    this.backward()
  }

  /** Finds the possible labels of a token and the exponentials of their scores. */
  private activate(at: number): void {
    const { scores, emission, active } = this
    const { exponential, cut } = this.precision
    const row = at * LABEL_COUNT
    let top = scores[row]!
    for (let label = 1; label < LABEL_COUNT; label++)
      if (scores[row + label]! > top && this.mayStand(at, label)) top = scores[row + label]!
    const least = top - cut
    let count = 0
    for (let label = 0; label < LABEL_COUNT; label++) {
      if (label !== OUTSIDE && (scores[row + label]! < least || !this.mayStand(at, label))) continue
      emission[row + label] = exponential(scores[row + label]! - top)
      active[row + count++] = label
    }
    this.activeCount[at] = count
  }

  /** A mention goes on only where it may have begun. */
  private mayStand(at: number, label: number): boolean {
    if (!isInside(label)) return true
    const before = (at - 1) * LABEL_COUNT + label
    return at > 0 && (this.alpha[before]! > 0 || this.alpha[before - 1]! > 0)
  }

  private forward(): void {
    const { length, emission, alpha, factor, scale, active, activeCount } = this
    const { least } = this.precision
    for (let at = 0; at < length; at++) {
      this.activate(at)
      const row = at * LABEL_COUNT
      const before = row - LABEL_COUNT
      let all = 0
      for (let i = 0; i < activeCount[at]!; i++) {
        const to = active[row + i]!
        let sum = 0
        if (at === 0) sum = factor[OUTSIDE * LABEL_COUNT + to]!
        else {
          for (let j = 0; j < activeCount[at - 1]!; j++) {
            const from = active[before + j]!
            sum += alpha[before + from]! * factor[from * LABEL_COUNT + to]!
          }
        }
        const value = sum * emission[row + to]!
        alpha[row + to] = value
        all += value
      }
      scale[at] = all
      const inverse = 1 / all
      const count = activeCount[at]!
      let kept = 0
      for (let i = 0; i < count; i++) {
        const label = active[row + i]!
        const value = alpha[row + label]! * inverse
        const isKept = value >= least || label === OUTSIDE
        alpha[row + label] = isKept ? value : 0
        if (isKept) active[row + kept++] = label
      }
      activeCount[at] = kept
    }
  }

  private backward(): void {
    const { length, emission, beta, factor, scale, active, activeCount } = this
    const end = (length - 1) * LABEL_COUNT
    for (let label = 0; label < LABEL_COUNT; label++) beta[end + label] = 1
    for (let at = length - 2; at >= 0; at--) {
      const row = at * LABEL_COUNT
      const next = row + LABEL_COUNT
      const inverse = 1 / scale[at + 1]!
      for (let i = 0; i < activeCount[at]!; i++) {
        const from = active[row + i]!
        let sum = 0
        for (let j = 0; j < activeCount[at + 1]!; j++) {
          const to = active[next + j]!
          sum += factor[from * LABEL_COUNT + to]! * emission[next + to]! * beta[next + to]!
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
