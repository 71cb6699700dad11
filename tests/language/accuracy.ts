import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** Words of a text that are shown to the detector; `all` is the text as it stands. */
export const LENGTHS = [1, 2, 3, 5, 10, 20, 'all'] as const
export type Length = (typeof LENGTHS)[number]

/** Outcomes over a class's texts, in percent; they add up to 100 but for rounding. */
export interface Outcome {
  readonly right: number
  readonly undecided: number
  readonly wrong: number
}

interface Sample {
  readonly code: string
  readonly text: string
}

/** The texts of each class: file name without its ending, in alphabetical order. */
export function samplesByClass(): Map<string, Sample[]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.tsv'))
  return new Map(files.sort().map((name) => [name.slice(0, -'.tsv'.length), readSamples(name)]))
}

function readSamples(name: string): Sample[] {
  const lines = readFileSync(FOLDER + name, 'utf8').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [code, text] = line.split('\t')
      return { code: code!, text: text! }
    })
}

/** The first words of each text that is long enough; for 20 words running texts go on with the next one of the file. */
export function cut(samples: readonly Sample[], length: Length, isRunningText: boolean): Sample[] {
  if (length === 'all') return [...samples]
  return samples.flatMap(({ code, text }, index) => {
    const next = samples[(index + 1) % samples.length]!
    const joined = isRunningText && next.code === code ? `${text} ${next.text}` : text
    const words = joined.split(' ')
    return words.length < length ? [] : [{ code, text: words.slice(0, length).join(' ') }]
  })
}

/** What a detector makes of samples; undefined where there are none of this length. */
export function measure(samples: readonly Sample[], guess: (text: string) => string): Outcome | undefined {
  if (samples.length === 0) return undefined
  const guesses = samples.map(({ code, text }) => ({ code, found: guess(text) }))
  const right = guesses.filter(({ code, found }) => found === code).length
  const undecided = guesses.filter(({ found }) => found === 'und').length
  const percent = (count: number): number => Math.round((100 * count) / samples.length)
  return {
    right: percent(right),
    undecided: percent(undecided),
    wrong: percent(samples.length - right - undecided),
  }
}

/** Outcomes by class and length. */
export function measureAll(guess: (text: string) => string): Map<string, Map<Length, Outcome>> {
  return new Map(
    [...samplesByClass()].map(([name, samples]) => {
      const byLength = new Map<Length, Outcome>()
      for (const length of LENGTHS) {
        const outcome = measure(cut(samples, length, name !== 'headlines'), guess)
        if (outcome !== undefined) byLength.set(length, outcome)
      }
      return [name, byLength]
    }),
  )
}

/** The outcomes as a Markdown table, a row a class: right / undecided / wrong. */
export function toMarkdown(outcomes: ReturnType<typeof measureAll>): string {
  const rows = [...outcomes].map(([name, byLength]) => {
    const cells = LENGTHS.map((length) => {
      const outcome = byLength.get(length)
      return outcome === undefined ? '–' : `${outcome.right} / ${outcome.undecided} / ${outcome.wrong}`
    })
    return `| ${[name, ...cells].join(' | ')} |`
  })
  return [`| class | ${LENGTHS.join(' | ')} |`, `|${' --- |'.repeat(LENGTHS.length + 1)}`, ...rows].join('\n')
}
