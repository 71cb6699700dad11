import { CLASS_NAMES } from '../labels/scheme.js'
import type { GoldText } from './gold.js'
import type { ScoredSpan } from './span-score.js'

/** How many of the names were found, in percent: of those that the training data hold with their type, and of the others. */
export interface SeenNames {
  readonly seen: { readonly gold: number; readonly recall: number }
  readonly unseen: { readonly gold: number; readonly recall: number }
}

/** Separates the recall of names that occur in other (training) data as the same surface of the same class. */
export class SeenNamesScorer {
  private readonly known: ReadonlySet<string>
  private readonly classes: ReadonlySet<number>
  private readonly counts = { seen: { gold: 0, found: 0 }, unseen: { gold: 0, found: 0 } }

  constructor(training: readonly GoldText[], classes: readonly number[]) {
    this.classes = new Set(classes)
    this.known = new Set(training.flatMap(({ text, outer }) => outer.map((span) => keyOf(text, span))))
  }

  add({ text, outer }: GoldText, predicted: readonly ScoredSpan[]): void {
    const found = new Set(predicted.map(({ start, end, cls }) => `${start}:${end}:${cls}`))
    for (const span of outer) {
      if (!this.classes.has(span.cls)) continue
      const count = this.known.has(keyOf(text, span)) ? this.counts.seen : this.counts.unseen
      count.gold++
      if (found.has(`${span.start}:${span.end}:${span.cls}`)) count.found++
    }
  }

  result(): SeenNames {
    const recall = ({ gold, found }: { gold: number; found: number }) => ({
      gold,
      recall: gold === 0 ? 0 : (100 * found) / gold,
    })
    return { seen: recall(this.counts.seen), unseen: recall(this.counts.unseen) }
  }
}

function keyOf(text: string, { start, end, cls }: ScoredSpan): string {
  return `${CLASS_NAMES[cls]}\t${text.slice(start, end)}`
}
