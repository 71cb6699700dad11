import { isInside, LABEL_COUNT, OUTSIDE } from '../labels/scheme.js'

/**
 * Best label sequence under integer scores: portable, ties go to the lowest label; exact, unless a beam is set and the best sequence
 * is behind another one by more than that on the way. Impossible sequences (an I label without its B) are never considered.
 *
 * Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm", 1967.
 */
export class Viterbi {
  private best = new Int32Array(LABEL_COUNT)
  private next = new Int32Array(LABEL_COUNT)
  private back = new Uint8Array(0)
  /** Labels whose best sequence is within the beam, and their number. */
  private readonly active = new Uint8Array(LABEL_COUNT)
  private activeCount = 0
  private readonly beam: number
  /** 1 for each token at which every sequence within the beam is outside of a mention, once a sentence was decoded. */
  outside = new Uint8Array(0)

  /** @param beam how far behind the best one a sequence may be to be followed any further; everything by default */
  constructor(beam = -IMPOSSIBLE) {
    this.beam = beam
  }

  /**
   * @param scores emission scores, `[begin + token * width + label]`
   * @param transitions `[from * L + to]`; the first token comes from O
   * @param labels receives the labels of tokens `0 .. length - 1`
   */
  decode(
    scores: Int32Array,
    transitions: ArrayLike<number>,
    length: number,
    labels: Uint8Array,
    begin = 0,
    width = LABEL_COUNT,
  ): void {
    if (length === 0) return
    if (this.outside.length < length) {
      this.back = new Uint8Array(length * LABEL_COUNT * 2)
      this.outside = new Uint8Array(length * 2)
    }
    const { back, outside, active } = this
    this.best.fill(IMPOSSIBLE)
    this.best[OUTSIDE] = 0
    active[0] = OUTSIDE
    this.activeCount = 1
    let isOutside = true
    for (let at = 0; at < length; at++) {
      const row = begin + at * width
      if (isOutside && this.stayOutside(scores, transitions, row)) {
        outside[at] = 1
        continue
      }
      this.step(scores, transitions, row, at * LABEL_COUNT)
      this.prune()
      isOutside = this.activeCount === 1 && active[0] === OUTSIDE
      outside[at] = isOutside ? 1 : 0
    }
    let label = 0
    for (let candidate = 1; candidate < LABEL_COUNT; candidate++)
      if (this.best[candidate]! > this.best[label]!) label = candidate
    for (let at = length - 1; at >= 0; at--) {
      labels[at] = label
      // Where outside follows outside by far, nothing was put down.
      label = label === OUTSIDE && at > 0 && outside[at - 1] === 1 ? OUTSIDE : back[at * LABEL_COUNT + label]!
    }
  }

  /** From outside to outside, if no mention can begin here by far: most tokens. */
  private stayOutside(scores: Int32Array, transitions: ArrayLike<number>, row: number): boolean {
    const stay = transitions[OUTSIDE]! + scores[row]!
    const least = stay - this.beam
    for (let label = 1; label < LABEL_COUNT; label += 2)
      if (transitions[label]! + scores[row + label]! >= least) return false
    this.best[OUTSIDE]! += stay
    return true
  }

  /** @param line where the ways back to this token's labels are put down */
  private step(scores: Int32Array, transitions: ArrayLike<number>, row: number, line: number): void {
    const { back, best, next, active, activeCount } = this
    // O and the labels that begin a mention may follow any label.
    for (let to = 0; to < LABEL_COUNT; to += to === OUTSIDE ? 1 : 2) {
      let top = IMPOSSIBLE
      let from = 0
      for (let i = 0; i < activeCount; i++) {
        const candidate = active[i]!
        const value = best[candidate]! + transitions[candidate * LABEL_COUNT + to]!
        if (value > top) {
          top = value
          from = candidate
        }
      }
      next[to] = top + scores[row + to]!
      back[line + to] = from
    }
    for (let to = 2; to < LABEL_COUNT; to += 2) next[to] = IMPOSSIBLE
    // A mention goes on from its own labels alone; its beginning comes before its inside, and wins a tie.
    for (let i = 0; i < activeCount; i++) {
      const from = active[i]!
      if (from === OUTSIDE) continue
      const to = isInside(from) ? from : from + 1
      const value = best[from]! + transitions[from * LABEL_COUNT + to]! + scores[row + to]!
      if (value <= next[to]!) continue
      next[to] = value
      back[line + to] = from
    }
    this.best = next
    this.next = best
  }

  /** Gives up the labels that are too far behind. */
  private prune(): void {
    const { best, active } = this
    let top = best[0]!
    for (let label = 1; label < LABEL_COUNT; label++) if (best[label]! > top) top = best[label]!
    const least = Math.max(IMPOSSIBLE + 1, top - this.beam)
    let count = 0
    for (let label = 0; label < LABEL_COUNT; label++) {
      if (best[label]! >= least) active[count++] = label
      else best[label] = IMPOSSIBLE
    }
    this.activeCount = count
  }
}

/** Low enough never to win, high enough never to overflow when scores are added. */
const IMPOSSIBLE = -(1 << 30)
