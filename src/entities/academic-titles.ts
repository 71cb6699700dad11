const TITLE =
  /^(?:(?:D?Dr|Prof|PD|Dipl\.?-\p{Lu}\p{L}+|h\. ?c|e\. ?h|mult|habil)(?:\.|(?=\s)|$)|(?:Ing|Mag|Dipl|\p{Ll}{3,5})\.)\s*/u

/** Length of the academic titles that a name begins with, and of the gaps behind them: Dr. h.c. mult., Dipl.-Ing. */
export function titlesLength(name: string): number {
  let length = 0
  for (let match = TITLE.exec(name); match !== null; match = TITLE.exec(name.slice(length)))
    length += match[0].length
  return length
}
