/** How many numbers of an ascending list are smaller than the limit; logarithmic in its length. */
export function countBelow(list: ArrayLike<number>, limit: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}
