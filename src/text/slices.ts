/** True if `text.slice(start, end)` is the word, without cutting it out. */
export function isAt(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}

/** Longest string that engines copy when they cut it out of another one; longer ones keep the other alive. */
const LONGEST_COPY = 12
/** Most units that are copied at once. */
const MOST_UNITS = 1024
const units = new Uint16Array(MOST_UNITS)

/** A copy that does not keep the text alive that it was cut out of. */
export function detached(word: string): string {
  if (word.length <= LONGEST_COPY) return word
  const length = Math.min(word.length, MOST_UNITS)
  for (let i = 0; i < length; i++) units[i] = word.charCodeAt(i)
  // Typed arrays serve as lists of arguments, which the declaration does not know.
  const copy = String.fromCharCode.apply(undefined, units.subarray(0, length) as unknown as number[])
  return word.length <= MOST_UNITS ? copy : copy + detached(word.slice(MOST_UNITS))
}
