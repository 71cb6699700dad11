import { combine, mix } from '../binary/hash.js'
import { Lattice } from '../decoding/lattice.js'
import { isAllowed, LABEL_COUNT, OUTSIDE } from '../labels/scheme.js'
import type { EncodedCorpus } from './encode.js'
import { Random } from './random.js'
import { WeightMean } from './weight-mean.js'

/** Settings of the trainer; the defaults were chosen on GermEval's development split. */
export interface TrainerOptions {
  readonly epochs: number
  /** AdaGrad step size. */
  readonly rate: number
  /** Share of feature occurrences hidden in each step, so that no feature is relied upon alone. */
  readonly dropout: number
  /** From this epoch on the weights at each epoch's end are averaged. */
  readonly averageFrom: number
  readonly seed: number
  /** Gradient components below this are skipped: most tokens are O beyond doubt. */
  readonly skip: number
  readonly onEpoch?: (epoch: number, loss: number) => void
}

export const DEFAULT_TRAINER: TrainerOptions = {
  epochs: 8,
  rate: 0.1,
  dropout: 0.6,
  averageFrom: 4,
  seed: 20141,
  skip: 1e-3,
}

/** Weights of a trained chain: `[feature * L + label]` and `[from * L + to]`. */
export interface CrfWeights {
  readonly features: Float32Array
  readonly transitions: Float32Array
}

/**
 * Conditional random field trained by stochastic gradient on the log-likelihood, one sentence a step, with per-weight
 * step sizes (AdaGrad). All arithmetic is in fixed order with a seeded shuffle: the same input gives the same bytes.
 *
 * Lafferty, McCallum, Pereira 2001 (CRF); Duchi, Hazan, Singer 2011 (AdaGrad).
 */
export class CrfTrainer {
  readonly weights: CrfWeights
  private readonly squares: Float32Array
  private readonly transitionSquares: Float32Array
  private readonly corpus: EncodedCorpus
  private readonly options: TrainerOptions
  private readonly lattice = new Lattice()
  private readonly gradient = new Float64Array(LABEL_COUNT)
  private readonly pairs = new Float64Array(LABEL_COUNT * LABEL_COUNT)
  private touched = new Int32Array(1024)
  /** Occurrences whose hash is below this are hidden. */
  private readonly dropLimit: number
  /** Seed and epoch, so that each pass hides others. */
  private salt = 0

  constructor(corpus: EncodedCorpus, options: TrainerOptions) {
    const size = corpus.featureHashes.length * LABEL_COUNT
    this.corpus = corpus
    this.options = options
    this.dropLimit = Math.round(options.dropout * 2 ** 32)
    this.weights = {
      features: new Float32Array(size),
      transitions: new Float32Array(LABEL_COUNT * LABEL_COUNT),
    }
    this.squares = new Float32Array(size)
    this.transitionSquares = new Float32Array(LABEL_COUNT * LABEL_COUNT)
  }

  /** Runs all epochs and returns the weights for use: averaged, and scaled to what dropout left of the features. */
  train(): CrfWeights {
    const { epochs, averageFrom, dropout, seed, onEpoch } = this.options
    const count = this.corpus.sentences.length - 1
    const order = Int32Array.from({ length: count }, (_, i) => i)
    const random = new Random(seed)
    const mean = new WeightMean(this.weights)
    for (let epoch = 1; epoch <= epochs; epoch++) {
      random.shuffle(order)
      this.salt = combine(seed, epoch)
      let loss = 0
      for (const sentence of order) loss += this.step(sentence)
      if (epoch >= averageFrom || epoch === epochs) mean.add(this.weights)
      onEpoch?.(epoch, loss / count)
    }
    return mean.mean(1 - dropout)
  }

  /** One gradient step on one sentence; returns a lower bound of its loss (the expected number of wrong labels). */
  private step(sentence: number): number {
    const { corpus, lattice, gradient } = this
    const from = corpus.sentences[sentence]!
    const to = corpus.sentences[sentence + 1]!
    const length = to - from
    if (length === 0) return 0
    lattice.reserve(length)
    this.score(from, length)
    lattice.setTransitions(this.weights.transitions)
    lattice.run()
    this.stepTransitions(from, length)
    let loss = 0
    for (let at = 0; at < length; at++) {
      const gold = corpus.labels[from + at]!
      let large = false
      for (let label = 0; label < LABEL_COUNT; label++) {
        const value = lattice.marginal(at, label) - (label === gold ? 1 : 0)
        gradient[label] = value
        if (value > this.options.skip || value < -this.options.skip) large = true
      }
      loss -= gradient[gold]!
      if (large) this.stepFeatures(from, to, from + at)
    }
    return loss
  }

  /** Calls `visit` with each feature of the token, in a fixed order. */
  private gather(from: number, to: number, token: number): number {
    const { corpus } = this
    let count = 0
    const salt = Math.imul(token, 0x85ebca6b) ^ this.salt
    const half = corpus.typeFeatures.length >> 1
    for (let offset = -half; offset <= half; offset++) {
      // Features seen at `offset` belong to the token that stands there.
      const neighbour = token + offset
      if (neighbour < from || neighbour >= to) continue
      const lists = corpus.typeFeatures[offset + half]!
      const type = corpus.types[neighbour]!
      count = this.copy(lists.data, lists.start[type]!, lists.start[type + 1]!, count, salt)
    }
    const context = corpus.contextFeatures
    return this.copy(context.data, context.start[token]!, context.start[token + 1]!, count, salt)
  }

  private copy(data: Int32Array, start: number, end: number, count: number, salt: number): number {
    if (count + end - start > this.touched.length) {
      const grown = new Int32Array(2 * (count + end - start))
      grown.set(this.touched)
      this.touched = grown
    }
    if (this.dropLimit === 0) {
      for (let i = start; i < end; i++) this.touched[count++] = data[i]!
      return count
    }
    // Which occurrences are hidden follows from feature, token, seed and epoch, so both passes over a sentence agree.
    for (let i = start; i < end; i++) {
      if (mix(Math.imul(data[i]!, 0x9e3779b1) ^ salt) >= this.dropLimit) this.touched[count++] = data[i]!
    }
    return count
  }

  private score(from: number, length: number): void {
    const { scores } = this.lattice
    const weights = this.weights.features
    for (let at = 0; at < length; at++) {
      const count = this.gather(from, from + length, from + at)
      const row = at * LABEL_COUNT
      for (let label = 0; label < LABEL_COUNT; label++) scores[row + label] = 0
      for (let i = 0; i < count; i++) {
        const base = this.touched[i]! * LABEL_COUNT
        for (let label = 0; label < LABEL_COUNT; label++) scores[row + label]! += weights[base + label]!
      }
    }
  }

  private stepFeatures(from: number, to: number, token: number): void {
    const { gradient, squares } = this
    const { rate, skip } = this.options
    const weights = this.weights.features
    const count = this.gather(from, to, token)
    for (let label = 0; label < LABEL_COUNT; label++) {
      const slope = gradient[label]!
      if (slope < skip && slope > -skip) continue
      for (let i = 0; i < count; i++) {
        const index = this.touched[i]! * LABEL_COUNT + label
        const square = squares[index]! + slope * slope
        squares[index] = square
        weights[index]! -= (rate * slope) / Math.sqrt(square + 1e-8)
      }
    }
  }

  private stepTransitions(from: number, length: number): void {
    const { corpus, lattice, pairs } = this
    pairs.fill(0)
    for (let at = 1; at < length; at++) {
      for (let before = 0; before < LABEL_COUNT; before++) {
        if (lattice.marginal(at - 1, before) < 1e-6) continue
        for (let label = 0; label < LABEL_COUNT; label++) {
          if (isAllowed(before, label))
            pairs[before * LABEL_COUNT + label]! += lattice.pairMarginal(at, before, label)
        }
      }
      pairs[corpus.labels[from + at - 1]! * LABEL_COUNT + corpus.labels[from + at]!]! -= 1
    }
    for (let label = 0; label < LABEL_COUNT; label++)
      pairs[OUTSIDE * LABEL_COUNT + label]! += lattice.marginal(0, label)
    pairs[OUTSIDE * LABEL_COUNT + corpus.labels[from]!]! -= 1
    const weights = this.weights.transitions
    for (let index = 0; index < pairs.length; index++) {
      const value = pairs[index]!
      if (value === 0) continue
      const square = this.transitionSquares[index]! + value * value
      this.transitionSquares[index] = square
      weights[index]! -= (this.options.rate * value) / Math.sqrt(square + 1e-8)
    }
  }
}
