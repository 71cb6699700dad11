import { beginLabel, classOf, insideLabel, LABEL_NAMES } from '../labels/scheme.js'
import type { Document } from '../recognizer/document.js'

/** CoNLL of a recognised document: `token TAB tag`, IOB2, an empty line after a sentence; compounds tag their whole word. */
export function documentToConll(doc: Document): string {
  const tags = new Uint8Array(doc.tokens.length)
  let at = 0
  for (const entity of doc.entities) {
    const { start, end } = entity.host ?? entity
    while (at > 0 && doc.tokens[at - 1]!.start >= start) at--
    while (at < doc.tokens.length && doc.tokens[at]!.start < start) at++
    if (at < tags.length && tags[at] !== 0) continue
    const cls = classOf(entity.type, entity.kind)
    for (let token = at; token < doc.tokens.length && doc.tokens[token]!.end <= end; token++) {
      tags[token] = token === at ? beginLabel(cls) : insideLabel(cls)
    }
  }
  const lines: string[] = []
  let token = 0
  for (const sentence of doc.sentences) {
    for (; token < doc.tokens.length && doc.tokens[token]!.end <= sentence.end; token++) {
      lines.push(`${doc.tokens[token]!.text}\t${LABEL_NAMES[tags[token]!]}`)
    }
    lines.push('')
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
