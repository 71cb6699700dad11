import { countBelow } from '../binary/bisect.js'
import type { TokenDocument } from './document.js'

/** A line of a WebAnno TSV body: a token (`1-3`), or a part of one (`1-3.1`), with the mentions that stand on it. */
export interface Unit {
  readonly id: string
  /** Half-open UTF-16 offsets. */
  readonly start: number
  readonly end: number
  /** Indices into the document's entities, in their order. */
  readonly mentions: number[]
}

/**
 * Lays a document's mentions out on its tokens. A mention that begins or ends inside a token gets a sub-token for that part;
 * a mention that touches no token gets no line. Shape: for each sentence its lines, each token before its sub-tokens.
 */
export function layOut(doc: TokenDocument): Unit[][] {
  const tokens = tokenUnits(doc)
  const parts = tokens.map((): Unit[] => [])
  const ends = tokens.map((token) => token.end)
  for (const [index, entity] of doc.entities.entries()) {
    // From the first token that ends behind the mention's start to the last that begins before its end.
    for (let at = countBelow(ends, entity.start + 1); at < tokens.length; at++) {
      const token = tokens[at]!
      if (token.start >= entity.end) break
      const start = Math.max(token.start, entity.start)
      const end = Math.min(token.end, entity.end)
      const whole = start === token.start && end === token.end
      const unit = whole ? token : subToken(token, parts[at]!, start, end)
      unit.mentions.push(index)
    }
  }
  const sentences: Unit[][] = doc.sentences.map(() => [])
  for (const [at, token] of tokens.entries()) {
    sentences[Number(token.id.split('-')[0]) - 1]!.push(token, ...parts[at]!)
  }
  return sentences
}

/** The tokens that stand in a sentence, numbered from 1 within it. */
function tokenUnits({ tokens, sentences }: TokenDocument): Unit[] {
  const units: Unit[] = []
  for (const [index, sentence] of sentences.entries()) {
    const first = units.length
    while (units.length < tokens.length && tokens[units.length]!.end <= sentence.end) {
      const { start, end } = tokens[units.length]!
      units.push({ id: `${index + 1}-${units.length - first + 1}`, start, end, mentions: [] })
    }
  }
  return units
}

function subToken(token: Unit, parts: Unit[], start: number, end: number): Unit {
  const known = parts.find((part) => part.start === start && part.end === end)
  if (known !== undefined) return known
  const part: Unit = { id: `${token.id}.${parts.length + 1}`, start, end, mentions: [] }
  parts.push(part)
  return part
}
