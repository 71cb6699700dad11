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
  for (const token of tokens) {
    while (next < kept.length && kept[next]!.end <= token.start) next++
    const edges: number[] = []
    for (let index = next; index < kept.length && kept[index]!.start < token.end; index++) {
      edges.push(kept[index]!.start, kept[index]!.end)
    }
    cutToken(text, token.start, token.end, edges, pieces)
  }
  const starts = pieces.map(([start]) => start)
  const range = (start: number, end: number): [number, number] => [
    countBelow(starts, start),
    countBelow(starts, end) - 1,
  ]
  return {
    tokens: pieces,
    spans: kept.map(({ start, end, type }) => [...range(start, end), type]),
    entities: kept,
    sentences: sentences.map(({ start, end }) => [...range(start, end), 0, 0]),
  }
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
