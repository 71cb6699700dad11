import { describe, expect, it } from 'vitest'
import { EntityIndex, type Named } from '../../src/cli/batch/entity-index.js'
import { ProgressBar } from '../../src/cli/batch/progress-bar.js'
import { duration, formatSummary, NO_COUNTS } from '../../src/cli/batch/summary.js'
import { type Line, START, splitLines } from '../../src/corpus/lines.js'
import { Random } from '../../src/training/random.js'

async function linesOf(bytes: Uint8Array, chunk: number, from = START, longest = 1000): Promise<Line[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = from.offset; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  const found: Line[] = []
  for await (const line of splitLines(chunks(), from, longest)) found.push(line)
  return found
}

const textOf = ({ bytes }: Line): string | undefined => bytes && new TextDecoder().decode(bytes)

describe('splitLines', () => {
  it('finds the same lines and places, however the bytes are cut, and goes on from any of them', async () => {
    const random = new Random(7)
    for (let round = 0; round < 50; round++) {
      const text = Array.from({ length: random.integer(60) }, () => 'aä\n\n€'[random.integer(5)]).join('')
      const bytes = new TextEncoder().encode(text)
      const expected = text.split('\n')
      if (expected.at(-1) === '') expected.pop()
      const whole = await linesOf(bytes, bytes.length + 1)
      expect(whole.map(textOf)).toEqual(expected)
      for (const chunk of [1, 2, 7]) expect(await linesOf(bytes, chunk)).toEqual(whole)
      const cut = random.integer(whole.length + 1)
      const rest = await linesOf(bytes, 3, cut === 0 ? START : whole[cut - 1]!.end)
      expect(rest).toEqual(whole.slice(cut))
      expect(whole.at(-1)?.end.offset ?? 0).toBe(bytes.length)
    }
  })

  it('reads past a line that is too long', async () => {
    const bytes = new TextEncoder().encode(`ab\n${'x'.repeat(50)}\ncd`)
    const found = await linesOf(bytes, 8, START, 10)
    expect(found.map(textOf)).toEqual(['ab', undefined, 'cd'])
    expect(found.map(({ end }) => [end.line, end.offset])).toEqual([
      [1, 3],
      [2, 54],
      [3, 56],
    ])
  })
})

describe('EntityIndex', () => {
  const named = (canonical: string): Named => ({ canonical, type: 'LOC' })

  it('counts exactly while there is room', () => {
    const index = new EntityIndex()
    index.addDocument(['Kiew', 'Kiew', 'Berlin'].map(named))
    index.addDocument([{ canonical: 'Kiew', type: 'ORG' }, named('Berlin'), named('Kiew')])
    index.addDocument([])
    const city = (canonical: string, documents: number): object => ({ canonical, type: 'LOC', documents })
    const club = { canonical: 'Kiew', type: 'ORG', documents: 1 }
    expect([...index.rows()]).toEqual([
      { ...city('Kiew', 2), mentions: 3, partners: [city('Berlin', 2), club] },
      { ...city('Berlin', 2), mentions: 2, partners: [city('Kiew', 2), club] },
      { ...club, mentions: 1, partners: [city('Berlin', 1), city('Kiew', 1)] },
    ])
    expect(index.missing).toBe(0)
  })

  it('stays within its limits, and no count lacks more than it says', () => {
    const limits = { entities: 50, partners: 8, paired: 10 }
    const index = new EntityIndex(limits)
    const random = new Random(3)
    const truth = new Map<string, number>()
    for (let doc = 0; doc < 2000; doc++) {
      // The product of two draws makes few names frequent and many rare.
      const names = Array.from({ length: 12 }, () => `n${random.integer(30) * random.integer(30)}`)
      for (const name of names) truth.set(name, (truth.get(name) ?? 0) + 1)
      index.addDocument(names.map(named))
      expect(index.size).toBeLessThanOrEqual(limits.entities)
    }
    const found = [...index.rows()]
    expect(index.missing).toBeGreaterThan(0)
    for (const { canonical, mentions, partners } of found) {
      expect(mentions).toBeLessThanOrEqual(truth.get(canonical)!)
      expect(mentions + index.missing).toBeGreaterThanOrEqual(truth.get(canonical)!)
      expect(partners.length).toBeLessThanOrEqual(10)
    }
    expect(found[0]?.canonical).toBe('n0')
    expect(found[0]?.mentions).toBe(truth.get('n0'))
  })
})

describe('ProgressBar', () => {
  const counts = (documents: number, failures = 0): typeof NO_COUNTS => ({
    ...NO_COUNTS,
    documents,
    tokens: documents * 100,
    failures,
  })

  function watch(isTTY: boolean, total: number): { bar: ProgressBar; out: string[]; pass(ms: number): void } {
    let now = 0
    const out: string[] = []
    const bar = new ProgressBar({ isTTY, columns: 100, write: (text) => out.push(text) }, total, () => now)
    return { bar, out, pass: (ms) => (now += ms) }
  }

  it('draws a bar with rate and remaining time on a terminal', () => {
    const { bar, out, pass } = watch(true, 1000)
    bar.update(100, counts(0))
    pass(50)
    bar.update(150, counts(5))
    expect(out).toHaveLength(1)
    pass(9950)
    bar.update(600, counts(2000, 3))
    expect(out[1]).toBe(
      '\r\u001b[K[############--------] 60 %  2,000 documents  200/s  20,000 tokens/s  3 failures  0:08 left',
    )
    bar.note('done')
    expect(out.slice(2)).toEqual(['\r\u001b[K', 'done\n'])
  })

  it('writes a line a minute to a log, without a share where the size is unknown', () => {
    const { bar, out, pass } = watch(false, 0)
    for (let second = 0; second <= 150; second++) {
      bar.update(second * 10, counts(second))
      pass(1000)
    }
    expect(out).toEqual(['60 documents  1/s  100 tokens/s\n', '120 documents  1/s  100 tokens/s\n'])
  })

  it('sums up', () => {
    const after = { ...counts(1500, 2), entities: { PER: 1000, ORG: 0, LOC: 20, MISC: 0 } }
    expect(formatSummary(after, counts(500), 10)).toBe(
      '1,500 documents, 150,000 tokens, 1,020 entities (PER 1,000, LOC 20), 2 failures\n' +
        '0:10, 100 documents/s, 10,000 tokens/s\n500 of them before the interruption',
    )
    expect([0, 59.6, 3723].map(duration)).toEqual(['0:00', '1:00', '1:02:03'])
  })
})
