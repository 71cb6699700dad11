import type { WordType } from '../features/word-type.js'
import { Arena, type Block } from './arena.js'
import { instantiateKernel, type Kernel } from './kernel.js'
import type { NetworkModel } from './network-model.js'
import { projectCentroids } from './word-vectors.js'

/** Inputs are 16-bit integers in units of `1 / INPUT_SCALE`. */
export const INPUT_SCALE = 1 << 10
const MOST = 32767

/** A number as an input of the network. */
export function toInput(value: number): number {
  return Math.max(-MOST, Math.min(MOST, Math.round(value * INPUT_SCALE)))
}

/** Rows that are added at once; a word has some forty features. */
const MOST_ROWS = 256

/**
 * The network's input for a word type: the sum of its features' embeddings over the square root of their number, and its projected
 * word vector. It depends on the word alone, so it is computed once a type.
 */
export class TypeInputs {
  /** Elements of an input. */
  readonly size: number
  private readonly model: NetworkModel
  private readonly kernel: Kernel
  /** The packed embeddings, and the products of all centroids with the projection. */
  private readonly embeddings: Block
  private readonly centroids: Block
  private readonly sumsBlock: Block
  private readonly sums: Float32Array
  private readonly rowsBlock: Block
  private readonly rows: Int32Array
  private readonly scalesBlock: Block
  private readonly scales: Float32Array
  private readonly inputBlock: Block
  private readonly input: Int16Array
  /** Features of the word at hand, and those of them that are not added yet. */
  private known = 0
  private waiting = 0

  constructor(model: NetworkModel) {
    const { embedding, projection } = model.sizes
    const arena = new Arena()
    this.model = model
    this.kernel = instantiateKernel(arena.memory)
    this.size = embedding + projection
    const products = projectCentroids(model.vectors, model.projection)
    this.sumsBlock = arena.reserve(this.size)
    this.rowsBlock = arena.reserve(MOST_ROWS)
    this.scalesBlock = arena.reserve(MOST_ROWS)
    this.inputBlock = arena.reserve16(this.size)
    this.centroids = arena.reserve(products.length)
    // One element more, for the byte behind the last row.
    this.embeddings = arena.reserve(Math.ceil(model.embeddings.packed.length / 4) + 1)
    this.sums = arena.view(this.sumsBlock)
    this.rows = arena.view32(this.rowsBlock)
    this.scales = arena.view(this.scalesBlock)
    this.input = arena.view16(this.inputBlock)
    arena.view(this.centroids).set(products)
    arena.view8(this.embeddings).set(model.embeddings.packed)
  }

  /** Writes the input of a type to `target[offset .. offset + size)`. */
  write(word: WordType, target: Int16Array, offset: number): void {
    const { model, kernel, sums } = this
    const { embedding, projection } = model.sizes
    sums.fill(0)
    this.known = 0
    this.waiting = 0
    word.features((feature) => this.enter(feature))
    this.addWaiting()
    const parts = model.vectors.centroidsOf(word.facts.vector, this.rows)
    const vector = this.sumsBlock.at + embedding * 4
    kernel.addRows(vector, this.centroids.at, this.rowsBlock.at, parts, projection)
    const { at } = this.inputBlock
    const unit = INPUT_SCALE / Math.sqrt(Math.max(1, this.known))
    kernel.toInt16(at, this.sumsBlock.at, embedding, unit)
    kernel.toInt16(at + embedding * 2, vector, projection, INPUT_SCALE)
    target.set(this.input, offset)
  }

  private enter(feature: number): void {
    const { features, embeddings } = this.model
    const row = features.find(feature)
    if (row < 0) return
    if (this.waiting === MOST_ROWS) this.addWaiting()
    this.rows[this.waiting] = row
    this.scales[this.waiting++] = embeddings.scaleOf(row)
    this.known++
  }

  private addWaiting(): void {
    const { embedding } = this.model.sizes
    this.kernel.addEmbeddings(
      this.sumsBlock.at,
      this.embeddings.at,
      this.rowsBlock.at,
      this.scalesBlock.at,
      this.waiting,
      embedding,
    )
    this.waiting = 0
  }
}
