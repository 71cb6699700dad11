/**
 * Counts feature hashes and numbers those that occur often enough. Open addressing over typed arrays: a training set has
 * millions of distinct features, which a Map of numbers would hold as boxed doubles.
 */
export class FeatureIndex {
  private keys: Uint32Array
  private counts: Uint32Array
  private size = 0

  constructor(capacity = 1 << 20) {
    this.keys = new Uint32Array(capacity)
    this.counts = new Uint32Array(capacity)
  }

  count(feature: number, times: number): void {
    const slot = this.slotOf(feature)
    if (this.keys[slot] === 0) {
      this.keys[slot] = feature || 1
      if (++this.size * 2 > this.keys.length) this.grow()
      this.counts[this.slotOf(feature)]! += times
      return
    }
    this.counts[slot]! += times
  }

  /**
   * Numbers the features with at least `minimum` occurrences in ascending order of their hash, so that the numbering
   * depends on nothing else. Returns the hashes by number; afterwards `find` answers numbers.
   */
  freeze(minimum: number): Uint32Array {
    const kept: number[] = []
    for (let slot = 0; slot < this.keys.length; slot++) {
      if (this.keys[slot] !== 0 && this.counts[slot]! >= minimum) kept.push(this.keys[slot]!)
    }
    const hashes = Uint32Array.from(kept).sort()
    this.keys.fill(0)
    this.counts.fill(0)
    for (const [number, hash] of hashes.entries()) {
      const slot = this.slotOf(hash)
      this.keys[slot] = hash
      this.counts[slot] = number
    }
    return hashes
  }

  /** Number of a feature, or -1 if it was too rare. */
  find(feature: number): number {
    const slot = this.slotOf(feature)
    return this.keys[slot] === 0 ? -1 : this.counts[slot]!
  }

  private slotOf(feature: number): number {
    const key = feature >>> 0 || 1
    const mask = this.keys.length - 1
    let slot = key & mask
    while (this.keys[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const { keys, counts } = this
    this.keys = new Uint32Array(keys.length * 2)
    this.counts = new Uint32Array(keys.length * 2)
    for (let old = 0; old < keys.length; old++) {
      if (keys[old] === 0) continue
      const slot = this.slotOf(keys[old]!)
      this.keys[slot] = keys[old]!
      this.counts[slot] = counts[old]!
    }
  }
}
