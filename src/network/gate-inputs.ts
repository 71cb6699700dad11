import type { Arena, Block } from './arena.js'
import type { Kernel } from './kernel.js'
import type { NetworkModel } from './network-model.js'
import { packPanels } from './packed-matrix.js'
import { contextOf } from './scorer.js'
import { INPUT_SCALE, toInput } from './type-inputs.js'
import { TypeSlots } from './type-slots.js'

/** Types whose products are kept, 4 KB each. */
const SLOTS = 1 << 14

/**
 * What each token adds to the gates of both directions: the product of its word type's input with their weights, and that of its
 * context (phrase code, quotation). Products with a word type are computed once and kept, so that in running text most tokens
 * cost an addition where they would cost half of the network's multiplications.
 */
export class GateInputs {
  private readonly kernel: Kernel
  private readonly size: number
  /** Gates of both directions together, `8H`. */
  private readonly width: number
  private readonly unit: number
  /** `size x 8H` packed: the forward direction's `4H`, then the backward one's. */
  private readonly weights: Block
  /** Inputs of types that are new, `capacity x size`. */
  private readonly inputsBlock: Block
  private readonly inputs: Int16Array
  /** `SLOTS x 8H` */
  private readonly productsBlock: Block
  private readonly products: Float32Array
  /** `contexts x 8H`, the gates' constants included. */
  private readonly contexts: Block
  private readonly slots = new TypeSlots(SLOTS)

  /** @param capacity most tokens of a batch, at most the number of slots */
  constructor(arena: Arena, kernel: Kernel, model: NetworkModel, capacity: number) {
    const { embedding, projection, hidden, weightScale } = model.sizes
    this.kernel = kernel
    this.size = embedding + projection
    this.width = 8 * hidden
    this.unit = 1 / (INPUT_SCALE * weightScale)
    const codes = model.phrases.length / embedding
    this.weights = arena.reserve16(this.size * this.width)
    this.inputsBlock = arena.reserve16(Math.max(capacity, 2 * codes) * this.size)
    this.productsBlock = arena.reserve(SLOTS * this.width)
    this.contexts = arena.reserve(2 * codes * this.width)
    const joined = joinColumns(
      model.forward.input.expand(),
      model.backward.input.expand(),
      this.size,
      4 * hidden,
    )
    packPanels(joined, this.size, this.width, arena.view16(this.weights))
    this.inputs = arena.view16(this.inputsBlock)
    this.products = arena.view(this.productsBlock)
    this.fillContexts(model, codes, arena.view(this.contexts))
  }

  /** Forgets all types: their numbers are about to get another meaning. */
  forget(): void {
    this.slots.forget()
  }

  /**
   * Sees to it that the products of all these types are at hand.
   * @param source inputs of all types, `types x size`
   */
  prepare(types: Int32Array, count: number, source: Int16Array): void {
    const { size, width, slots } = this
    slots.reserve(count)
    const first = slots.give(types, count, (type, place) =>
      this.inputs.set(source.subarray(type * size, (type + 1) * size), place * size),
    )
    if (slots.used === first) return
    this.products.fill(0, first * width, slots.used * width)
    this.multiply(this.productsBlock.at + first * width * 4, slots.used - first)
  }

  /** Writes the gate sums of a token: `4H` for the forward direction at one address and for the backward one at another. */
  write(type: number, context: number, forward: number, backward: number): void {
    const { kernel, width } = this
    const half = width / 2
    const product = this.productsBlock.at + this.slots.slot(type) * width * 4
    const constant = this.contexts.at + context * width * 4
    kernel.sum(forward, constant, product, half)
    kernel.sum(backward, constant + half * 4, product + half * 4, half)
  }

  private fillContexts(model: NetworkModel, codes: number, target: Float32Array): void {
    const { size, width } = this
    const { embedding } = model.sizes
    this.inputs.fill(0)
    for (let code = 0; code < codes; code++) {
      for (const quoted of [0, 1]) {
        const context = contextOf(code, quoted)
        for (let i = 0; i < embedding; i++) {
          const value = model.phrases[code * embedding + i]! + model.quoted[quoted * embedding + i]!
          this.inputs[context * size + i] = toInput(value)
        }
        target.set(model.forward.bias, context * width)
        target.set(model.backward.bias, context * width + width / 2)
      }
    }
    this.multiply(this.contexts.at, 2 * codes)
  }

  /** Adds the products of the first `rows` inputs to the rows at an address. */
  private multiply(target: number, rows: number): void {
    const { kernel, inputsBlock, weights, size, width, unit } = this
    kernel.gemm16(target, inputsBlock.at, weights.at, rows, width, size, size, width, unit)
  }
}

/** Two `rows x columns` matrices side by side. */
function joinColumns(left: Int16Array, right: Int16Array, rows: number, columns: number): Int16Array {
  const joined = new Int16Array(rows * columns * 2)
  for (let row = 0; row < rows; row++) {
    joined.set(left.subarray(row * columns, (row + 1) * columns), row * columns * 2)
    joined.set(right.subarray(row * columns, (row + 1) * columns), row * columns * 2 + columns)
  }
  return joined
}
