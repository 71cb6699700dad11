import { CLASS_NAMES } from '../labels/scheme.js'
import type { GoldText } from './gold.js'
import type { ScoredSpan } from './span-score.js'

export type ErrorCause = 'missed' | 'spurious' | 'wrong type' | 'wrong extent' | 'wrong type and extent'

/** One error of the recogniser, with its surroundings. */
export interface SpanError {
  readonly cause: ErrorCause
  /** Where it stands: the id of the text. */
  readonly id: string
  /** Class and surface in the gold data and in the prediction; empty where there is none. */
  readonly goldClass: string
  readonly gold: string
  readonly predictedClass: string
  readonly predicted: string
  readonly context: string
}

const CONTEXT = 45

/** Pairs what was expected with what was found: overlapping spans make one error, the rest is missed or spurious. */
export function classifyErrors(item: GoldText, predicted: readonly ScoredSpan[]): SpanError[] {
  const same = (a: ScoredSpan, b: ScoredSpan): boolean =>
    a.start === b.start && a.end === b.end && a.cls === b.cls
  const missed = item.outer.filter((span) => !predicted.some((other) => same(span, other)))
  const extra = predicted.filter((span) => !item.outer.some((other) => same(span, other)))
  const errors: SpanError[] = []
  for (const gold of missed) {
    const index = extra.findIndex((span) => span.start < gold.end && gold.start < span.end)
    const found = index < 0 ? undefined : extra.splice(index, 1)[0]
    errors.push(describeError(item, causeOf(gold, found), gold, found))
  }
  for (const found of extra) errors.push(describeError(item, 'spurious', undefined, found))
  return errors
}

function causeOf(gold: ScoredSpan, found: ScoredSpan | undefined): ErrorCause {
  if (found === undefined) return 'missed'
  const extent = gold.start === found.start && gold.end === found.end
  if (extent) return 'wrong type'
  return gold.cls === found.cls ? 'wrong extent' : 'wrong type and extent'
}

function describeError(
  item: GoldText,
  cause: ErrorCause,
  gold: ScoredSpan | undefined,
  found: ScoredSpan | undefined,
): SpanError {
  const { start, end } = (gold ?? found)!
  const surface = (span: ScoredSpan | undefined): string =>
    span === undefined ? '' : item.text.slice(span.start, span.end)
  const context = `${item.text.slice(Math.max(0, start - CONTEXT), start)}[${item.text.slice(start, end)}]${item.text.slice(end, end + CONTEXT)}`
  return {
    cause,
    id: item.id,
    goldClass: gold === undefined ? '' : CLASS_NAMES[gold.cls]!,
    gold: surface(gold),
    predictedClass: found === undefined ? '' : CLASS_NAMES[found.cls]!,
    predicted: surface(found),
    context: context.replace(/\s+/g, ' '),
  }
}
