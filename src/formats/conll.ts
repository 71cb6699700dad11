import { CorpusError } from '../errors.js'
import { isInside, LABEL_NAMES, labelOf } from '../labels/scheme.js'
import { iobTag } from './bioes.js'

/** A sentence of a CoNLL file: words, outer labels, inner labels (all O where the file has no third column). */
export interface LabelledSentence {
  readonly words: readonly string[]
  readonly labels: Uint8Array
  readonly inner: Uint8Array
  /** 1-based line of the first token. */
  readonly line: number
}

/**
 * Reads `token TAB tag [TAB inner tag]`, IOB2 or BIOES, an empty line after a sentence, `#` lines before a sentence as
 * comments.
 * @throws CorpusError that names the line, for a wrong number of columns, an unknown tag or an I tag without its B.
 */
export function parseConll(text: string, source: string): LabelledSentence[] {
  const sentences: LabelledSentence[] = []
  let words: string[] = []
  let labels: number[] = []
  let inner: number[] = []
  let first = 1
  const flush = (): void => {
    if (words.length === 0) return
    sentences.push({ words, labels: Uint8Array.from(labels), inner: Uint8Array.from(inner), line: first })
    words = []
    labels = []
    inner = []
  }
  const lines = text.split('\n')
  for (const [index, raw] of lines.entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line === '') {
      flush()
      continue
    }
    const columns = line.split('\t')
    if (words.length === 0) {
      if (line.startsWith('#') && columns.length === 1) continue
      first = index + 1
    }
    if (columns.length < 2 || columns.length > 3 || columns[0] === '') {
      throw new CorpusError(
        `${source}:${index + 1}: expected "token TAB tag [TAB inner tag]", found ${columns.length} column(s) in ${JSON.stringify(line.slice(0, 60))}. ` +
          'Separate columns by one tab and sentences by an empty line.',
        index + 1,
      )
    }
    words.push(columns[0]!)
    labels.push(readTag(columns[1]!, labels, source, index + 1))
    inner.push(readTag(columns[2] ?? 'O', inner, source, index + 1))
  }
  flush()
  return sentences
}

function readTag(tag: string, before: readonly number[], source: string, line: number): number {
  const label = labelOf(iobTag(tag))
  if (label === undefined) {
    throw new CorpusError(
      `${source}:${line}: unknown tag ${JSON.stringify(tag)}; expected one of ${LABEL_NAMES.slice(0, 7).join(', ')}, ... (IOB2 or BIOES over PER, ORG, LOC, OTH with suffix deriv or part).`,
      line,
    )
  }
  const previous = before.length === 0 ? 0 : before[before.length - 1]!
  if (isInside(label) && previous !== label && previous !== label - 1) {
    throw new CorpusError(
      `${source}:${line}: ${tag} follows ${LABEL_NAMES[previous]}, but an I tag must follow B or I of its class. Write B-${tag.slice(2)} to begin a mention.`,
      line,
    )
  }
  return label
}

/** Writes sentences in the same format; `part` labels cover the whole word there, as in GermEval. */
export function formatConll(
  sentences: Iterable<Pick<LabelledSentence, 'words' | 'labels'> & { inner?: Uint8Array }>,
): string {
  const lines: string[] = []
  for (const sentence of sentences) {
    for (const [index, word] of sentence.words.entries()) {
      const inner = sentence.inner === undefined ? '' : `\t${LABEL_NAMES[sentence.inner[index]!]}`
      lines.push(`${word}\t${LABEL_NAMES[sentence.labels[index]!]}${inner}`)
    }
    lines.push('')
  }
  return `${lines.join('\n')}\n`
}
