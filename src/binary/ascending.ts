import { countBelow } from './bisect.js'

const BLOCK = 1 << 16

/** An ascending list of 32-bit numbers in two bytes each: their lower halves, and where the upper half grows. */
export class AscendingNumbers {
  readonly low: Uint16Array
  /** Element b: how many of the numbers are below (b + 1) × 65536. */
  readonly blocks: Uint32Array

  constructor(low: Uint16Array, blocks: Uint32Array) {
    this.low = low
    this.blocks = blocks
  }

  /** @param numbers ascending; equal ones may follow each other */
  static pack(numbers: Uint32Array): AscendingNumbers {
    const highest = (numbers[numbers.length - 1] ?? 0) >>> 16
    return new AscendingNumbers(
      Uint16Array.from(numbers, (number) => number & (BLOCK - 1)),
      Uint32Array.from({ length: highest }, (_, block) => countBelow(numbers, (block + 1) * BLOCK)),
    )
  }

  get length(): number {
    return this.low.length
  }

  at(index: number): number {
    return countBelow(this.blocks, index + 1) * BLOCK + this.low[index]!
  }

  /** How many of the numbers are smaller than the limit. */
  countBelow(limit: number): number {
    const block = Math.floor(limit / BLOCK)
    if (block > this.blocks.length) return this.length
    return countBelow(this.low, limit % BLOCK, this.blocks[block - 1], this.blocks[block])
  }
}
