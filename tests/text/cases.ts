import { readFileSync } from 'node:fs'

/** A case of a plain text case file: an input line and its expectation lines. */
export interface TextCase {
  readonly input: string
  readonly expected: readonly string[]
}

/** Reads `input`, then `==> expectation` lines, cases separated by empty lines; `#` begins a comment line. */
export function readCases(url: URL): TextCase[] {
  const cases: { input: string; expected: string[] }[] = []
  for (const line of readFileSync(url, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('# ')) continue
    if (line.startsWith('==> ')) cases[cases.length - 1]!.expected.push(line.slice(4))
    else cases.push({ input: line.replaceAll('⏎', '\n'), expected: [] })
  }
  return cases
}
