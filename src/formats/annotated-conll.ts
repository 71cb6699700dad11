import { beginLabel, classOf, insideLabel } from '../labels/scheme.js'
import { splitSentences } from '../text/sentences.js'
import type { TokenSpans } from '../text/token-spans.js'
import { tokenize } from '../text/tokenizer.js'
import type { AnnotatedMention, AnnotatedText } from './annotated.js'
import type { LabelledSentence } from './conll.js'

/**
 * An annotated text as labelled sentences in GermEval's terms: own tokens, outer and inner labels, compounds tagged on the
 * whole word. A mention that ends within a token other than a compound is widened to the token.
 */
export function annotatedToSentences(annotated: AnnotatedText): LabelledSentence[] {
  const tokens = tokenize(annotated.text)
  const outer = new Uint8Array(tokens.length)
  const inner = new Uint8Array(tokens.length)
  for (const mention of annotated.mentions) {
    if (mention.depth === 0) write(outer, tokens, mention)
    else if (!isPartOfToken(tokens, mention)) write(inner, tokens, mention)
  }
  const starts = splitSentences(annotated.text, tokens)
  return Array.from({ length: starts.length - 1 }, (_, index) => {
    const from = starts[index]!
    const to = starts[index + 1]!
    return {
      words: Array.from({ length: to - from }, (_, at) =>
        annotated.text.slice(tokens.starts[from + at], tokens.ends[from + at]),
      ),
      labels: repaired(outer.slice(from, to)),
      inner: repaired(inner.slice(from, to)),
      line: annotated.line,
    }
  })
}

/** First and one past the last token that the mention touches. */
function tokenRange(tokens: TokenSpans, { start, end }: AnnotatedMention): [number, number] {
  let first = 0
  while (first < tokens.length && tokens.ends[first]! <= start) first++
  let last = first
  while (last < tokens.length && tokens.starts[last]! < end) last++
  return [first, last]
}

function isPartOfToken(tokens: TokenSpans, mention: AnnotatedMention): boolean {
  const [first, last] = tokenRange(tokens, mention)
  return last - first === 1 && (tokens.starts[first]! < mention.start || tokens.ends[first]! > mention.end)
}

function write(labels: Uint8Array, tokens: TokenSpans, mention: AnnotatedMention): void {
  const [first, last] = tokenRange(tokens, mention)
  // Of several names in one word the first gives the word its class.
  for (let at = first; at < last; at++) if (labels[at] !== 0) return
  const cls = classOf(mention.type, mention.kind)
  for (let at = first; at < last; at++) labels[at] = at === first ? beginLabel(cls) : insideLabel(cls)
}

/** A sentence boundary inside a mention leaves an I label without its B; it begins a mention of its own. */
function repaired(labels: Uint8Array): Uint8Array {
  const first = labels[0]
  if (first !== undefined && first !== 0 && (first & 1) === 0) labels[0] = first - 1
  return labels
}
