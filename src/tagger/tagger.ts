import { Lattice } from '../decoding/lattice.js'
import { Viterbi } from '../decoding/viterbi.js'
import { contextFeatures } from '../features/context.js'
import { SentenceFacts } from '../features/sentence-facts.js'
import { WINDOW } from '../features/word-type.js'
import { beginLabel, insideLabel, LABEL_COUNT } from '../labels/scheme.js'
import type { PhraseSet } from '../lexicon/phrases.js'
import type { TokenSpans } from '../text/token-spans.js'
import type { TaggerModel } from './tagger-model.js'
import { TYPE_ROW, TypeCache } from './type-cache.js'

/** Longest stretch decoded at once; longer "sentences" (tables, lists, a text without a period) are cut there. */
export const LONGEST_SENTENCE = 512

/**
 * Labels sentences. Scores of a token are sums of cached rows of the word types around it plus the weights of its context
 * features; the best sequence is found by Viterbi, probabilities by forward-backward, both only over possible sequences.
 */
export class Tagger {
  private readonly model: TaggerModel
  private readonly phrases: PhraseSet
  private readonly cache: TypeCache
  private readonly facts = new SentenceFacts()
  private readonly viterbi = new Viterbi()
  private readonly lattice = new Lattice()
  private readonly transitions: Float64Array
  private types = new Int32Array(0)
  private scores = new Int32Array(0)
  private row = 0
  private readonly addContext = (feature: number): void => this.model.crf.add(feature, this.scores, this.row)

  constructor(model: TaggerModel) {
    this.model = model
    this.phrases = model.phrases
    this.cache = new TypeCache(model.crf, model.lexicon)
    this.transitions = Float64Array.from(model.crf.transitions, (value) => value / model.crf.scale)
    this.lattice.setTransitions(this.transitions)
  }

  /** Labels tokens `[from, to)`, at most LONGEST_SENTENCE of them; `labels[0]` is that of token `from`. */
  tag(text: string, tokens: TokenSpans, from: number, to: number, labels: Uint8Array): void {
    const length = to - from
    this.reserve(length)
    this.cache.prepare(length)
    this.facts.reset(length)
    for (let at = 0; at < length; at++) {
      const type = this.cache.typeOf(text, tokens.starts[from + at]!, tokens.ends[from + at]!)
      this.types[at] = type
      this.cache.copyFacts(type, this.facts, at)
    }
    this.facts.complete(this.phrases)
    this.score(length)
    this.viterbi.decode(this.scores, this.model.crf.transitions, length, labels)
  }

  /** Prepares `probability` for the sentence that was tagged last. */
  runMarginals(length: number): void {
    this.lattice.reserve(length)
    const unit = 1 / this.model.crf.scale
    for (let i = 0; i < length * LABEL_COUNT; i++) this.lattice.scores[i] = this.scores[i]! * unit
    this.lattice.run()
  }

  /** P(the tokens are exactly one mention of the class), in [0, 1]; indices within the sentence tagged last. */
  probability(start: number, end: number, cls: number): number {
    return this.lattice.spanProbability(start, end, beginLabel(cls), insideLabel(cls))
  }

  private score(length: number): void {
    const { scores, types } = this
    const { emission } = this.cache
    for (let at = 0; at < length; at++) {
      const row = at * LABEL_COUNT
      for (let label = 0; label < LABEL_COUNT; label++) scores[row + label] = 0
      const first = at < WINDOW ? -at : -WINDOW
      const last = length - 1 - at < WINDOW ? length - 1 - at : WINDOW
      for (let offset = first; offset <= last; offset++) {
        const base = types[at + offset]! * TYPE_ROW + (offset + WINDOW) * LABEL_COUNT
        for (let label = 0; label < LABEL_COUNT; label++) scores[row + label]! += emission[base + label]!
      }
      this.row = row
      contextFeatures(this.facts, at, this.addContext)
    }
  }

  private reserve(length: number): void {
    if (this.types.length >= length) return
    this.types = new Int32Array(length * 2)
    this.scores = new Int32Array(length * 2 * LABEL_COUNT)
  }
}
