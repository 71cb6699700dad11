import type { TokenMention } from '../entities/mention.js'
import { kindOfClass, type LabelSpan, spansOf, typeOfClass } from '../labels/scheme.js'
import { toScore } from '../labels/score.js'
import { segmentBounds } from '../tagger/segments.js'
import type { Tagger } from '../tagger/tagger.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'

/** The mentions that the tagger labels, in order of the text. */
export function taggedMentions(
  tagger: Tagger,
  text: string,
  tokens: TokenSpans,
  sentences: Int32Array,
): TokenMention[] {
  const mentions: TokenMention[] = []
  const visit = (from: number, to: number, labels: Uint8Array): void => {
    for (const span of spansOf(labels, 0, to - from)) {
      const range = withoutSigns(span, from, text, tokens)
      if (range === undefined) continue
      const start = tokens.starts[range.first]!
      const end = tokens.ends[range.last - 1]!
      mentions.push({
        ...range,
        start,
        end,
        text: text.slice(start, end),
        type: typeOfClass(span.cls),
        kind: kindOfClass(span.cls),
        score: toScore(tagger.probability(span.start, span.end, span.cls)),
      })
    }
  }
  tagger.tag(text, tokens, segmentBounds(sentences), visit, sentences)
  return mentions
}

/** Tokens of a span without signs at its ends (emoji, say), which are part of no name; undefined if nothing is left. */
function withoutSigns(
  { start, end }: LabelSpan,
  from: number,
  text: string,
  tokens: TokenSpans,
): { first: number; last: number } | undefined {
  let first = from + start
  let last = from + end
  while (last > first && isSign(text, tokens.starts[last - 1]!)) last--
  while (first < last && isSign(text, tokens.starts[first]!)) first++
  return first === last ? undefined : { first, last }
}

/** Emoji, arrows, currency signs and what has no class at all. */
function isSign(text: string, at: number): boolean {
  const kind = classAt(text, at)
  return kind === Char.Symbol || kind === Char.Other
}
