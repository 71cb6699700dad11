import { isInside, LABEL_COUNT, OUTSIDE } from '../labels/scheme.js'

/**
 * Best label sequence under integer scores: exact, portable, ties go to the lowest label. Impossible sequences (an I label
 * without its B) are never considered, which also saves half of the work.
 *
 * Viterbi, "Error bounds for convolutional codes and an asymptotically optimum decoding algorithm", 1967.
 */
export class Viterbi {
  private best = new Int32Array(LABEL_COUNT)
  private next = new Int32Array(LABEL_COUNT)
  private back = new Uint8Array(0)

  /**
   * @param scores emission scores, `[token * L + label]`
   * @param transitions `[from * L + to]`; the first token comes from O
   * @param labels receives the labels of tokens `0 .. length - 1`
   */
  decode(scores: Int32Array, transitions: ArrayLike<number>, length: number, labels: Uint8Array): void {
    if (length === 0) return
    if (this.back.length < length * LABEL_COUNT) this.back = new Uint8Array(length * LABEL_COUNT * 2)
    const { back } = this
    let { best, next } = this
    for (let to = 0; to < LABEL_COUNT; to++) {
      best[to] = isInside(to) ? IMPOSSIBLE : scores[to]! + transitions[OUTSIDE * LABEL_COUNT + to]!
    }
    for (let at = 1; at < length; at++) {
      const row = at * LABEL_COUNT
      for (let to = 0; to < LABEL_COUNT; to++) {
        let top: number
        let from: number
        if (isInside(to)) {
          const begin = best[to - 1]! + transitions[(to - 1) * LABEL_COUNT + to]!
          const inside = best[to]! + transitions[to * LABEL_COUNT + to]!
          from = inside > begin ? to : to - 1
          top = inside > begin ? inside : begin
        } else {
          top = best[0]! + transitions[to]!
          from = 0
          for (let candidate = 1; candidate < LABEL_COUNT; candidate++) {
            const value = best[candidate]! + transitions[candidate * LABEL_COUNT + to]!
            if (value > top) {
              top = value
              from = candidate
            }
          }
        }
        next[to] = top + scores[row + to]!
        back[row + to] = from
      }
      const swap = best
      best = next
      next = swap
    }
    let label = 0
    for (let candidate = 1; candidate < LABEL_COUNT; candidate++)
      if (best[candidate]! > best[label]!) label = candidate
    for (let at = length - 1; at >= 0; at--) {
      labels[at] = label
      label = back[at * LABEL_COUNT + label]!
    }
  }
}

/** Low enough never to win, high enough never to overflow when scores are added. */
const IMPOSSIBLE = -(1 << 30)
