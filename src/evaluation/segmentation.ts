import type { LabelledSentence } from '../formats/conll.js'
import { detokenize } from '../formats/detokenize.js'
import { splitSentences } from '../text/sentences.js'
import { tokenize } from '../text/tokenizer.js'
import { type Score, SpanScorer } from './span-score.js'

/** Agreement of the own tokeniser and sentence splitter with a corpus, as F1 over token spans and over sentence spans. */
export interface SegmentationAgreement {
  readonly tokens: Score
  readonly sentences: Score
  /** Tokens on which they differ, with their surroundings, most frequent first. */
  readonly differences: readonly { readonly gold: string; readonly found: string; readonly count: number }[]
}

/** Sentences that are joined to one text; the corpus holds single sentences, whose boundaries would else be trivial. */
const SENTENCES_A_TEXT = 10

/** De-tokenises the sentences in groups, tokenises and splits the text anew, and compares. */
export function segmentationAgreement(sentences: readonly LabelledSentence[]): SegmentationAgreement {
  const tokens = new SpanScorer()
  const boundaries = new SpanScorer()
  const differences = new Map<string, number>()
  for (let from = 0; from < sentences.length; from += SENTENCES_A_TEXT) {
    const group = sentences.slice(from, from + SENTENCES_A_TEXT)
    let text = ''
    const goldTokens: { start: number; end: number; cls: number }[] = []
    const goldSentences: { start: number; end: number; cls: number }[] = []
    for (const sentence of group) {
      const { text: part, spans } = detokenize(sentence.words)
      const base = text === '' ? 0 : text.length + 1
      text = text === '' ? part : `${text} ${part}`
      goldSentences.push({ start: base, end: base + part.length, cls: 0 })
      for (let i = 0; i < spans.length; i++)
        goldTokens.push({ start: base + spans.starts[i]!, end: base + spans.ends[i]!, cls: 0 })
    }
    const own = tokenize(text)
    const starts = splitSentences(text, own)
    const foundTokens = Array.from({ length: own.length }, (_, i) => ({
      start: own.starts[i]!,
      end: own.ends[i]!,
      cls: 0,
    }))
    const foundSentences = Array.from({ length: starts.length - 1 }, (_, i) => ({
      start: own.starts[starts[i]!]!,
      end: own.ends[starts[i + 1]! - 1]!,
      cls: 0,
    }))
    tokens.add(goldTokens, foundTokens)
    boundaries.add(goldSentences, foundSentences)
    for (const gold of goldTokens) {
      const overlapping = foundTokens.filter(({ start, end }) => start < gold.end && gold.start < end)
      if (
        overlapping.length === 1 &&
        overlapping[0]!.start === gold.start &&
        overlapping[0]!.end === gold.end
      )
        continue
      const key = `${text.slice(gold.start, gold.end)}\t${overlapping.map(({ start, end }) => text.slice(start, end)).join(' ')}`
      differences.set(key, (differences.get(key) ?? 0) + 1)
    }
  }
  return {
    tokens: tokens.total([0]),
    sentences: boundaries.total([0]),
    differences: [...differences]
      .sort((a, b) => b[1] - a[1])
      .map(([key, count]) => ({ gold: key.split('\t')[0]!, found: key.split('\t')[1]!, count })),
  }
}
