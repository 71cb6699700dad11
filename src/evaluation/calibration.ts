const BINS = 10

/**
 * Expected calibration error of scores (Naeini et al. 2015): the mean distance between score and share of right answers over ten
 * bins of equal width, weighted by their answers.
 */
export class Calibration {
  private readonly count = new Float64Array(BINS)
  private readonly scores = new Float64Array(BINS)
  private readonly right = new Float64Array(BINS)

  /** @param score in (0, 1] */
  add(score: number, right: boolean): void {
    const bin = Math.min(BINS - 1, Math.floor(score * BINS))
    this.count[bin]!++
    this.scores[bin]! += score
    if (right) this.right[bin]!++
  }

  /** In percentage points; 0 where there are no scores. */
  error(): number {
    let all = 0
    let distance = 0
    for (let bin = 0; bin < BINS; bin++) {
      all += this.count[bin]!
      distance += Math.abs(this.scores[bin]! - this.right[bin]!)
    }
    return all === 0 ? 0 : (100 * distance) / all
  }
}
