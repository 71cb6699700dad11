/**
 * Translates UTF-16 offsets of a text into code-point offsets, as Python tools count them. Ask in any order; texts without
 * characters beyond the basic plane cost nothing.
 */
export function codePointOffsets(text: string): (offset: number) => number {
  const lows: number[] = []
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0xdc00 || unit > 0xdfff) continue
    const before = text.charCodeAt(at - 1)
    if (before >= 0xd800 && before <= 0xdbff) lows.push(at)
  }
  if (lows.length === 0) return (offset) => offset
  return (offset) => {
    // Number of second halves before the offset, by bisection.
    let low = 0
    let high = lows.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (lows[middle]! < offset) low = middle + 1
      else high = middle
    }
    return offset - low
  }
}
