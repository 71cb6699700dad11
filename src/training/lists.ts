/** Lists of lists of integers in two flat arrays: list `i` is `data[start[i] .. start[i + 1])`. */
export interface Lists {
  readonly start: Int32Array
  readonly data: Int32Array
}

/** Builds Lists one number after the other; negative numbers (features cut off) are left out. */
export class ListsBuilder {
  private data = new Int32Array(1 << 16)
  private size = 0
  private readonly starts: number[] = [0]

  add(value: number): void {
    if (value < 0) return
    if (this.size === this.data.length) {
      const grown = new Int32Array(this.size * 2)
      grown.set(this.data)
      this.data = grown
    }
    this.data[this.size++] = value
  }

  end(): void {
    this.starts.push(this.size)
  }

  build(): Lists {
    return { start: Int32Array.from(this.starts), data: this.data.slice(0, this.size) }
  }
}
