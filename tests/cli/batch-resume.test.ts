import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { Random } from '../../src/training/random.js'
import { batch, CLI, newFolder, read, records, write } from './batch-run.js'

const folder = newFolder()
const INPUTS = ['a.jsonl', 'b.jsonl.gz', 'articles']
const OPTIONS = ['--text-field', 'body.text', '--checkpoint', '0.02']

beforeAll(() => {
  // Broken lines, so that the file of errors is cut and continued as well.
  const broken = records(250).replace(/^(.*"seen":\d*7)}$/gm, '$1')
  write(folder, 'a.jsonl', broken)
  write(folder, 'b.jsonl.gz', gzipSync(records(200)))
  mkdirSync(join(folder, 'articles'))
  for (let i = 0; i < 30; i++) write(folder, `articles/${i}.txt`, records(6))
})

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly err: string
}

/** Starts a run, sends a signal after some milliseconds, waits for the end. */
function run(
  args: readonly string[],
  input: string | undefined,
  signal: NodeJS.Signals,
  ms: number,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, 'batch', ...args], { cwd: folder, stdio: 'pipe' })
    let err = ''
    child.stderr.on('data', (data) => {
      err += data
    })
    // The pipe breaks when the process is killed.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input ?? '')
    const timer = setTimeout(() => child.kill(signal), ms)
    child.on('close', (code, by) => {
      clearTimeout(timer)
      resolve({ code, signal: by, err })
    })
  })
}

const FILES = ['o', 'o.errors.jsonl', 'index'] as const

/** Length and digest of all that a run wrote, by name; the files themselves would fill the report. */
function written(out: string): Record<string, string | undefined> {
  return Object.fromEntries(
    FILES.map((name) => {
      const path = join(folder, name.replace(/^o/, out))
      if (!existsSync(path)) return [name, undefined]
      const bytes = readFileSync(path)
      return [name, `${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex')}`]
    }),
  )
}

function clean(out: string): void {
  for (const name of [...FILES, 'o.progress', 'o.progress.new', 'index.new'])
    rmSync(join(folder, name.replace(/^o/, out)), { force: true })
}

/** Kills a run so many times at random moments; every time it comes to its end the files must be the same. */
async function torture(
  kills: number,
  out: string,
  inputs: readonly string[],
  more: readonly string[],
  seed: number,
  input?: string,
) {
  const args = [...inputs, ...OPTIONS, ...more, '--out', out]
  clean(out)
  const began = performance.now()
  const whole = await run(args, input, 'SIGKILL', 60_000)
  const takes = performance.now() - began
  expect(whole.code).toBe(1)
  const expected = written(out)
  expect(expected.o).toBeDefined()
  expect(expected['o.errors.jsonl']).toBeDefined()
  clean(out)

  const random = new Random(seed)
  let killed = 0
  let completed = 0
  let resumed = 0
  while (killed < kills || completed === 0) {
    const signal = random.integer(2) === 0 ? 'SIGKILL' : 'SIGINT'
    const progress = existsSync(join(folder, `${out}.progress`))
    const end = await run(
      [...args, '--resume'],
      input,
      signal,
      killed < kills ? (takes * (15 + random.integer(80))) / 100 : 60_000,
    )
    if (end.signal === 'SIGKILL' || end.signal === 'SIGINT' || end.code === 130) {
      killed++
      if (progress) resumed++
      if (end.code === 130) expect(end.err).toContain('The same command with --resume goes on from there.')
      continue
    }
    expect(end).toMatchObject({ code: 1 })
    expect(written(out)).toEqual(expected)
    expect(existsSync(join(folder, `${out}.progress`))).toBe(false)
    completed++
    clean(out)
  }
  return { killed, completed, resumed }
}

describe('batch --resume after SIGKILL and SIGINT at random moments', () => {
  it('gives the same bytes', async () => {
    const { resumed } = await torture(
      20,
      'plain.jsonl',
      INPUTS,
      ['--workers', '1', '--aggregate', 'index'],
      1,
    )
    expect(resumed).toBeGreaterThan(0)
  })

  it('gives the same bytes on threads', async () => {
    const { resumed } = await torture(8, 'threads.jsonl', INPUTS, ['--workers', '2'], 2)
    expect(resumed).toBeGreaterThan(0)
  })

  it('gives the same bytes where the output is compressed', async () => {
    await torture(12, 'packed.jsonl.gz', INPUTS, ['--workers', '1', '--aggregate', 'index'], 3)
  })

  it('gives the same bytes from standard input', async () => {
    await torture(12, 'piped.jsonl', ['a.jsonl', '-'], ['--workers', '1'], 4, records(250))
  })
})

describe('batch --resume', () => {
  /** A run that was interrupted somewhere in the middle. */
  async function interrupted(out: string, more: readonly string[] = [], input?: string): Promise<string[]> {
    const inputs = input === undefined ? ['r.jsonl'] : ['-']
    const args = [...inputs, '--text-field', 'body.text', '--out', out, '--checkpoint', '0.1', ...more]
    write(folder, 'r.jsonl', records(3000))
    utimesSync(join(folder, 'r.jsonl'), 1, 1)
    for (let ms = 400; ; ms += 100) {
      const { code } = await run(args, input, 'SIGINT', ms)
      if (code === 130) return args
      expect(code).not.toBe(0)
      clean(out)
    }
  }

  const refused = (args: readonly string[], message: RegExp, input = ''): void => {
    expect(batch(folder, args, input)).toMatchObject({ code: 2, err: expect.stringMatching(message) })
  }

  it('refuses other options and other inputs, and says which', async () => {
    const args = await interrupted('r-out.jsonl')
    const before = read(folder, 'r-out.jsonl')
    refused(
      args,
      /r-out\.jsonl\.progress shows that a run was interrupted; go on with --resume, or start anew/,
    )
    refused([...args, '--resume', '--types', 'PER'], /cannot resume: --types, .* changed .* it was \{\}, now/)
    refused([...args, '--resume', '--id-field', 'x'], /--id-field changed .* it was "id", now "x"/)
    refused(
      [...args, '--resume', '--gazetteer', 'none'],
      /--gazetteer changed .* it was "shipped", now "none"/,
    )
    refused(['a.jsonl', ...args, '--resume'], /the inputs were "r\.jsonl", now they are "a\.jsonl r\.jsonl"/)
    appendFileSync(join(folder, 'r.jsonl'), '{"body":{"text":"neu"}}\n')
    refused([...args, '--resume'], /the input r\.jsonl changed .* it was \d+ bytes, now \d+ bytes/)
    write(folder, 'r.jsonl', records(3000))
    refused([...args, '--resume'], /the input r\.jsonl changed/)
    expect(read(folder, 'r-out.jsonl')).toBe(before)
    utimesSync(join(folder, 'r.jsonl'), 1, 1)
    // Another number of workers is another way to the same bytes.
    expect(batch(folder, [...args, '--resume', '--workers', '2']).code).toBe(0)
    const twice = batch(folder, [...args, '--resume'])
    expect(twice).toMatchObject({ code: 0, err: expect.stringContaining('nothing to resume') })
    copyFileSync(join(folder, 'r-out.jsonl'), join(folder, 'resumed.jsonl'))
    expect(batch(folder, [...args, '--force', '--workers', '2']).code).toBe(0)
    expect(read(folder, 'resumed.jsonl') === read(folder, 'r-out.jsonl')).toBe(true)
  })

  it('refuses an output that was cut, and a broken progress file', async () => {
    const args = await interrupted('cut.jsonl')
    write(folder, 'cut.jsonl', 'x')
    refused([...args, '--resume'], /cut\.jsonl has 1 bytes, but \d+ were written to it before/)
    write(folder, 'cut.jsonl.progress', '{"format":1')
    refused([...args, '--resume'], /cannot resume: cut\.jsonl\.progress is not readable/)
    write(folder, 'cut.jsonl.progress', '{}')
    refused([...args, '--resume'], /is not the progress of a run of this version/)
  })

  it('notices that standard input begins otherwise', async () => {
    const args = await interrupted('in.jsonl', [], records(3000))
    refused(
      [...args, '--resume'],
      /standard input does not begin as it did/,
      records(3000).replace('r0', 'r_'),
    )
    refused([...args, '--resume'], /standard input does not begin as it did/, 'x')
    expect(batch(folder, [...args, '--resume'], records(3000)).code).toBe(0)
    expect(read(folder, 'in.jsonl').trim().split('\n')).toHaveLength(3000)
  })
})
