import type { TokenMention } from '../entities/mention.js'
import type { WordTraits } from '../entities/word-traits.js'
import { kindOfClass, type LabelSpan, spansOf, typeOfClass } from '../labels/scheme.js'
import { toScore } from '../labels/score.js'
import { segmentBounds } from '../tagger/segments.js'
import type { TaggedSegment, Tagger } from '../tagger/tagger.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'

/**
 * The mentions that the tagger labels, in order of the text.
 * @param traits receives what each token may be by itself; see Trait
 */
export function taggedMentions(
  tagger: Tagger,
  text: string,
  tokens: TokenSpans,
  sentences: Int32Array,
  words: WordTraits,
  traits: Uint8Array,
): TokenMention[] {
  const mentions: TokenMention[] = []
  const visit = ({ from, to, labels, types, place }: TaggedSegment): void => {
    words.begin(tagger.generation)
    for (let token = from; token < to; token++)
      traits[token] = words.of(types[place + token - from]!, text, tokens.starts[token]!, tokens.ends[token]!)
    for (const span of spansOf(labels, 0, to - from)) {
      const range = withoutSigns(span, from, text, tokens)
      if (range === undefined) continue
      const start = tokens.starts[range.first]!
      const end = tokens.ends[range.last - 1]!
      mentions.push({
        start,
        end,
        text: text.slice(start, end),
        type: typeOfClass(span.cls),
        kind: kindOfClass(span.cls),
        score: toScore(tagger.probability(span.start, span.end, span.cls)),
        first: range.first,
        last: range.last,
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
