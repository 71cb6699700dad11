import { countBelow } from '../binary/bisect.js'
import { Lattice } from '../decoding/lattice.js'
import { Viterbi } from '../decoding/viterbi.js'
import { SentenceFacts } from '../features/sentence-facts.js'
import { beginLabel, insideLabel, isInside, LABEL_COUNT } from '../labels/scheme.js'
import { Arena } from '../network/arena.js'
import { instantiateKernel } from '../network/kernel.js'
import { Network, OUTPUT_ROW } from '../network/network.js'
import { Packing } from '../network/packing.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import { LONGEST_SEGMENT } from './segments.js'
import type { TaggerModel } from './tagger-model.js'
import { TypeCache } from './type-cache.js'

/** Segments of a batch, and their tokens together. */
const BATCH_SEGMENTS = 16
const BATCH_TOKENS = 1024

/** Score that no sequence with another way has; far from overflowing when others are added. */
const FORBIDDEN = -(1 << 24)
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
  private readonly units: Int32Array
  private readonly scores = new Int32Array(LONGEST_SEGMENT * LABEL_COUNT)
  private readonly labels = new Uint8Array(LONGEST_SEGMENT)
  /** Types and contexts of the tokens of a batch. */
  private readonly types = new Int32Array(BATCH_TOKENS)
  private readonly phrases = new Uint8Array(BATCH_TOKENS)
  private readonly quoted = new Uint8Array(BATCH_TOKENS)

  constructor(model: TaggerModel) {
    const { network, lexicon } = model
    this.model = model
    this.cache = new TypeCache(network, lexicon)
    const arena = new Arena()
    this.network = new Network(arena, instantiateKernel(arena.memory), network, BATCH_TOKENS)
    this.units = Int32Array.from(network.transitions, (value) => Math.round(value * SCALE))
    this.lattice.setTransitions(Float64Array.from(network.transitions, (value) => value / model.temperature))
  }

  /**
   * Labels segments and calls `visit` for each in order, with its first token, the token behind its last, and the labels, which are
   * overwritten later. `runMarginals` and `probability` are about the segment at hand.
   * @param bounds first token of each segment and the token behind the last; none is longer than `LONGEST_SEGMENT`
   * @param sentences first token of each sentence, ascending: no mention goes on in a sentence that begins on a new line
   */
  tag(
    text: string,
    tokens: TokenSpans,
    bounds: ArrayLike<number>,
    visit: (from: number, to: number, labels: Uint8Array) => void,
    sentences: ArrayLike<number> = [],
  ): void {
    for (let first = 0; first < bounds.length - 1; ) {
      let last = first + 1
      while (
        last < bounds.length - 1 &&
        last - first < BATCH_SEGMENTS &&
        bounds[last + 1]! - bounds[first]! <= BATCH_TOKENS
      )
        last++
      this.tagBatch(text, tokens, bounds, first, last, visit, sentences)
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
    sentences: ArrayLike<number>,
  ): void {
    const { packing, network, scores } = this
    const { outputs } = network
    const lengths: number[] = []
    for (let segment = first; segment < last; segment++) lengths.push(bounds[segment + 1]! - bounds[segment]!)
    packing.pack(lengths)
    if (this.cache.prepare(packing.rows)) network.gateInputs.forget()
    const start = bounds[first]!
    for (const [place, length] of lengths.entries())
      this.look(text, tokens, bounds[first + place]!, length, bounds[first + place]! - start)
    network.gateInputs.prepare(this.types, packing.rows, this.cache.inputs)
    for (const [place, length] of lengths.entries()) this.enter(bounds[first + place]! - start, length, place)
    network.run(packing, lengths)
    for (const [place, length] of lengths.entries()) {
      for (let at = 0; at < length; at++) {
        const row = packing.row(place, at) * OUTPUT_ROW
        for (let label = 0; label < LABEL_COUNT; label++)
          scores[at * LABEL_COUNT + label] = Math.round(outputs[row + label]! * SCALE)
      }
      const from = bounds[first + place]!
      this.separate(text, tokens, from, length, sentences)
      this.viterbi.decode(scores, this.units, length, this.labels)
      visit(from, from + length, this.labels)
    }
  }

  /** Forbids the labels that would carry a mention over a line break between two sentences (headline and text). */
  private separate(
    text: string,
    tokens: TokenSpans,
    from: number,
    length: number,
    sentences: ArrayLike<number>,
  ): void {
    for (let k = countBelow(sentences, from + 1); k < sentences.length; k++) {
      const first = sentences[k]!
      if (first >= from + length) return
      if (!hasNewline(text, tokens.ends[first - 1]!, tokens.starts[first]!)) continue
      const row = (first - from) * LABEL_COUNT
      for (let label = 0; label < LABEL_COUNT; label++)
        if (isInside(label)) this.scores[row + label] = FORBIDDEN
    }
  }

  /** Finds types and contexts of a segment's tokens and puts them down from place `at` of the batch. */
  private look(text: string, tokens: TokenSpans, from: number, length: number, at: number): void {
    const { cache, facts, types } = this
    facts.reset(length)
    for (let i = 0; i < length; i++) {
      const type = cache.typeOf(text, tokens.starts[from + i]!, tokens.ends[from + i]!)
      types[at + i] = type
      cache.copyFacts(type, facts, i)
    }
    facts.complete(this.model.phrases)
    this.phrases.set(facts.phrase.subarray(0, length), at)
    this.quoted.set(facts.quoted.subarray(0, length), at)
  }

  /** Enters the tokens of a segment into the rows in which the directions read them. */
  private enter(at: number, length: number, place: number): void {
    const { network, packing, types, phrases, quoted } = this
    for (let i = 0; i < length; i++) {
      const row = packing.row(place, i)
      const other = packing.rowBackwards(place, i)
      network.enter(row, other, types[at + i]!, phrases[at + i]!, quoted[at + i]!)
    }
  }
}

function hasNewline(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (classAt(text, at) === Char.Newline) return true
  return false
}
