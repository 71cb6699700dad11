import { countBelow } from '../binary/bisect.js'
import { Lattice, ROUGH } from '../decoding/lattice.js'
import { Viterbi } from '../decoding/viterbi.js'
import { windowAround } from '../decoding/window.js'
import { SentenceFacts } from '../features/sentence-facts.js'
import { beginLabel, insideLabel, LABEL_COUNT } from '../labels/scheme.js'
import { contextOf, OUTPUT_ROW, SCORE_SCALE, type Scorer } from '../network/scorer.js'
import { countNewlines } from '../text/sentences.js'
import type { TokenSpans } from '../text/token-spans.js'
import type { NetworkName } from './network-names.js'
import { openNetwork } from './networks.js'
import { LONGEST_SEGMENT } from './segments.js'
import type { TaggerModel } from './tagger-model.js'
import { TypeCache } from './type-cache.js'

/** Segments of a batch, and their tokens together. */
const BATCH_SEGMENTS = 16
const BATCH_TOKENS = 1024

/** Score that no sequence with another way has; far from overflowing when others are added. */
const FORBIDDEN = -(1 << 24)
/** Sequences that are so far behind the best one, in units of scores, are given up. */
const BEAM = 10

/**
 * Labels segments of a text. The network scores a batch of segments at once, so that its weights are read once for all of them; the
 * best sequence of each is found by Viterbi, probabilities by forward-backward, both only over possible sequences.
 */
export class Tagger {
  readonly model: TaggerModel
  private readonly cache: TypeCache
  private readonly facts = new SentenceFacts()
  private readonly viterbi = new Viterbi(BEAM * SCORE_SCALE)
  private readonly lattice = new Lattice(ROUGH)
  private readonly network: Scorer
  private readonly units: Int32Array
  private readonly labels = new Uint8Array(LONGEST_SEGMENT)
  private readonly segment: TaggedSegment
  /** Tokens of the segment at hand that the lattice was run over. */
  private latticeFrom = 0
  private latticeTo = 0
  /** Types and contexts of the tokens of a batch. */
  private readonly types = new Int32Array(BATCH_TOKENS)
  private readonly contexts = new Int32Array(BATCH_TOKENS)

  /** @throws ModelError if the model has no such network */
  constructor(model: TaggerModel, network: NetworkName = 'accurate') {
    this.model = model
    this.cache = new TypeCache(model.network, model.lexicon, model.phrases)
    this.network = openNetwork(model, network, BATCH_TOKENS)
    const { transitions, temperature } = this.network
    this.units = Int32Array.from(transitions, (value) => Math.round(value * SCORE_SCALE))
    this.segment = { from: 0, to: 0, place: 0, labels: this.labels, types: this.types }
    this.lattice.setTransitions(Float64Array.from(transitions, (value) => value / temperature))
  }

  /** Types keep their numbers as long as this stays the same. */
  get generation(): number {
    return this.cache.generation
  }

  /**
   * Labels segments and calls `visit` for each in order, with an object that is refilled for the next one. `probability` is about
   * the segment at hand.
   * @param bounds first token of each segment and the token behind the last; none is longer than `LONGEST_SEGMENT`
   * @param sentences first token of each sentence, ascending: no mention goes on in a sentence that begins on a new line
   */
  tag(
    text: string,
    tokens: TokenSpans,
    bounds: ArrayLike<number>,
    visit: (segment: TaggedSegment) => void,
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

  /**
   * P(the tokens are exactly one mention of the class), in [0, 1]; indices within the segment at hand. Only the tokens around the
   * mention are looked at, up to those on both sides that are in no mention for certain.
   */
  probability(start: number, end: number, cls: number): number {
    if (start < this.latticeFrom || end >= this.latticeTo) this.runLattice(start, end)
    const from = this.latticeFrom
    return this.lattice.spanProbability(start - from, end - from, beginLabel(cls), insideLabel(cls))
  }

  private runLattice(start: number, end: number): void {
    const { lattice, segment } = this
    const { outside } = this.viterbi
    const { outputs, temperature } = this.network
    const [from, to] = windowAround(outside, start, end, segment.to - segment.from)
    lattice.reserve(to - from)
    const unit = 1 / (SCORE_SCALE * temperature)
    for (let at = from; at < to; at++) {
      const row = (segment.place + at) * OUTPUT_ROW
      const line = (at - from) * LABEL_COUNT
      for (let label = 0; label < LABEL_COUNT; label++)
        lattice.scores[line + label] = outputs[row + label]! * unit
    }
    lattice.run()
    this.latticeFrom = from
    this.latticeTo = to
  }

  private tagBatch(
    text: string,
    tokens: TokenSpans,
    bounds: ArrayLike<number>,
    first: number,
    last: number,
    visit: (segment: TaggedSegment) => void,
    sentences: ArrayLike<number>,
  ): void {
    const { network, cache } = this
    const start = bounds[first]!
    const lengths: number[] = []
    for (let segment = first; segment < last; segment++) lengths.push(bounds[segment + 1]! - bounds[segment]!)
    if (cache.prepare(bounds[last]! - start)) network.forget()
    for (const [place, length] of lengths.entries())
      this.look(text, tokens, bounds[first + place]!, length, bounds[first + place]! - start)
    network.run({ types: this.types, contexts: this.contexts, lengths }, cache.inputs)
    for (const [place, length] of lengths.entries()) {
      const from = bounds[first + place]!
      this.separate(text, tokens, from, length, from - start, sentences)
      const begin = (from - start) * OUTPUT_ROW
      this.viterbi.decode(network.outputs, this.units, length, this.labels, begin, OUTPUT_ROW)
      this.latticeTo = 0
      this.segment.from = from
      this.segment.to = from + length
      this.segment.place = from - start
      visit(this.segment)
    }
  }

  /** Forbids the labels that would carry a mention over a line break between two sentences (headline and text). */
  private separate(
    text: string,
    tokens: TokenSpans,
    from: number,
    length: number,
    place: number,
    sentences: ArrayLike<number>,
  ): void {
    for (let k = countBelow(sentences, from + 1); k < sentences.length; k++) {
      const first = sentences[k]!
      if (first >= from + length) return
      if (countNewlines(text, tokens.ends[first - 1]!, tokens.starts[first]!) === 0) continue
      const row = (place + first - from) * OUTPUT_ROW
      for (let label = 2; label < LABEL_COUNT; label += 2) this.network.outputs[row + label] = FORBIDDEN
    }
  }

  /** Finds types and contexts of a segment's tokens and puts them down from place `at` of the batch. */
  private look(text: string, tokens: TokenSpans, from: number, length: number, at: number): void {
    const { cache, facts, types, contexts } = this
    for (let i = 0; i < length; i++)
      types[at + i] = cache.typeOf(text, tokens.starts[from + i]!, tokens.ends[from + i]!)
    facts.read(types, at, length, cache.table, this.model.phrases)
    for (let i = 0; i < length; i++) contexts[at + i] = contextOf(facts.phrase[i]!, facts.quoted[i]!)
  }
}

/** What the tagger found in a segment. */
export interface TaggedSegment {
  /** First token of the segment, and the token behind its last. */
  from: number
  to: number
  /** Labels of its tokens. */
  readonly labels: Uint8Array
  /** Word types of its tokens, the first at `place`; see `generation`. */
  readonly types: Int32Array
  place: number
}
