import { LABEL_COUNT, OUTSIDE } from '../labels/scheme.js'

/**
 * Best label sequence under integer scores: portable, ties go to the lowest label; exact, unless a beam is set and the best sequence
 * is behind another one by more than that on the way. Impossible sequences (an I label without its B) are never considered.
 *
 * Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm", 1967.
 */
export class Viterbi {
  /** Labels whose best sequence is within the beam, ascending, with its score, and their number. */
  private readonly active = new Uint8Array(LABEL_COUNT)
  private readonly best = new Int32Array(LABEL_COUNT)
  private count = 0
  /** The same of the next token, before the beam, with the label before. */
  private readonly next = new Uint8Array(LABEL_COUNT)
  private readonly nextBest = new Int32Array(LABEL_COUNT)
  private readonly nextFrom = new Uint8Array(LABEL_COUNT)
  /** Label before each label of each token, where it was followed. */
  private back = new Uint8Array(0)
  private readonly beam: number
  /** 1 for each token at which every sequence within the beam is outside of a mention, once a sentence was decoded. */
  outside = new Uint8Array(0)

  /** @param beam how far behind the best one a sequence may be to be followed any further; everything by default */
  constructor(beam = Number.POSITIVE_INFINITY) {
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
    const { back, outside, active, best } = this
    active[0] = OUTSIDE
    best[0] = 0
    this.count = 1
    let isOutside = true
    for (let at = 0; at < length; at++) {
      const row = begin + at * width
      if (!isOutside || !this.stayOutside(scores, transitions, row)) {
        this.step(scores, transitions, row, at * LABEL_COUNT)
        isOutside = this.count === 1 && active[0] === OUTSIDE
      }
      outside[at] = isOutside ? 1 : 0
    }
    let last = 0
    for (let i = 1; i < this.count; i++) if (best[i]! > best[last]!) last = i
    let label = active[last]!
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
    this.best[0]! += stay
    return true
  }

  /**
   * From the sequences within the beam to those of the next token.
   * @param line where the ways back to the token's labels are put down
   */
  private step(scores: Int32Array, transitions: ArrayLike<number>, row: number, line: number): void {
    const { active, best, count, next, nextBest, nextFrom } = this
    let reached = 0
    let top = Number.NEGATIVE_INFINITY
    // O and the labels that begin a mention may follow any label; a mention goes on from its own labels alone.
    for (let to = 0, own = 0; to < LABEL_COUNT; to += to === OUTSIDE ? 1 : 2) {
      let value = best[0]! + transitions[active[0]! * LABEL_COUNT + to]!
      let from = 0
      for (let i = 1; i < count; i++) {
        const other = best[i]! + transitions[active[i]! * LABEL_COUNT + to]!
        if (other <= value) continue
        value = other
        from = i
      }
      value += scores[row + to]!
      if (value > top) top = value
      next[reached] = to
      nextBest[reached] = value
      nextFrom[reached++] = active[from]!
      if (to === OUTSIDE) continue
      while (own < count && active[own]! < to) own++
      if (own === count || active[own]! > to + 1) continue
      // Its beginning comes before its inside, and wins a tie.
      value = best[own]! + transitions[active[own]! * LABEL_COUNT + to + 1]!
      from = own
      if (active[own] === to && own + 1 < count && active[own + 1] === to + 1) {
        const other = best[own + 1]! + transitions[(to + 1) * LABEL_COUNT + to + 1]!
        if (other > value) {
          value = other
          from = own + 1
        }
      }
      value += scores[row + to + 1]!
      if (value > top) top = value
      next[reached] = to + 1
      nextBest[reached] = value
      nextFrom[reached++] = active[from]!
    }
    this.follow(reached, top - this.beam, line)
  }

  /** Keeps the labels that are not too far behind. */
  private follow(reached: number, least: number, line: number): void {
    const { active, best, back, next, nextBest, nextFrom } = this
    let count = 0
    for (let i = 0; i < reached; i++) {
      if (nextBest[i]! < least) continue
      const label = next[i]!
      active[count] = label
      best[count++] = nextBest[i]!
      back[line + label] = nextFrom[i]!
    }
    this.count = count
  }
}
