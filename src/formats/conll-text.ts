import { kindOfClass, spansOf, typeOfClass } from '../labels/scheme.js'
import { parseConll } from './conll.js'
import { detokenize } from './detokenize.js'
import type { ReadDocument, ReadMention } from './document.js'

/**
 * Reads a CoNLL file (IOB2 or BIOES, see `parseConll`) as running text with its outer mentions. CoNLL does not tell the
 * spacing: tokens are joined as German is written, sentences by a line break. A compound is its whole word there.
 * @throws CorpusError that names the line
 */
export function readConll(content: string, source = 'CoNLL'): ReadDocument {
  const mentions: ReadMention[] = []
  let text = ''
  for (const { words, labels } of parseConll(content, source)) {
    if (text !== '') text += '\n'
    const sentence = detokenize(words)
    for (const { start, end, cls } of spansOf(labels)) {
      const from = sentence.spans.starts[start]!
      const to = sentence.spans.ends[end - 1]!
      mentions.push({
        start: text.length + from,
        end: text.length + to,
        text: sentence.text.slice(from, to),
        type: typeOfClass(cls),
        kind: kindOfClass(cls),
      })
    }
    text += sentence.text
  }
  return { text, mentions }
}
