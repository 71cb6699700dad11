/**
 * The tokens that the probability of the mention `[start, end)` depends on: on both sides up to the next token that is outside of
 * mentions for certain; the one behind is part of the window, for it ends the mention.
 * @param outside 1 for each such token of the sentence; see `Viterbi.outside`
 * @returns first token of the window and the token behind its last
 */
export function windowAround(
  outside: ArrayLike<number>,
  start: number,
  end: number,
  length: number,
): [from: number, to: number] {
  let from = start
  while (from > 0 && outside[from - 1] === 0) from--
  let to = end
  while (to < length && outside[to] === 0) to++
  return [from, Math.min(to + 1, length)]
}
