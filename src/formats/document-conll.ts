import { beginLabel, classOf, classOfLabel, insideLabel, isInside, LABEL_NAMES } from '../labels/scheme.js'
import { bioesTags } from './bioes.js'
import { checkDocument, TOKENS } from './check.js'
import type { TokenDocument } from './document.js'

/** How tags tell where a mention begins and ends. */
export type TagScheme = 'iob2' | 'bioes'

/**
 * CoNLL of a recognised document: `token TAB tag`, an empty line after a sentence; compounds tag their whole word, as in
 * GermEval. White space inside a token, which only ready tokens can hold, is written as one space: the format has no escape.
 */
export function documentToConll(doc: TokenDocument, scheme: TagScheme = 'iob2'): string {
  checkDocument('formatConll', doc, TOKENS)
  const labels = documentLabels(doc)
  const lines: string[] = []
  let token = 0
  for (const sentence of doc.sentences) {
    const first = token
    while (token < doc.tokens.length && doc.tokens[token]!.end <= sentence.end) token++
    const tags = tagsOf(beginning(labels.subarray(first, token)), scheme)
    for (const [index, tag] of tags.entries()) {
      lines.push(`${doc.tokens[first + index]!.text.replace(/[\t\n\r]+/g, ' ')}\t${tag}`)
    }
    lines.push('')
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** IOB2 labels of a document, one a token. */
function documentLabels(doc: TokenDocument): Uint8Array {
  const labels = new Uint8Array(doc.tokens.length)
  let at = 0
  for (const entity of doc.entities) {
    const { start, end } = entity.host ?? entity
    while (at > 0 && doc.tokens[at - 1]!.start >= start) at--
    while (at < doc.tokens.length && doc.tokens[at]!.start < start) at++
    if (at < labels.length && labels[at] !== 0) continue
    const cls = classOf(entity.type, entity.kind)
    for (let token = at; token < doc.tokens.length && doc.tokens[token]!.end <= end; token++) {
      labels[token] = token === at ? beginLabel(cls) : insideLabel(cls)
    }
  }
  return labels
}

/** A mention may not cross a sentence boundary in CoNLL: its rest begins a mention of its own. */
function beginning(labels: Uint8Array): Uint8Array {
  const first = labels[0]
  if (first !== undefined && isInside(first)) labels[0] = beginLabel(classOfLabel(first))
  return labels
}

function tagsOf(labels: Uint8Array, scheme: TagScheme): string[] {
  return scheme === 'bioes' ? bioesTags(labels) : Array.from(labels, (label) => LABEL_NAMES[label]!)
}
