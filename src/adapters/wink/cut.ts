import type { Entity } from '../../types.js'
import type { RecognizedText } from '../source.js'
import type { WinkSentence, WinkSpan } from './contract.js'

/** A recognised text in wink-nlp's terms: tokens by offset, entities and sentences by token. */
export interface CutText {
  /** Half-open UTF-16 offsets, ascending, not overlapping. */
  readonly tokens: readonly (readonly [start: number, end: number])[]
  readonly spans: WinkSpan[]
  /** The entities of `spans`, in the same order. */
  readonly entities: readonly Entity[]
  readonly sentences: WinkSentence[]
}

/**
 * wink-nlp's entities are runs of whole tokens that do not overlap. So a token that holds a name (Ukraine-Krieg) is cut at
 * the name's edges, and where mentions overlap the first and longest is kept.
 */
export function cutText(text: string, { tokens, entities, sentences }: RecognizedText): CutText {
  const kept: Entity[] = []
  for (const entity of entities) {
    if (entity.start >= (kept.at(-1)?.end ?? 0)) kept.push(entity)
  }
  const pieces: [number, number][] = []
  let next = 0
  let last = 0
  for (const token of tokens) {
    keepSigns(text, last, token.start, pieces)
    last = token.end
    while (next < kept.length && kept[next]!.end <= token.start) next++
    const edges: number[] = []
    for (let index = next; index < kept.length && kept[index]!.start < token.end; index++) {
      edges.push(kept[index]!.start, kept[index]!.end)
    }
    cutToken(text, token.start, token.end, edges, pieces)
  }
  keepSigns(text, last, text.length, pieces)
  const starts = pieces.map(([start]) => start)
  return {
    tokens: pieces,
    spans: kept.map(({ start, end, type }) => [countBelow(starts, start), countBelow(starts, end) - 1, type]),
    entities: kept,
    // Each reaches to the next: no piece stands outside a sentence.
    sentences: sentences.map((_, index) => [
      index === 0 ? 0 : countBelow(starts, sentences[index]!.start),
      countBelow(starts, sentences[index + 1]?.start ?? text.length) - 1,
      0,
      0,
    ]),
  }
}

/** Makes a piece of signs that are neither token nor white space (joiners), which wink-nlp would add to the next word. */
function keepSigns(text: string, from: number, to: number, pieces: [number, number][]): void {
  const gap = text.slice(from, to)
  const signs = gap.trim()
  if (signs === '') return
  const start = from + gap.indexOf(signs)
  pieces.push([start, start + signs.length])
}

/** Cuts a token at edges that lie within it; a hyphen beside a cut becomes a token of its own. */
function cutToken(
  text: string,
  start: number,
  end: number,
  edges: readonly number[],
  pieces: [number, number][],
): void {
  let from = start
  for (const edge of [...edges, end]) {
    if (edge <= from || edge > end) continue
    if (from === start && edge === end) pieces.push([from, edge])
    else cutHyphens(text, from, edge, pieces)
    from = edge
  }
}

function cutHyphens(text: string, start: number, end: number, pieces: [number, number][]): void {
  const isHyphen = (at: number) => text[at] === '-' || text[at] === '\u2010' || text[at] === '\u2011'
  const from = isHyphen(start) ? start + 1 : start
  const to = isHyphen(end - 1) && end - 1 >= from ? end - 1 : end
  if (from > start) pieces.push([start, from])
  if (to > from) pieces.push([from, to])
  if (to < end) pieces.push([to, end])
}

/** How many of the ascending numbers are less than a bound. */
function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < bound) low = middle + 1
    else high = middle
  }
  return low
}
