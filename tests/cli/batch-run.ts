import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the tests of `eigennamen batch` share: the built command line, a folder, texts. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const CLI = join(ROOT, 'dist/cli.js')

export interface Outcome {
  readonly code: number | null
  readonly err: string
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'eigennamen-batch-'))
}

export function batch(cwd: string, args: readonly string[], input: string | Uint8Array = ''): Outcome {
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'batch', ...args], { cwd, input })
  return { code: status, err: stderr.toString() }
}

export function write(folder: string, name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return name
}

export function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** The parsed lines of a JSON Lines file. */
export function rows(folder: string, name: string): Record<string, unknown>[] {
  return read(folder, name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** Surfaces of the entities of each row. */
export function surfaces(folder: string, name: string): string[][] {
  return rows(folder, name).map(({ entities }) => (entities as { text: string }[]).map(({ text }) => text))
}

const SENTENCES = [
  'Angela Merkel reiste am Montag nach Kiew.',
  'Die OVKS tagt in Astana.',
  'Deutsche Bahn und Siemens Mobility bauen in Almaty.',
  'Der Kremlsprecher Dmitri Peskow äußerte sich zum Russland-Ukraine-Krieg.',
  'Kein Name weit und breit.',
  'Friedrich Merz sprach in Brüssel mit der EU-Kommission.',
]

/** `count` records of one to three sentences, always the same. */
export function records(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const text = Array.from({ length: 1 + (i % 3) }, (_, j) => SENTENCES[(i * 5 + j) % SENTENCES.length])
    return `${JSON.stringify({ id: `r${i}`, body: { text: text.join(' ') }, seen: i })}\n`
  })
  return lines.join('')
}
