/** True if bytes `[start, end)` are the UTF-8 of the text; decodes nothing and allocates nothing. */
export function equalsUtf8(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  let at = start
  for (let index = 0; index < text.length; index++) {
    let point = text.charCodeAt(index)
    if (point < 0x80) {
      if (bytes[at++] !== point) return false
      continue
    }
    if (point >= 0xd800 && point < 0xdc00) {
      const low = text.charCodeAt(index + 1)
      if (!(low >= 0xdc00 && low < 0xe000)) return false
      point = ((point - 0xd800) << 10) + (low - 0xdc00) + 0x10000
      index++
    }
    if (point < 0x800) {
      if (bytes[at++] !== (0xc0 | (point >> 6))) return false
    } else {
      if (point < 0x10000) {
        if (bytes[at++] !== (0xe0 | (point >> 12))) return false
      } else {
        if (bytes[at++] !== (0xf0 | (point >> 18))) return false
        if (bytes[at++] !== (0x80 | ((point >> 12) & 0x3f))) return false
      }
      if (bytes[at++] !== (0x80 | ((point >> 6) & 0x3f))) return false
    }
    if (bytes[at++] !== (0x80 | (point & 0x3f))) return false
  }
  return at === end
}
