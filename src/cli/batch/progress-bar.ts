import { type Counts, duration, number } from './summary.js'

const REDRAW = 200
const LOG_EVERY = 60_000
const BAR = 20

/** Where a run writes what it has to say; standard error, or something else in tests. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** A progress bar with rate and remaining time on a terminal; in a log a line a minute. */
export class ProgressBar {
  readonly #out: Terminal
  readonly #total: number
  readonly #now: () => number
  readonly #began: number
  #first: { readonly read: number; readonly counts: Counts } | undefined
  #shown: number
  #drawn = false

  /**
   * @param total bytes of input; 0 where that is not known
   * @param now milliseconds, from any beginning
   */
  constructor(out: Terminal, total: number, now: () => number = () => performance.now()) {
    this.#out = out
    this.#total = total
    this.#now = now
    this.#began = now()
    this.#shown = out.isTTY ? Number.NEGATIVE_INFINITY : this.#began
  }

  /** @param read bytes of input read so far, those before a resumed run included */
  update(read: number, counts: Counts): void {
    const now = this.#now()
    this.#first ??= { read, counts }
    if (now - this.#shown < (this.#out.isTTY ? REDRAW : LOG_EVERY)) return
    this.#shown = now
    const text = this.#text(read, counts, (now - this.#began) / 1000)
    if (!this.#out.isTTY) {
      this.#out.write(`${text}\n`)
      return
    }
    this.#out.write(`\r\u001b[K${text.slice(0, (this.#out.columns ?? 80) - 1)}`)
    this.#drawn = true
  }

  /** A line that stays, above the bar. */
  note(line: string): void {
    this.clear()
    this.#out.write(`${line}\n`)
  }

  clear(): void {
    if (this.#drawn) this.#out.write('\r\u001b[K')
    this.#drawn = false
    if (this.#out.isTTY) this.#shown = Number.NEGATIVE_INFINITY
  }

  #text(read: number, counts: Counts, seconds: number): string {
    const first = this.#first!
    const rate = (amount: number): string => number(Math.round(amount / Math.max(seconds, 0.001)))
    const parts = [
      `${number(counts.documents)} documents`,
      `${rate(counts.documents - first.counts.documents)}/s`,
      `${rate(counts.tokens - first.counts.tokens)} tokens/s`,
    ]
    if (counts.failures > 0) parts.push(`${number(counts.failures)} failures`)
    if (this.#total > 0) {
      const share = Math.min(1, read / this.#total)
      const pace = (read - first.read) / Math.max(seconds, 0.001)
      if (pace > 0) parts.push(`${duration((this.#total - read) / pace)} left`)
      const full = Math.floor(share * BAR)
      const bar = this.#out.isTTY ? `[${'#'.repeat(full)}${'-'.repeat(BAR - full)}] ` : ''
      parts.unshift(`${bar}${Math.floor(share * 100)} %`)
    }
    return parts.join('  ')
  }
}
