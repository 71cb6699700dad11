/**
 * Sequences of different lengths as rows without padding: the longest first, all first steps, then all second steps, and so on.
 * At step `t` the first `active[t]` sequences are still running; their rows begin at `first[t]`. Read backwards, a sequence has
 * the same steps, so both directions share one packing.
 */
export class Packing {
  /** Number of rows: the tokens of all sequences. */
  rows = 0
  steps = 0
  /** First row of each step, and the number of rows at the end. */
  first = new Int32Array(2)
  active = new Int32Array(1)
  /** Sequence numbers, the longest first; equal lengths in the caller's order. */
  order: number[] = []
  /** Place of each sequence in `order`. */
  private rank: number[] = []
  private lengths: ArrayLike<number> = []

  /** @param lengths tokens of each sequence, at least 1 */
  pack(lengths: ArrayLike<number>): void {
    const count = lengths.length
    this.lengths = lengths
    this.order = Array.from({ length: count }, (_, i) => i).sort((a, b) => lengths[b]! - lengths[a]! || a - b)
    this.rank = new Array<number>(count)
    for (const [rank, sequence] of this.order.entries()) this.rank[sequence] = rank
    this.steps = count === 0 ? 0 : lengths[this.order[0]!]!
    if (this.active.length < this.steps) {
      this.active = new Int32Array(this.steps * 2)
      this.first = new Int32Array(this.steps * 2 + 1)
    }
    let running = count
    let row = 0
    for (let step = 0; step < this.steps; step++) {
      while (lengths[this.order[running - 1]!]! <= step) running--
      this.active[step] = running
      this.first[step] = row
      row += running
    }
    this.first[this.steps] = row
    this.rows = row
  }

  /** Row of a token, read forwards. */
  row(sequence: number, token: number): number {
    return this.first[token]! + this.rank[sequence]!
  }

  /** Row of a token, read backwards. */
  rowBackwards(sequence: number, token: number): number {
    return this.first[this.lengths[sequence]! - 1 - token]! + this.rank[sequence]!
  }
}
