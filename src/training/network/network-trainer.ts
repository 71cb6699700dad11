import { LABEL_COUNT } from '../../labels/scheme.js'
import { Arena, type Block } from '../../network/arena.js'
import { Packing } from '../../network/packing.js'
import { OUTPUT_ROW, PHRASE_CODES } from '../../network/scorer.js'
import type { Lists } from '../lists.js'
import { Random } from '../random.js'
import { BiLstmGradient } from './bilstm-gradient.js'
import { CrfLoss } from './crf-loss.js'
import { type EpochOptions, type EpochWork, runEpochs } from './epochs.js'
import { Adam, type Parameter, reserveParameter, withMoments } from './optimizer.js'
import { instantiateTrainingKernel, type TrainingKernel } from './training-kernel.js'

/** What the network learns from: sequences of word types with labels, and what is known of each type. */
export interface NetworkCorpus {
  readonly types: Int32Array
  readonly phrases: Uint8Array
  readonly quoted: Uint8Array
  readonly labels: Uint8Array
  /** First token of each sequence, and the number of tokens at the end. */
  readonly sequences: Int32Array
  /** How often each sequence is read in a settling epoch; see `settlingEpochs`. */
  readonly settling: Uint8Array
  /** Numbers of the features of each type. */
  readonly features: Lists
  readonly featureCount: number
  /** Word vectors, `types x vectorSize`; zeros for unknown words. */
  readonly vectors: Float32Array
  readonly vectorSize: number
}

/** Settings; the defaults were chosen on GermEval's development split. */
export interface NetworkOptions extends EpochOptions<NetworkWeights> {
  /** Size of a feature's embedding. */
  readonly embedding: number
  /** Size of the projected word vector. */
  readonly projection: number
  readonly hidden: number
  /** Adam's step size at the start for embeddings; it falls linearly to nothing. */
  readonly embeddingRate: number
  readonly featureDropout: number
  readonly vectorDropout: number
  readonly inputDropout: number
  readonly hiddenDropout: number
}

export const DEFAULT_NETWORK: NetworkOptions = {
  embedding: 96,
  projection: 64,
  hidden: 128,
  epochs: 12,
  settlingEpochs: 3,
  batchTokens: 640,
  rate: 2e-3,
  embeddingRate: 3e-3,
  featureDropout: 0.4,
  vectorDropout: 0.1,
  inputDropout: 0.2,
  hiddenDropout: 0.2,
  clip: 1,
  seed: 20141,
}

/** Trained weights; shapes as in the names' comments of `BiLstm`, embeddings `rows x embedding`. */
export interface NetworkWeights {
  readonly embeddings: Float32Array
  readonly phrases: Float32Array
  readonly quoted: Float32Array
  /** `vectorSize x projection`, row-major. */
  readonly projection: Float32Array
  readonly forward: {
    readonly input: Float32Array
    readonly recurrent: Float32Array
    readonly bias: Float32Array
  }
  readonly backward: {
    readonly input: Float32Array
    readonly recurrent: Float32Array
    readonly bias: Float32Array
  }
  readonly output: Float32Array
  readonly outputBias: Float32Array
  /** `[from * L + to]`. */
  readonly transitions: Float32Array
}

/** Tokens of the longest sequence; longer ones are cut. */
export const LONGEST_SEQUENCE = 160
/** Batches are made of sequences of like length out of this many. */
const POOL = 1600

/**
 * Trains the network on the log-likelihood of a linear-chain conditional random field over its outputs (Lample et al. 2016) with
 * Adam. Everything is computed in a fixed order in single precision by portable kernels: the same corpus gives the same bits.
 */
export class NetworkTrainer implements EpochWork<NetworkWeights> {
  private readonly corpus: NetworkCorpus
  private readonly options: NetworkOptions
  private readonly arena = new Arena()
  private readonly kernel: TrainingKernel
  private readonly net: BiLstmGradient
  private readonly packing = new Packing()
  private readonly loss = new CrfLoss()
  private readonly random: Random
  private readonly embeddings: Parameter
  private readonly phrases: Parameter
  private readonly quoted: Parameter
  private readonly projection: Parameter
  private readonly transitions: Parameter
  private readonly adam: Adam
  private readonly capacity: number
  /** Type vectors of the batch, `types x input`, their raw word vectors, and their gradients. */
  private readonly typeRows: Block
  private readonly projected: Block
  private readonly rawVectors: Block
  private readonly typeGradients: Block
  private readonly projectedGradients: Block
  private readonly inputMask: Block
  private readonly hiddenMask: Block
  private readonly input: number
  private noise: number
  private readonly slotOf: Int32Array
  private slotTypes: number[] = []
  /** Features and scales used for each type of the batch. */
  private usedFeatures = new Int32Array(1 << 18)
  private usedStarts: number[] = []
  private usedScales: number[] = []
  private readonly touched: number[] = []
  private readonly isTouched: Uint8Array

  constructor(corpus: NetworkCorpus, options: NetworkOptions) {
    this.corpus = corpus
    this.options = options
    this.random = new Random(options.seed)
    this.noise = this.random.integer(0xfffffffe) + 1
    this.kernel = instantiateTrainingKernel(this.arena.memory)
    const { embedding, projection, hidden, batchTokens } = options
    this.input = embedding + projection
    this.capacity = Math.max(batchTokens, LONGEST_SEQUENCE)
    const { capacity } = this
    this.net = new BiLstmGradient(this.arena, this.kernel, { input: this.input, hidden }, capacity)
    this.embeddings = reserveParameter(this.arena, corpus.featureCount * embedding)
    this.phrases = reserveParameter(this.arena, PHRASE_CODES * embedding)
    this.quoted = reserveParameter(this.arena, 2 * embedding)
    this.projection = reserveParameter(this.arena, corpus.vectorSize * projection)
    this.transitions = reserveParameter(this.arena, LABEL_COUNT * LABEL_COUNT)
    const dense = [
      this.phrases,
      this.quoted,
      this.projection,
      this.transitions,
      ...this.net.parameters().map((pair) => withMoments(this.arena, pair)),
    ]
    this.adam = new Adam(this.kernel, dense, options.clip)
    this.typeRows = this.arena.reserve(capacity * this.input)
    this.projected = this.arena.reserve(capacity * projection)
    this.rawVectors = this.arena.reserve(capacity * corpus.vectorSize)
    this.typeGradients = this.arena.reserve(capacity * this.input)
    this.projectedGradients = this.arena.reserve(capacity * projection)
    this.inputMask = this.arena.reserve(capacity * this.input)
    this.hiddenMask = this.arena.reserve(capacity * 2 * hidden)
    this.slotOf = new Int32Array(corpus.features.start.length - 1).fill(-1)
    this.isTouched = new Uint8Array(corpus.featureCount)
    this.initialise()
  }

  train(): NetworkWeights {
    return runEpochs(this.corpus, this.options, this.random, this)
  }

  /** Copies of the weights. */
  weights(): NetworkWeights {
    const copy = (block: Block): Float32Array => this.arena.view(block).slice()
    const direction = (which: 0 | 1) => ({
      input: copy(this.net.weights[which].input),
      recurrent: copy(this.net.weights[which].recurrent),
      bias: copy(this.net.weights[which].bias),
    })
    return {
      embeddings: copy(this.embeddings.weights),
      phrases: copy(this.phrases.weights),
      quoted: copy(this.quoted.weights),
      projection: copy(this.projection.weights),
      forward: direction(0),
      backward: direction(1),
      output: copy(this.net.outputWeights),
      outputBias: copy(this.net.outputBias),
      transitions: copy(this.transitions.weights),
    }
  }

  /** Uniform start values: embeddings in +-0.5, layers in +-1/sqrt(inputs), forget gates open. */
  private initialise(): void {
    const { hidden } = this.options
    const uniform = (block: Block, width: number): void => {
      const values = this.arena.view(block)
      for (let i = 0; i < values.length; i++)
        values[i] = ((this.random.integer(1 << 24) + 0.5) / (1 << 23) - 1) * width
    }
    uniform(this.embeddings.weights, 0.5)
    uniform(this.phrases.weights, 0.15)
    uniform(this.quoted.weights, 0.15)
    uniform(this.projection.weights, 1 / Math.sqrt(this.corpus.vectorSize))
    for (const { input, recurrent, bias } of this.net.weights) {
      uniform(input, 1 / Math.sqrt(hidden))
      uniform(recurrent, 1 / Math.sqrt(hidden))
      this.arena.view(bias).fill(1, hidden, 2 * hidden)
    }
    uniform(this.net.outputWeights, 1 / Math.sqrt(2 * hidden))
  }

  /** Sequences in batches of like length: pools in shuffled order, sorted by length, cut, and shuffled again. */
  batches(order: Int32Array): number[][] {
    const batches: number[][] = []
    for (let from = 0; from < order.length; from += POOL) {
      const pool = Array.from(order.subarray(from, from + POOL)).sort(
        (a, b) => this.lengthOf(b) - this.lengthOf(a) || a - b,
      )
      let batch: number[] = []
      let tokens = 0
      for (const sequence of pool) {
        const length = this.lengthOf(sequence)
        if (batch.length > 0 && tokens + length > this.options.batchTokens) {
          batches.push(batch)
          batch = []
          tokens = 0
        }
        batch.push(sequence)
        tokens += length
      }
      batches.push(batch)
    }
    const places = Int32Array.from({ length: batches.length }, (_, i) => i)
    this.random.shuffle(places)
    return Array.from(places, (place) => batches[place]!)
  }

  /** Tokens of a sequence that are used. */
  private lengthOf(sequence: number): number {
    const { sequences } = this.corpus
    return Math.min(LONGEST_SEQUENCE, sequences[sequence + 1]! - sequences[sequence]!)
  }

  step(sequences: readonly number[], rest: number): { wrong: number; tokens: number } {
    const { hidden } = this.options
    const lengths = sequences.map((s) => this.lengthOf(s))
    this.packing.pack(lengths)
    const { packing, net, kernel, arena } = this
    this.prepareTypes(sequences, lengths)
    this.fillInputs(sequences, lengths)
    net.runDirection(0, packing)
    net.runDirection(1, packing)
    net.join(packing, lengths)
    const wide = packing.rows * 2 * hidden
    this.mask(this.hiddenMask, wide, this.options.hiddenDropout)
    kernel.multiply(net.hidden.at, this.hiddenMask.at, wide)
    net.runOutput(packing)
    const wrong = this.outputGradient(sequences, lengths)
    net.backOutput(packing)
    kernel.multiply(net.hiddenGradient.at, this.hiddenMask.at, wide)
    net.backDirection(0, packing, lengths)
    net.backDirection(1, packing, lengths)
    arena.view(this.typeGradients).fill(0, 0, this.slotTypes.length * this.input)
    this.collectInputs(sequences, lengths)
    this.backTypes()
    this.update(rest)
    return { wrong, tokens: packing.rows }
  }

  private mask(block: Block, count: number, share: number): void {
    const padded = Math.ceil(count / 4) * 4
    const limit = Math.round(share * 4294967295)
    this.noise = this.kernel.dropoutMask(block.at, padded, limit, 1 / (1 - share), this.noise) >>> 0
  }

  /** Computes the vector of each distinct type of the batch: the sum of its features' embeddings, and its projected word vector. */
  private prepareTypes(sequences: readonly number[], lengths: readonly number[]): void {
    const { corpus, kernel, arena, input } = this
    const { embedding, projection, featureDropout, vectorDropout } = this.options
    for (const type of this.slotTypes) this.slotOf[type] = -1
    this.slotTypes = []
    this.usedStarts = [0]
    this.usedScales = []
    let used = 0
    const featureLimit = Math.round(featureDropout * 4294967296)
    const vectorLimit = Math.round(vectorDropout * 4294967296)
    for (const [place, sequence] of sequences.entries()) {
      const from = corpus.sequences[sequence]!
      for (let token = from; token < from + lengths[place]!; token++) {
        const type = corpus.types[token]!
        if (this.slotOf[type]! < 0) {
          this.slotOf[type] = this.slotTypes.length
          this.slotTypes.push(type)
        }
      }
    }
    const rows = arena.view(this.typeRows)
    const raw = arena.view(this.rawVectors)
    rows.fill(0, 0, this.slotTypes.length * input)
    for (const [slot, type] of this.slotTypes.entries()) {
      const begin = corpus.features.start[type]!
      const end = corpus.features.start[type + 1]!
      const scale = 1 / (Math.sqrt(Math.max(1, end - begin)) * (1 - featureDropout))
      for (let i = begin; i < end; i++) {
        if (this.draw() < featureLimit) continue
        const feature = corpus.features.data[i]!
        if (used === this.usedFeatures.length) {
          const grown = new Int32Array(used * 2)
          grown.set(this.usedFeatures)
          this.usedFeatures = grown
        }
        this.usedFeatures[used++] = feature
        kernel.addScaled(
          this.typeRows.at + slot * input * 4,
          this.embeddings.weights.at + feature * embedding * 4,
          scale,
          embedding,
        )
      }
      this.usedStarts.push(used)
      this.usedScales.push(scale)
      const size = corpus.vectorSize
      if (this.draw() < vectorLimit) raw.fill(0, slot * size, (slot + 1) * size)
      else raw.set(corpus.vectors.subarray(type * size, (type + 1) * size), slot * size)
    }
    const count = this.slotTypes.length
    const projected = arena.view(this.projected)
    projected.fill(0, 0, count * projection)
    kernel.gemm(
      this.projected.at,
      this.rawVectors.at,
      this.projection.weights.at,
      count,
      projection,
      corpus.vectorSize,
      corpus.vectorSize,
      1,
      projection,
      projection,
    )
    for (let slot = 0; slot < count; slot++)
      rows.set(projected.subarray(slot * projection, (slot + 1) * projection), slot * input + embedding)
  }

  /** Next number of the generator, in [0, 2^32). */
  private draw(): number {
    let s = this.noise | 0
    s ^= s << 13
    s ^= s >>> 17
    s ^= s << 5
    this.noise = s >>> 0
    return this.noise
  }

  private fillInputs(sequences: readonly number[], lengths: readonly number[]): void {
    const { corpus, packing, arena, kernel, input } = this
    const { embedding } = this.options
    const total = packing.rows * input
    this.mask(this.inputMask, total, this.options.inputDropout)
    const forward = arena.view(this.net.states[0].inputs)
    const backward = arena.view(this.net.states[1].inputs)
    const rows = arena.view(this.typeRows)
    for (const [place, sequence] of sequences.entries()) {
      const from = corpus.sequences[sequence]!
      for (let at = 0; at < lengths[place]!; at++) {
        const token = from + at
        const slot = this.slotOf[corpus.types[token]!]!
        const row = packing.row(place, at)
        forward.set(rows.subarray(slot * input, (slot + 1) * input), row * input)
        const address = this.net.states[0].inputs.at + row * input * 4
        kernel.addScaled(
          address,
          this.phrases.weights.at + corpus.phrases[token]! * embedding * 4,
          1,
          embedding,
        )
        kernel.addScaled(
          address,
          this.quoted.weights.at + corpus.quoted[token]! * embedding * 4,
          1,
          embedding,
        )
      }
    }
    kernel.multiply(this.net.states[0].inputs.at, this.inputMask.at, total)
    for (const [place] of sequences.entries()) {
      for (let at = 0; at < lengths[place]!; at++) {
        const row = packing.row(place, at) * input
        backward.set(forward.subarray(row, row + input), packing.rowBackwards(place, at) * input)
      }
    }
  }

  /** Fills the network's output gradient, by mean over the tokens. */
  private outputGradient(sequences: readonly number[], lengths: readonly number[]): number {
    const { corpus, packing, loss, arena, net, transitions } = this
    const batch = {
      scores: arena.view(net.outputs),
      gradient: arena.view(net.outputGradient),
      transitionGradient: arena.view(transitions.gradient),
    }
    batch.gradient.fill(0, 0, packing.rows * OUTPUT_ROW)
    loss.setTransitions(arena.view(transitions.weights))
    let wrong = 0
    for (const [place, sequence] of sequences.entries()) {
      const from = corpus.sequences[sequence]!
      const labels = corpus.labels.subarray(from, from + lengths[place]!)
      wrong += loss.add(batch, (token) => packing.row(place, token), labels, 1 / packing.rows)
    }
    return wrong
  }

  /** Sums the gradients of both directions' inputs by type, phrase code and quotation. */
  private collectInputs(sequences: readonly number[], lengths: readonly number[]): void {
    const { corpus, packing, kernel, input, net } = this
    const { embedding } = this.options
    const [forward, backward] = net.inputGradients
    for (const [place, sequence] of sequences.entries()) {
      const from = corpus.sequences[sequence]!
      for (let at = 0; at < lengths[place]!; at++) {
        const row = packing.row(place, at) * input * 4
        const other = packing.rowBackwards(place, at) * input * 4
        kernel.addScaled(forward.at + row, backward.at + other, 1, input)
        kernel.multiply(forward.at + row, this.inputMask.at + row, input)
        const token = from + at
        const slot = this.slotOf[corpus.types[token]!]!
        kernel.addScaled(this.typeGradients.at + slot * input * 4, forward.at + row, 1, input)
        kernel.addScaled(
          this.phrases.gradient.at + corpus.phrases[token]! * embedding * 4,
          forward.at + row,
          1,
          embedding,
        )
        kernel.addScaled(
          this.quoted.gradient.at + corpus.quoted[token]! * embedding * 4,
          forward.at + row,
          1,
          embedding,
        )
      }
    }
  }

  /** From the types' gradients to those of embeddings and projection. */
  private backTypes(): void {
    const { kernel, arena, input, corpus } = this
    const { embedding, projection } = this.options
    const count = this.slotTypes.length
    const gradients = arena.view(this.typeGradients)
    const projected = arena.view(this.projectedGradients)
    for (let slot = 0; slot < count; slot++) {
      projected.set(gradients.subarray(slot * input + embedding, (slot + 1) * input), slot * projection)
      const scale = this.usedScales[slot]!
      for (let i = this.usedStarts[slot]!; i < this.usedStarts[slot + 1]!; i++) {
        const feature = this.usedFeatures[i]!
        if (this.isTouched[feature] === 0) {
          this.isTouched[feature] = 1
          this.touched.push(feature)
        }
        kernel.addScaled(
          this.embeddings.gradient.at + feature * embedding * 4,
          this.typeGradients.at + slot * input * 4,
          scale,
          embedding,
        )
      }
    }
    const size = corpus.vectorSize
    kernel.gemm(
      this.projection.gradient.at,
      this.rawVectors.at,
      this.projectedGradients.at,
      size,
      projection,
      count,
      1,
      size,
      projection,
      projection,
    )
  }

  private update(rest: number): void {
    const { adam } = this
    const { rate, embeddingRate, embedding } = this.options
    adam.step(rate * rest)
    for (const feature of this.touched) {
      adam.change(this.embeddings, feature * embedding, embedding, embeddingRate * rest)
      this.isTouched[feature] = 0
    }
    this.touched.length = 0
  }
}
