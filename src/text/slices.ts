/** True if `text.slice(start, end)` is the word, without cutting it out. */
export function isAt(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}

/** Longest string that engines copy when they cut it out of another one; longer ones keep the other alive. */
const LONGEST_COPY = 12
/** Most arguments of one call. */
const MOST_UNITS = 4096

/** A copy that does not keep the text alive that it was cut out of. */
export function detached(word: string): string {
  if (word.length <= LONGEST_COPY) return word
  const units = Array.from({ length: Math.min(word.length, MOST_UNITS) }, (_, i) => word.charCodeAt(i))
  return String.fromCharCode(...units) + word.slice(MOST_UNITS)
}
