import { countBelow } from '../binary/bisect.js'
import { Lattice, ROUGH } from '../decoding/lattice.js'
import { Viterbi } from '../decoding/viterbi.js'
import { SentenceFacts } from '../features/sentence-facts.js'
import { beginLabel, insideLabel, isInside, LABEL_COUNT } from '../labels/scheme.js'
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
const BEAM = 14

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
  private readonly scores = new Int32Array(LONGEST_SEGMENT * LABEL_COUNT)
  private readonly labels = new Uint8Array(LONGEST_SEGMENT)
  /** Tokens of the segment at hand, and whether the lattice was run over it. */
  private length = 0
  private hasLattice = false
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
    this.lattice.setTransitions(Float64Array.from(transitions, (value) => value / temperature))
  }

  /**
   * Labels segments and calls `visit` for each in order, with its first token, the token behind its last, and the labels, which are
   * overwritten later. `probability` is about the segment at hand.
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

  /**
   * P(the tokens are exactly one mention of the class), in [0, 1]; indices within the segment at hand. The first question about a
   * segment costs a pass over it, segments without mentions cost none.
   */
  probability(start: number, end: number, cls: number): number {
    if (!this.hasLattice) this.runLattice()
    return this.lattice.spanProbability(start, end, beginLabel(cls), insideLabel(cls))
  }

  private runLattice(): void {
    const { lattice, scores, length } = this
    lattice.reserve(length)
    const unit = 1 / (SCORE_SCALE * this.network.temperature)
    for (let i = 0; i < length * LABEL_COUNT; i++) lattice.scores[i] = scores[i]! * unit
    lattice.run()
    this.hasLattice = true
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
      this.copyScores(place, length)
      this.separate(text, tokens, from, length, sentences)
      this.length = length
      this.hasLattice = false
      this.viterbi.decode(this.scores, this.units, length, this.labels)
      visit(from, from + length, this.labels)
    }
  }

  private copyScores(place: number, length: number): void {
    const { network, scores } = this
    const { outputs } = network
    for (let at = 0; at < length; at++) {
      const row = network.row(place, at) * OUTPUT_ROW
      for (let label = 0; label < LABEL_COUNT; label++)
        scores[at * LABEL_COUNT + label] = outputs[row + label]!
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
      if (countNewlines(text, tokens.ends[first - 1]!, tokens.starts[first]!) === 0) continue
      const row = (first - from) * LABEL_COUNT
      for (let label = 0; label < LABEL_COUNT; label++)
        if (isInside(label)) this.scores[row + label] = FORBIDDEN
    }
  }

  /** Finds types and contexts of a segment's tokens and puts them down from place `at` of the batch. */
  private look(text: string, tokens: TokenSpans, from: number, length: number, at: number): void {
    const { cache, facts, types, contexts } = this
    facts.reset(length)
    for (let i = 0; i < length; i++) {
      const type = cache.typeOf(text, tokens.starts[from + i]!, tokens.ends[from + i]!)
      types[at + i] = type
      cache.copyFacts(type, facts, i)
    }
    facts.complete(this.model.phrases)
    for (let i = 0; i < length; i++) contexts[at + i] = contextOf(facts.phrase[i]!, facts.quoted[i]!)
  }
}
