/** Bytes of a WebAssembly page. */
const PAGE = 65536
/** The kernels' own data and stack end below this address. */
const FIRST_FREE = 4096

/** An array in the kernels' memory: its byte address and its number of elements. */
export interface Block {
  readonly at: number
  readonly length: number
}

/**
 * Memory of the kernels, handed out from the bottom up and never given back. Growing it detaches every view, so views are made
 * anew by `view`, after all blocks were reserved.
 */
export class Arena {
  readonly memory: WebAssembly.Memory
  private end = FIRST_FREE

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: 1 })
  }

  /** Reserves `length` f32 elements, filled with 0, on a 16-byte boundary. */
  reserve(length: number): Block {
    const at = this.end
    this.end += Math.ceil(length / 4) * 16
    const missing = Math.ceil((this.end - this.memory.buffer.byteLength) / PAGE)
    if (missing > 0) this.memory.grow(missing)
    return { at, length }
  }

  /** Reserves `length` 16-bit integers, filled with 0. */
  reserve16(length: number): Block {
    return { at: this.reserve(Math.ceil(length / 2)).at, length }
  }

  /** The bytes of a block that was reserved by `reserve`. */
  view8(block: Block): Uint8Array {
    return new Uint8Array(this.memory.buffer, block.at, block.length * 4)
  }

  view16(block: Block): Int16Array {
    return new Int16Array(this.memory.buffer, block.at, block.length)
  }

  view32(block: Block): Int32Array {
    return new Int32Array(this.memory.buffer, block.at, block.length)
  }

  view(block: Block): Float32Array {
    return new Float32Array(this.memory.buffer, block.at, block.length)
  }
}
