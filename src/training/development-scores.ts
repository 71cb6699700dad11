import { SpanScorer } from '../evaluation/span-score.js'
import type { LabelledSentence } from '../formats/conll.js'
import { CLASS_NAMES, spansOf } from '../labels/scheme.js'
import type { NetworkName } from '../tagger/network-names.js'
import { segmentBounds } from '../tagger/segments.js'
import { Tagger } from '../tagger/tagger.js'
import type { TaggerModel } from '../tagger/tagger-model.js'
import { joinTokens } from '../text/join-tokens.js'

const HEADLINE = ['PER', 'ORG', 'LOC'].map((name) => CLASS_NAMES.indexOf(name))

/** What is scored. */
export interface ScoreOptions {
  /** Classes counted; PER, ORG and LOC names by default. */
  readonly classes?: readonly number[]
  readonly network?: NetworkName
}

/**
 * Strict span F1 in percent over PER+ORG+LOC names, of the tagger alone on ready tokens. It goes into the header of the model, so
 * it must depend on nothing but the model and the data.
 */
export function developmentScore(
  model: TaggerModel,
  texts: readonly (readonly LabelledSentence[])[],
  { classes = HEADLINE, network = 'accurate' }: ScoreOptions = {},
): number {
  const tagger = new Tagger(model, network)
  const scorer = new SpanScorer()
  for (const sentences of texts) {
    const words = sentences.flatMap((sentence) => sentence.words)
    const starts = [0]
    for (const sentence of sentences) starts.push(starts[starts.length - 1]! + sentence.words.length)
    const gold = sentences.flatMap((sentence) => Array.from(sentence.labels))
    const { text, spans } = joinTokens(words)
    tagger.tag(text, spans, segmentBounds(starts), ({ from, to, labels }) => {
      scorer.add(spansOf(gold.slice(from, to)), spansOf(labels, 0, to - from))
    })
  }
  return Math.round(scorer.total(classes).f1 * 100) / 100
}
