import { CLASS_NAMES, classOf, ENTITY_TYPES, type EntityKind, kindOfClass } from '../labels/scheme.js'
import type { Recognizer } from '../recognizer/recognizer.js'
import type { Entity } from '../types.js'
import { Calibration } from './calibration.js'
import { classifyErrors, type SpanError } from './errors.js'
import type { GoldText } from './gold.js'
import type { SeenNamesScorer } from './seen-names.js'
import { type Score, type ScoredSpan, SpanScorer } from './span-score.js'

/** The types of the headline figure. */
export const HEADLINE_TYPES = ['PER', 'ORG', 'LOC'] as const

/** Outcome of an evaluation. All scores are strict: both ends and the class must be right. */
export interface Evaluation {
  readonly scorer: SpanScorer
  /** GermEval 2014 M1: outer and inner spans of all twelve classes together. */
  readonly official: Score
  readonly errors: readonly SpanError[]
  /** Expected calibration error of the scores of PER, ORG and LOC names, in percentage points. */
  readonly calibrationError: number
  readonly sentences: number
  readonly tokens: number
  /** Seconds spent in recognition. */
  readonly seconds: number
}

/** Runs the recogniser over gold texts and compares; `seen` is told of each text, too. */
export function evaluate(
  gold: readonly GoldText[],
  recognizer: Recognizer,
  onProgress?: (done: number) => void,
  seen?: SeenNamesScorer,
): Evaluation {
  const scorer = new SpanScorer()
  const official = new SpanScorer()
  const errors: SpanError[] = []
  const calibration = new Calibration()
  let tokens = 0
  let seconds = 0
  for (const [index, item] of gold.entries()) {
    const before = performance.now()
    const doc =
      item.words === undefined
        ? recognizer.recognize(item.text, { types: ENTITY_TYPES })
        : recognizer.recognizeTokens([item.words], { types: ENTITY_TYPES })
    seconds += (performance.now() - before) / 1000
    tokens += item.words?.length ?? doc.tokens.length
    const predicted = spansOfEntities(doc.entities, item.wholeCompounds)
    scorer.add(item.outer, predicted)
    seen?.add(item, predicted)
    calibrate(calibration, item, doc.entities)
    official.add(item.outer, predicted)
    official.add(item.inner, [])
    errors.push(...classifyErrors(item, predicted))
    onProgress?.(index + 1)
  }
  return {
    scorer,
    official: official.total(CLASS_NAMES.keys()),
    errors,
    calibrationError: calibration.error(),
    sentences: gold.length,
    tokens,
    seconds,
  }
}

function calibrate(calibration: Calibration, { outer }: GoldText, entities: readonly Entity[]): void {
  const gold = new Set(outer.map(({ start, end, cls }) => `${start}:${end}:${cls}`))
  for (const { start, end, type, kind, score } of entities) {
    if (kind !== 'name' || type === 'MISC') continue
    calibration.add(score, gold.has(`${start}:${end}:${classOf(type, kind)}`))
  }
}

/** Predicted spans in the gold data's terms: a compound as its whole word, once, or as the name inside. */
function spansOfEntities(entities: readonly Entity[], wholeCompounds: boolean): ScoredSpan[] {
  const spans = new Map<string, ScoredSpan>()
  for (const entity of entities) {
    const { start, end } = wholeCompounds && entity.host !== undefined ? entity.host : entity
    spans.set(`${start}:${end}`, { start, end, cls: classOf(entity.type, entity.kind) })
  }
  return [...spans.values()]
}

/** Classes of some types in one kind. */
export function classesOf(types: readonly string[], kind: EntityKind): number[] {
  return [...CLASS_NAMES.keys()].filter(
    (cls) => kindOfClass(cls) === kind && types.some((type) => CLASS_NAMES[cls]!.startsWith(type)),
  )
}
