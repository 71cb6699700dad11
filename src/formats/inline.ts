import type { Entity } from '../types.js'
import type { EntityDocument } from './document.js'

/** A stretch of text that inline formats wrap: a mention, or a whole word that holds mentions (`entity` absent). */
export interface InlineNode {
  /** Half-open UTF-16 offsets. */
  readonly start: number
  readonly end: number
  readonly entity?: Entity
  /** Properly inside, in order, never overlapping. */
  readonly children: readonly InlineNode[]
}

interface OpenNode extends InlineNode {
  readonly children: OpenNode[]
}

/**
 * The mentions of a text and the words that hold them, as a forest: what XML and HTML can nest. Several names in one word
 * become siblings in it. A mention that overlaps an earlier one without lying in it cannot be nested and is left out.
 */
export function inlineForest({ entities }: EntityDocument): InlineNode[] {
  const roots: OpenNode[] = []
  const open: OpenNode[] = []
  for (const node of nodesOf(entities)) {
    while (open.length > 0 && open[open.length - 1]!.end <= node.start) open.pop()
    const parent = open[open.length - 1]
    if (parent !== undefined && parent.end < node.end) continue
    const siblings = parent === undefined ? roots : parent.children
    siblings.push(node)
    open.push(node)
  }
  return roots
}

/** By start, longer first, a whole word before a mention of the same extent. */
function nodesOf(entities: readonly Entity[]): OpenNode[] {
  const nodes: OpenNode[] = []
  const words = new Set<string>()
  for (const entity of entities) {
    const { start, end, host } = entity
    nodes.push({ start, end, entity, children: [] })
    const word = host === undefined ? '' : `${host.start}-${host.end}`
    if (host === undefined || words.has(word) || (host.start === start && host.end === end)) continue
    words.add(word)
    nodes.push({ start: host.start, end: host.end, children: [] })
  }
  return nodes.sort(
    (a, b) =>
      a.start - b.start || b.end - a.end || Number(a.entity !== undefined) - Number(b.entity !== undefined),
  )
}
