/** A score as it is given: four decimals, in (0, 1]. */
export function toScore(value: number): number {
  return Math.min(1, Math.max(1, Math.round(value * 1e4)) / 1e4)
}
