import { Lattice } from '../decoding/lattice.js'
import { Viterbi } from '../decoding/viterbi.js'
import { SentenceFacts } from '../features/sentence-facts.js'
import { beginLabel, insideLabel, LABEL_COUNT } from '../labels/scheme.js'
import { Arena } from '../network/arena.js'
import { instantiateKernel } from '../network/kernel.js'
import { Network, OUTPUT_ROW } from '../network/network.js'
import { Packing } from '../network/packing.js'
import { toInput } from '../network/type-inputs.js'
import type { TokenSpans } from '../text/token-spans.js'
import { LONGEST_SEGMENT } from './segments.js'
import type { TaggerModel } from './tagger-model.js'
import { TypeCache } from './type-cache.js'

/** Segments of a batch, and their tokens together. */
const BATCH_SEGMENTS = 16
const BATCH_TOKENS = 1024

/** Integer units of the decoder per 1.0 of a score. */
const SCALE = 1 << 10

/**
 * Labels segments of a text. The network scores a batch of segments at once, so that its weights are read once for all of them; the
 * best sequence of each is found by Viterbi, probabilities by forward-backward, both only over possible sequences.
 */
export class Tagger {
  private readonly model: TaggerModel
  private readonly cache: TypeCache
  private readonly facts = new SentenceFacts()
  private readonly viterbi = new Viterbi()
  private readonly lattice = new Lattice()
  private readonly packing = new Packing()
  private readonly network: Network
  private readonly phraseInputs: Int16Array
  private readonly quotedInputs: Int16Array
  private readonly units: Int32Array
  private readonly scores = new Int32Array(LONGEST_SEGMENT * LABEL_COUNT)
  private readonly labels = new Uint8Array(LONGEST_SEGMENT)
  private readonly types = new Int32Array(BATCH_TOKENS)

  constructor(model: TaggerModel) {
    const { network, lexicon } = model
    this.model = model
    this.cache = new TypeCache(network, lexicon)
    const arena = new Arena()
    this.network = new Network(arena, instantiateKernel(arena.memory), network, BATCH_TOKENS)
    this.phraseInputs = Int16Array.from(network.phrases, toInput)
    this.quotedInputs = Int16Array.from(network.quoted, toInput)
    this.units = Int32Array.from(network.transitions, (value) => Math.round(value * SCALE))
    this.lattice.setTransitions(Float64Array.from(network.transitions, (value) => value / model.temperature))
  }

  /**
   * Labels segments and calls `visit` for each in order, with its first token, the token behind its last, and the labels, which are
   * overwritten later. `runMarginals` and `probability` are about the segment at hand.
   * @param bounds first token of each segment and the token behind the last; none is longer than `LONGEST_SEGMENT`
   */
  tag(
    text: string,
    tokens: TokenSpans,
    bounds: ArrayLike<number>,
    visit: (from: number, to: number, labels: Uint8Array) => void,
  ): void {
    for (let first = 0; first < bounds.length - 1; ) {
      let last = first + 1
      while (
        last < bounds.length - 1 &&
        last - first < BATCH_SEGMENTS &&
        bounds[last + 1]! - bounds[first]! <= BATCH_TOKENS
      )
        last++
      this.tagBatch(text, tokens, bounds, first, last, visit)
      first = last
    }
  }

  /** Prepares `probability` for the segment at hand, of `length` tokens. */
  runMarginals(length: number): void {
    this.lattice.reserve(length)
    const unit = 1 / (SCALE * this.model.temperature)
    for (let i = 0; i < length * LABEL_COUNT; i++) this.lattice.scores[i] = this.scores[i]! * unit
    this.lattice.run()
  }

  /** P(the tokens are exactly one mention of the class), in [0, 1]; indices within the segment at hand. */
  probability(start: number, end: number, cls: number): number {
    return this.lattice.spanProbability(start, end, beginLabel(cls), insideLabel(cls))
  }

  private tagBatch(
    text: string,
    tokens: TokenSpans,
    bounds: ArrayLike<number>,
    first: number,
    last: number,
    visit: (from: number, to: number, labels: Uint8Array) => void,
  ): void {
    const { packing, network, scores } = this
    const { outputs } = network
    const lengths: number[] = []
    for (let segment = first; segment < last; segment++) lengths.push(bounds[segment + 1]! - bounds[segment]!)
    packing.pack(lengths)
    this.cache.prepare(packing.rows)
    for (let place = 0; place < lengths.length; place++)
      this.fillInputs(text, tokens, bounds[first + place]!, lengths[place]!, place)
    network.run(packing, lengths)
    for (const [place, length] of lengths.entries()) {
      for (let at = 0; at < length; at++) {
        const row = packing.row(place, at) * OUTPUT_ROW
        for (let label = 0; label < LABEL_COUNT; label++)
          scores[at * LABEL_COUNT + label] = Math.round(outputs[row + label]! * SCALE)
      }
      this.viterbi.decode(scores, this.units, length, this.labels)
      const from = bounds[first + place]!
      visit(from, from + length, this.labels)
    }
  }

  /** Writes the inputs of a segment's tokens to the rows in which the directions read them. */
  private fillInputs(text: string, tokens: TokenSpans, from: number, length: number, place: number): void {
    const { cache, facts, types, packing, phraseInputs, quotedInputs } = this
    const [forward, backward] = this.network.inputs
    const { embedding } = this.model.network.sizes
    facts.reset(length)
    for (let at = 0; at < length; at++) {
      const type = cache.typeOf(text, tokens.starts[from + at]!, tokens.ends[from + at]!)
      types[at] = type
      cache.copyFacts(type, facts, at)
    }
    facts.complete(this.model.phrases)
    const { inputs, size } = cache
    for (let at = 0; at < length; at++) {
      const source = types[at]! * size
      const row = packing.row(place, at) * size
      const other = packing.rowBackwards(place, at) * size
      const phrase = facts.phrase[at]! * embedding
      const quotation = facts.quoted[at]! * embedding
      for (let i = 0; i < embedding; i++) {
        const value = inputs[source + i]! + phraseInputs[phrase + i]! + quotedInputs[quotation + i]!
        forward[row + i] = value
        backward[other + i] = value
      }
      for (let i = embedding; i < size; i++) {
        const value = inputs[source + i]!
        forward[row + i] = value
        backward[other + i] = value
      }
    }
  }
}
