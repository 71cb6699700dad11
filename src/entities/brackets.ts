const PAIR = /\([^()[\]]*\)|\[[^()[\]]*\]/g

/**
 * The first stretch of a name in which every bracket has its partner (LBBW of `LBBW) AG`), as offsets in it; undefined for a name
 * that is balanced.
 */
export function balancedPart(name: string): readonly [start: number, end: number] | undefined {
  let rest = name
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest.replace(PAIR, (pair) => 'x'.repeat(pair.length))
  }
  if (!/[()[\]]/.test(rest)) return undefined
  const part = /[^()[\]]*[\p{L}\p{N}][^()[\]]*/u.exec(rest)
  return part === null ? undefined : [part.index, part.index + part[0].length]
}
