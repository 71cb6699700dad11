/** Token offsets in two growing Int32Arrays: no object a token, half-open UTF-16 offsets, ascending, not overlapping. */
export class TokenSpans {
  starts: Int32Array
  ends: Int32Array
  length = 0

  constructor(capacity: number) {
    this.starts = new Int32Array(capacity)
    this.ends = new Int32Array(capacity)
  }

  /** Ready offsets, taken as they are: both arrays have one number a token. */
  static from(starts: Int32Array, ends: Int32Array): TokenSpans {
    const spans = new TokenSpans(0)
    spans.starts = starts
    spans.ends = ends
    spans.length = starts.length
    return spans
  }

  push(start: number, end: number): void {
    if (this.length === this.starts.length) this.grow()
    this.starts[this.length] = start
    this.ends[this.length] = end
    this.length++
  }

  private grow(): void {
    const capacity = Math.max(16, this.starts.length * 2)
    const starts = new Int32Array(capacity)
    const ends = new Int32Array(capacity)
    starts.set(this.starts)
    ends.set(this.ends)
    this.starts = starts
    this.ends = ends
  }
}
