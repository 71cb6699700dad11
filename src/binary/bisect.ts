/**
 * How many numbers of an ascending list are smaller than the limit; logarithmic in its length.
 * @param from how many are known to be smaller
 * @param to first of those that are known not to be
 */
export function countBelow(list: ArrayLike<number>, limit: number, from = 0, to = list.length): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}
