/** Counts of one class, and the figures made of them, in percent. */
export class Score {
  correct = 0
  predicted = 0
  gold = 0

  add(other: Score): void {
    this.correct += other.correct
    this.predicted += other.predicted
    this.gold += other.gold
  }

  get precision(): number {
    return this.predicted === 0 ? 0 : (100 * this.correct) / this.predicted
  }

  get recall(): number {
    return this.gold === 0 ? 0 : (100 * this.correct) / this.gold
  }

  get f1(): number {
    return this.predicted + this.gold === 0 ? 0 : (200 * this.correct) / (this.predicted + this.gold)
  }
}

/** A span with its class, comparable by value. */
export interface ScoredSpan {
  readonly start: number
  readonly end: number
  readonly cls: number
}

/** Strict span scores by class: a prediction counts when both ends and the class are right. */
export class SpanScorer {
  private readonly byClass = new Map<number, Score>()

  /** Compares the spans of one sentence or document. */
  add(gold: readonly ScoredSpan[], predicted: readonly ScoredSpan[]): void {
    const open = new Set(gold.map(keyOf))
    for (const span of gold) this.scoreOf(span.cls).gold++
    for (const span of predicted) {
      const score = this.scoreOf(span.cls)
      score.predicted++
      if (open.delete(keyOf(span))) score.correct++
    }
  }

  scoreOf(cls: number): Score {
    let score = this.byClass.get(cls)
    if (score === undefined) {
      score = new Score()
      this.byClass.set(cls, score)
    }
    return score
  }

  /** Micro-averaged score over some classes. */
  total(classes: Iterable<number>): Score {
    const total = new Score()
    for (const cls of classes) total.add(this.scoreOf(cls))
    return total
  }
}

function keyOf(span: ScoredSpan): string {
  return `${span.start}:${span.end}:${span.cls}`
}
