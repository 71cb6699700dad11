import type { AnnotatedText } from '../formats/annotated.js'
import type { LabelledSentence } from '../formats/conll.js'
import { detokenize } from '../formats/detokenize.js'
import { classOf, spansOf } from '../labels/scheme.js'
import { joinTokens } from '../text/join-tokens.js'
import type { ScoredSpan } from './span-score.js'

/** A text with its gold mentions as character spans, ready to be compared with what a recogniser finds in it. */
export interface GoldText {
  readonly id: string
  /** Ready tokens where the gold data prescribe them; absent where the text is to be tokenised. */
  readonly words?: readonly string[]
  readonly text: string
  /** Outer spans; compounds as the gold data mark them (whole word in CoNLL, inner name in the corpus format). */
  readonly outer: readonly ScoredSpan[]
  readonly inner: readonly ScoredSpan[]
  /** True where compounds are marked as whole words. */
  readonly wholeCompounds: boolean
}

/** Gold of a CoNLL sentence. `raw` leaves the tokens out, so that the recogniser's own tokeniser is measured too. */
export function goldOfSentence(sentence: LabelledSentence, raw: boolean): GoldText {
  const { text, spans } = raw ? detokenize(sentence.words) : joinTokens(sentence.words)
  const toSpans = (labels: Uint8Array): ScoredSpan[] =>
    spansOf(labels).map(({ start, end, cls }) => ({
      start: spans.starts[start]!,
      end: spans.ends[end - 1]!,
      cls,
    }))
  return {
    id: `line ${sentence.line}`,
    ...(raw ? {} : { words: sentence.words }),
    text,
    outer: toSpans(sentence.labels),
    inner: toSpans(sentence.inner),
    wholeCompounds: true,
  }
}

/** Gold of a text in the corpus format: its outer mentions, compounds as inner names. */
export function goldOfText(annotated: AnnotatedText): GoldText {
  const span = ({ start, end, type, kind }: AnnotatedText['mentions'][number]): ScoredSpan => ({
    start,
    end,
    cls: classOf(type, kind),
  })
  return {
    id: annotated.id,
    text: annotated.text,
    outer: annotated.mentions.filter(({ depth }) => depth === 0).map(span),
    inner: annotated.mentions.filter(({ depth }) => depth > 0).map(span),
    wholeCompounds: false,
  }
}
