import { LABEL_COUNT } from '../../labels/scheme.js'
import { Arena } from '../../network/arena.js'
import type { NetworkModel } from '../../network/network-model.js'
import { contextOf, OUTPUT_ROW } from '../../network/scorer.js'
import { Random } from '../random.js'
import { CrfLoss } from './crf-loss.js'
import { type EpochOptions, type EpochWork, runEpochs } from './epochs.js'
import { LONGEST_SEQUENCE, type NetworkCorpus } from './network-trainer.js'
import { Adam, type Parameter, reserveParameter } from './optimizer.js'
import { type QuasiBatch, QuasiGradient } from './quasi-gradient.js'
import { instantiateTrainingKernel, type TrainingKernel } from './training-kernel.js'

/** Settings; the defaults were chosen on the development splits. */
export interface QuasiOptions extends EpochOptions<QuasiWeights> {
  /** Cells of each direction. */
  readonly hidden: number
  /** Units of the layer between cells and labels. */
  readonly dense: number
  readonly featureDropout: number
  readonly vectorDropout: number
  readonly cellDropout: number
}

export const DEFAULT_QUASI: QuasiOptions = {
  hidden: 48,
  dense: 48,
  epochs: 7,
  settlingEpochs: 2,
  batchTokens: 640,
  rate: 3e-3,
  featureDropout: 0.3,
  vectorDropout: 0.1,
  cellDropout: 0.2,
  clip: 1,
  seed: 20142,
}

/** Trained weights, shapes as in `QuasiRecurrentModel`. */
export interface QuasiWeights {
  readonly input: Float32Array
  readonly contexts: Float32Array
  readonly dense: Float32Array
  readonly output: Float32Array
  readonly outputBias: Float32Array
  readonly transitions: Float32Array
}

/**
 * Trains the fast network on the word inputs that the accurate one has learned: embeddings and projection stay as they are, so that
 * one model file serves both. Loss and optimiser are the same, and so is the promise: the same corpus gives the same bits.
 */
export class QuasiTrainer implements EpochWork<QuasiWeights> {
  private readonly corpus: NetworkCorpus
  private readonly options: QuasiOptions
  private readonly arena = new Arena()
  private readonly kernel: TrainingKernel
  private readonly net: QuasiGradient
  private readonly transitions: Parameter
  private readonly adam: Adam
  private readonly loss = new CrfLoss()
  private readonly random: Random
  private readonly embedding: number
  private readonly projection: number
  /** Embeddings of the features, `features x embedding`, and projected vectors of the types, `types x projection`. */
  private readonly embeddings: number
  private readonly projected: Float32Array
  /** Place of each type in the batch, -1 for none. */
  private readonly placeOf: Int32Array
  private batchTypes: number[] = []
  private noise: number

  constructor(corpus: NetworkCorpus, network: NetworkModel, options: QuasiOptions) {
    const { arena } = this
    const { embedding, projection } = network.sizes
    this.corpus = corpus
    this.options = options
    this.embedding = embedding
    this.projection = projection
    this.random = new Random(options.seed)
    this.noise = this.random.integer(0xfffffffe) + 1
    this.kernel = instantiateTrainingKernel(arena.memory)
    const capacity = Math.max(options.batchTokens, LONGEST_SEQUENCE)
    const shape = { input: embedding + projection, hidden: options.hidden, dense: options.dense }
    this.net = new QuasiGradient(arena, this.kernel, shape, capacity)
    this.transitions = reserveParameter(arena, LABEL_COUNT * LABEL_COUNT)
    this.adam = new Adam(this.kernel, [...this.net.parameters(), this.transitions], options.clip)
    const embeddings = arena.reserve(corpus.featureCount * embedding)
    this.embeddings = embeddings.at
    const table = arena.view(embeddings)
    for (let row = 0; row < corpus.featureCount; row++)
      network.embeddings.add(row, table.subarray(row * embedding, (row + 1) * embedding))
    this.projected = project(corpus, network)
    this.placeOf = new Int32Array(corpus.features.start.length - 1).fill(-1)
    this.initialise(network.transitions)
  }

  train(): QuasiWeights {
    return runEpochs(this.corpus, this.options, this.random, this)
  }

  /** Copies of the weights. */
  weights(): QuasiWeights {
    const copy = ({ weights }: Parameter): Float32Array => this.arena.view(weights).slice()
    const { net } = this
    return {
      input: copy(net.weights),
      contexts: copy(net.contexts),
      dense: copy(net.denseWeights),
      output: copy(net.outputWeights),
      outputBias: copy(net.outputBias),
      transitions: copy(this.transitions),
    }
  }

  /** Uniform start values in +-1/sqrt(inputs), forget gates open, the transitions of the accurate network. */
  private initialise(transitions: Float32Array): void {
    const { arena, net, random } = this
    const { hidden, dense } = this.options
    const uniform = ({ weights }: Parameter, width: number): void => {
      const values = arena.view(weights)
      for (let i = 0; i < values.length; i++)
        values[i] = ((random.integer(1 << 24) + 0.5) / (1 << 23) - 1) * width
    }
    uniform(net.weights, 1 / Math.sqrt(this.embedding + this.projection))
    uniform(net.denseWeights, 1 / Math.sqrt(2 * hidden))
    uniform(net.outputWeights, 1 / Math.sqrt(dense))
    const contexts = arena.view(net.contexts.weights)
    const columns = 4 * hidden + dense
    for (let row = 0; row < contexts.length; row += columns) {
      contexts.fill(1, row, row + hidden)
      contexts.fill(1, row + 2 * hidden, row + 3 * hidden)
    }
    arena.view(this.transitions.weights).set(transitions)
  }

  /** Sequences in the given order, filled up to the tokens of a batch. */
  batches(order: Int32Array): number[][] {
    const batches: number[][] = [[]]
    let tokens = 0
    for (const sequence of order) {
      const length = this.lengthOf(sequence)
      if (tokens > 0 && tokens + length > this.options.batchTokens) {
        batches.push([])
        tokens = 0
      }
      batches[batches.length - 1]!.push(sequence)
      tokens += length
    }
    return batches
  }

  private lengthOf(sequence: number): number {
    const { sequences } = this.corpus
    return Math.min(LONGEST_SEQUENCE, sequences[sequence + 1]! - sequences[sequence]!)
  }

  step(sequences: readonly number[], rest: number): { wrong: number; tokens: number } {
    const { net, arena, loss } = this
    const batch = this.batchOf(sequences)
    const rows = batch.typeOf.length
    this.fillInputs()
    this.fillMask(rows * 2 * this.options.hidden)
    net.forward(batch)
    const arrays = {
      scores: arena.view(net.outputs),
      gradient: arena.view(net.outputGradient),
      transitionGradient: arena.view(this.transitions.gradient),
    }
    arrays.gradient.fill(0, 0, rows * OUTPUT_ROW)
    loss.setTransitions(arena.view(this.transitions.weights))
    let wrong = 0
    let first = 0
    for (const [place, sequence] of sequences.entries()) {
      const from = this.corpus.sequences[sequence]!
      const length = batch.lengths[place]!
      const begin = first
      wrong += loss.add(
        arrays,
        (token) => begin + token,
        this.corpus.labels.subarray(from, from + length),
        1 / rows,
      )
      first += length
    }
    net.backward(batch)
    this.adam.step(this.options.rate * rest)
    return { wrong, tokens: rows }
  }

  private batchOf(sequences: readonly number[]): QuasiBatch {
    const { corpus, placeOf } = this
    for (const type of this.batchTypes) placeOf[type] = -1
    this.batchTypes = []
    const lengths = sequences.map((sequence) => this.lengthOf(sequence))
    const rows = lengths.reduce((sum, length) => sum + length, 0)
    const typeOf = new Int32Array(rows)
    const contexts = new Int32Array(rows)
    let row = 0
    for (const [place, sequence] of sequences.entries()) {
      const from = corpus.sequences[sequence]!
      for (let token = from; token < from + lengths[place]!; token++, row++) {
        const type = corpus.types[token]!
        if (placeOf[type] === -1) {
          placeOf[type] = this.batchTypes.length
          this.batchTypes.push(type)
        }
        typeOf[row] = placeOf[type]!
        contexts[row] = contextOf(corpus.phrases[token]!, corpus.quoted[token]!)
      }
    }
    return { types: this.batchTypes.length, typeOf, contextOf: contexts, lengths }
  }

  /** Inputs of the batch's types, each without some of its features, as if they were unknown. */
  private fillInputs(): void {
    const { corpus, arena, kernel, net, embedding, projection } = this
    const { featureDropout, vectorDropout } = this.options
    const { start, data } = corpus.features
    const input = embedding + projection
    const rows = arena.view(net.inputs)
    rows.fill(0, 0, this.batchTypes.length * input)
    const featureLimit = Math.round(featureDropout * 4294967296)
    const vectorLimit = Math.round(vectorDropout * 4294967296)
    for (const [place, type] of this.batchTypes.entries()) {
      const scale = 1 / (Math.sqrt(Math.max(1, start[type + 1]! - start[type]!)) * (1 - featureDropout))
      for (let i = start[type]!; i < start[type + 1]!; i++) {
        if (this.draw() < featureLimit) continue
        const row = this.embeddings + data[i]! * embedding * 4
        kernel.addScaled(net.inputs.at + place * input * 4, row, scale, embedding)
      }
      if (this.draw() < vectorLimit) continue
      const vector = this.projected.subarray(type * projection, (type + 1) * projection)
      rows.set(vector, place * input + embedding)
    }
  }

  private fillMask(count: number): void {
    const { cellDropout } = this.options
    const limit = Math.round(cellDropout * 4294967295)
    this.noise =
      this.kernel.dropoutMask(this.net.mask.at, count, limit, 1 / (1 - cellDropout), this.noise) >>> 0
  }

  /** Next number of Marsaglia's xorshift32, in [0, 2^32). */
  private draw(): number {
    let s = this.noise | 0
    s ^= s << 13
    s ^= s >>> 17
    s ^= s << 5
    this.noise = s >>> 0
    return this.noise
  }
}

/** Projected word vectors of all types. */
function project({ vectors, vectorSize }: NetworkCorpus, { projection, sizes }: NetworkModel): Float32Array {
  const types = vectors.length / vectorSize
  const width = sizes.projection
  const projected = new Float32Array(types * width)
  for (let type = 0; type < types; type++)
    for (let i = 0; i < width; i++) {
      let sum = 0
      for (let d = 0; d < vectorSize; d++) sum += vectors[type * vectorSize + d]! * projection[d * width + i]!
      projected[type * width + i] = sum
    }
  return projected
}
