/** Milliseconds that a rate looks back. */
const WINDOW = 60_000
/** Milliseconds between two rates. */
const EVERY = 1000

/** Documents a second over the last minute. */
export class SpeedMeter {
  #steps: { readonly at: number; readonly count: number }[] = []
  #told = Number.NEGATIVE_INFINITY
  #began: number | undefined

  /**
   * @param now milliseconds, from any beginning
   * @returns the rate, if it is time to tell one
   */
  add(count: number, now: number): number | undefined {
    this.#began ??= now
    this.#steps.push({ at: now, count })
    if (now - this.#told < EVERY) return undefined
    this.#told = now
    this.#steps = this.#steps.filter(({ at }) => now - at < WINDOW)
    const sum = this.#steps.reduce((total, { count }) => total + count, 0)
    return (1000 * sum) / Math.max(Math.min(now - this.#began, WINDOW), EVERY)
  }
}
