/**
 * The two escapes of WebAnno TSV 3.3: one for the lines of a sentence's text, one for values of features. The format's
 * documentation lists the characters of the latter; what the former escapes is told only by its implementation (INCEpTION,
 * `Escaping.java`).
 */

const TEXT_ESCAPES: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\b': '\\b',
  '\\': '\\\\',
}
const TEXT_CHARACTERS: ReadonlyMap<string, string> = inverse(TEXT_ESCAPES)

/** A line of text. Control characters without a letter of their own are written behind a backslash. */
export function escapeText(text: string): string {
  return text.replace(/[\0-\x0a\x0c-\x1f\\]/g, (char) => TEXT_ESCAPES[char] ?? `\\${char}`)
}

export function unescapeText(text: string): string {
  return text.replace(/\\([\s\S])/g, (found, char: string) =>
    char < ' ' ? char : (TEXT_CHARACTERS.get(found) ?? found),
  )
}

const VALUE_ESCAPES: Readonly<Record<string, string>> = {
  '->': '\\->',
  '\t': '\\t',
  '\n': '\\n',
  ...Object.fromEntries([...'\\[]|_;*'].map((char) => [char, `\\${char}`])),
}
const VALUE_CHARACTERS: ReadonlyMap<string, string> = inverse(VALUE_ESCAPES)

/** A value of a feature. A carriage return has no escape there and would end the line: it is written as a space. */
export function escapeValue(value: string): string {
  return value.replace(/->|[\\[\]|_;\t\n*\r]/g, (char) => VALUE_ESCAPES[char] ?? ' ')
}

export function unescapeValue(value: string): string {
  return value.replace(/\\(?:->|[\s\S])/g, (found) => VALUE_CHARACTERS.get(found) ?? found)
}

/** Splits stacked values at each `|` that is not escaped. */
export function splitStack(cell: string): string[] {
  const values: string[] = []
  let from = 0
  for (let at = 0; at <= cell.length; at++) {
    if (cell[at] === '\\') at++
    else if (at === cell.length || cell[at] === '|') {
      values.push(cell.slice(from, at))
      from = at + 1
    }
  }
  return values
}

function inverse(escapes: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(escapes).map(([char, escaped]) => [escaped, char]))
}
