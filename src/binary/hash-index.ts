const BUCKETS = 1 << 16

/**
 * Numbers for a fixed set of 32-bit hashes in two bytes each: the upper half of a hash chooses a bucket, the lower halves
 * stand in ascending order behind each other. Numbers follow the order of the hashes, so values lie in plain arrays.
 */
export class HashIndex {
  /** First number of each bucket, and the count at the end: `BUCKETS + 1` elements. */
  readonly buckets: Uint32Array
  /** Lower half of each hash. */
  readonly low: Uint16Array

  constructor(buckets: Uint32Array, low: Uint16Array) {
    this.buckets = buckets
    this.low = low
  }

  /** @param hashes distinct, ascending */
  static build(hashes: Uint32Array): HashIndex {
    const buckets = new Uint32Array(BUCKETS + 1)
    for (const hash of hashes) buckets[(hash >>> 16) + 1]!++
    for (let bucket = 0; bucket < BUCKETS; bucket++) buckets[bucket + 1]! += buckets[bucket]!
    return new HashIndex(
      buckets,
      Uint16Array.from(hashes, (hash) => hash & 0xffff),
    )
  }

  get size(): number {
    return this.low.length
  }

  /** Number of the hash, or -1. */
  find(hash: number): number {
    const bucket = hash >>> 16
    const wanted = hash & 0xffff
    const end = this.buckets[bucket + 1]!
    for (let number = this.buckets[bucket]!; number < end; number++) {
      const found = this.low[number]!
      if (found >= wanted) return found === wanted ? number : -1
    }
    return -1
  }

  /** All hashes in order. */
  hashes(): Uint32Array {
    const hashes = new Uint32Array(this.low.length)
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      for (let number = this.buckets[bucket]!; number < this.buckets[bucket + 1]!; number++) {
        hashes[number] = ((bucket << 16) | this.low[number]!) >>> 0
      }
    }
    return hashes
  }
}

/** Sorts entries by hash and splits them into hashes and values; of equal hashes the last entry wins. */
export function sortByHash<T>(entries: Iterable<readonly [hash: number, value: T]>): {
  hashes: Uint32Array
  values: T[]
} {
  const unique = [...new Map(entries)].sort(([a], [b]) => a - b)
  return { hashes: Uint32Array.from(unique, ([hash]) => hash), values: unique.map(([, value]) => value) }
}
