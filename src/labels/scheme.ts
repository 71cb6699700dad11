/**
 * The label scheme: outside, and begin/inside of twelve classes (four types in three kinds), as IOB2.
 * Labels are small integers so that the decoder works on arrays: 0 is O, class `c` has B = 1 + 2c and I = 2 + 2c.
 */

export const ENTITY_TYPES = ['PER', 'ORG', 'LOC', 'MISC'] as const
export const ENTITY_KINDS = ['name', 'derived', 'compound'] as const

/** Person, organisation, place; MISC is any other name. */
export type EntityType = (typeof ENTITY_TYPES)[number]
/** A name (Moskau), a word derived from one (Moskauer), or a name inside a longer word (Moskau-Reise). */
export type EntityKind = (typeof ENTITY_KINDS)[number]

/** Suffix of a kind in the corpora's tags (GermEval): `LOC`, `LOCderiv`, `LOCpart`. */
const KIND_SUFFIX: Readonly<Record<EntityKind, string>> = { name: '', derived: 'deriv', compound: 'part' }

/** Class names in label order: PER, PERderiv, PERpart, ORG, ... */
export const CLASS_NAMES: readonly string[] = ENTITY_TYPES.flatMap((type) =>
  ENTITY_KINDS.map((kind) => type + KIND_SUFFIX[kind]),
)

/** Number of labels: 25. */
export const LABEL_COUNT = 1 + 2 * CLASS_NAMES.length
export const OUTSIDE = 0

export const LABEL_NAMES: readonly string[] = [
  'O',
  ...CLASS_NAMES.flatMap((name) => [`B-${name}`, `I-${name}`]),
]

const LABEL_INDEX: ReadonlyMap<string, number> = new Map(LABEL_NAMES.map((name, index) => [name, index]))

/** Label of a tag such as `B-LOCderiv`; GermEval's OTH counts as MISC. Undefined for a tag outside the scheme. */
export function labelOf(tag: string): number | undefined {
  return LABEL_INDEX.get(tag.replace('OTH', 'MISC'))
}

export function isInside(label: number): boolean {
  return label !== OUTSIDE && (label & 1) === 0
}

/** Class of a label that is not O. */
export function classOfLabel(label: number): number {
  return (label - 1) >> 1
}

export function typeOfClass(cls: number): EntityType {
  return ENTITY_TYPES[Math.floor(cls / 3)]!
}

export function kindOfClass(cls: number): EntityKind {
  return ENTITY_KINDS[cls % 3]!
}

export function classOf(type: EntityType, kind: EntityKind): number {
  return ENTITY_TYPES.indexOf(type) * 3 + ENTITY_KINDS.indexOf(kind)
}

export function beginLabel(cls: number): number {
  return 1 + 2 * cls
}

export function insideLabel(cls: number): number {
  return 2 + 2 * cls
}

/** An I label may only follow the B or I label of its own class; a sentence begins with `from` = OUTSIDE. */
export function isAllowed(from: number, to: number): boolean {
  return !isInside(to) || from === to || from === to - 1
}

/** A stretch of tokens of one class: `[start, end)` in token indices. */
export interface LabelSpan {
  readonly start: number
  readonly end: number
  readonly cls: number
}

/** Spans of a label sequence; a stray I label (possible in gold data only) begins a span of its own. */
export function spansOf(labels: ArrayLike<number>, from = 0, to = labels.length): LabelSpan[] {
  const spans: LabelSpan[] = []
  let start = from
  while (start < to) {
    const label = labels[start]!
    if (label === OUTSIDE) {
      start++
      continue
    }
    const cls = classOfLabel(label)
    let end = start + 1
    while (end < to && labels[end] === insideLabel(cls)) end++
    spans.push({ start, end, cls })
    start = end
  }
  return spans
}
