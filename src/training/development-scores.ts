import { SpanScorer } from '../evaluation/span-score.js'
import type { LabelledSentence } from '../formats/conll.js'
import { CLASS_NAMES, spansOf } from '../labels/scheme.js'
import { LONGEST_SENTENCE, Tagger } from '../tagger/tagger.js'
import type { TaggerModel } from '../tagger/tagger-model.js'
import { joinTokens } from '../text/join-tokens.js'

const HEADLINE = ['PER', 'ORG', 'LOC'].map((name) => CLASS_NAMES.indexOf(name))

/**
 * Strict span F1 in percent over PER+ORG+LOC names, of the tagger alone on ready tokens. It goes into the header of the model, so
 * it must depend on nothing but the model and the data.
 */
export function developmentScore(model: TaggerModel, sentences: readonly LabelledSentence[]): number {
  const tagger = new Tagger(model)
  const scorer = new SpanScorer()
  const labels = new Uint8Array(LONGEST_SENTENCE)
  for (const sentence of sentences) {
    const words = sentence.words.slice(0, LONGEST_SENTENCE)
    const { text, spans } = joinTokens(words)
    tagger.tag(text, spans, 0, words.length, labels)
    scorer.add(spansOf(sentence.labels), spansOf(labels, 0, words.length))
  }
  return Math.round(scorer.total(HEADLINE).f1 * 100) / 100
}
