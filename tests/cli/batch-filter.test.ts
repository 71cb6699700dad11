import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { batch, CLI, newFolder, read, records, write } from './batch-run.js'

const folder = newFolder()

function filter(args: readonly string[], input: string | Uint8Array) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'batch', ...args], {
    cwd: folder,
    input,
    maxBuffer: 1e9,
  })
  return { code: status, out: stdout.toString(), err: stderr.toString() }
}

function start(args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [CLI, 'batch', ...args], { cwd: folder })
  child.stdin.on('error', () => undefined)
  return child
}

function ended(child: ChildProcessWithoutNullStreams): Promise<{ code: number | null; err: string }> {
  let err = ''
  child.stderr.on('data', (data) => {
    err += data
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, err })))
}

const FIELD = ['--text-field', 'body.text']

describe('batch to standard output', () => {
  it('gives the bytes of --out FILE, and leaves nothing behind', () => {
    const input = records(400)
    expect(batch(folder, ['-', ...FIELD, '--out', 'o.jsonl'], input).code).toBe(0)
    const before = readdirSync(folder)
    for (const more of [[], ['--out', '-'], ['--out', '-', '--workers', '2']]) {
      const { code, out } = filter(['-', ...FIELD, ...more], input)
      expect(code).toBe(0)
      expect(out === read(folder, 'o.jsonl')).toBe(true)
    }
    write(folder, 'a.txt', 'Die OVKS tagt.\n')
    expect(filter(['a.txt', '--out', '-'], '').out).toContain('"text":"OVKS"')
    expect(readdirSync(folder).sort()).toEqual([...before, 'a.txt'].sort())
  })

  it('names faults on standard error, passes the rest on and ends with 1', () => {
    const { code, out, err } = filter(['-'], '{"text":"Kiew"}\n{"text":\n{"text":"Astana"}\n')
    expect(code).toBe(1)
    expect(out.split('\n')).toHaveLength(3)
    expect(err).toContain('standard input:2: the line is not JSON')
    expect(readdirSync(folder)).not.toContain('-.errors.jsonl')
  })

  it.each(['1', '2'])('answers a line while the next is not there yet, with %s workers', async (workers) => {
    const child = start(['-', '--stdin', 'txt', '--workers', workers])
    const end = ended(child)
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    for (const place of ['Kiew', 'Astana', 'Brüssel']) {
      child.stdin.write(`Wir waren in ${place}.\n`)
      const { value } = await answers.next()
      expect(JSON.parse(value).entities).toMatchObject([{ text: place }])
    }
    child.stdin.end()
    expect((await end).code).toBe(0)
  })

  it('waits for a slow reader and loses nothing', async () => {
    const child = start(['-', '--stdin', 'txt', '--workers', '1'])
    const end = ended(child)
    const line = `In Kiew ${'sagte er nichts, '.repeat(20)}Ende.`
    child.stdin.end(`${line}\n`.repeat(2000))
    await new Promise((resolve) => setTimeout(resolve, 500))
    let count = 0
    for await (const answer of createInterface({ input: child.stdout })) {
      expect(JSON.parse(answer).text).toBe(line)
      count++
    }
    expect(count).toBe(2000)
    expect((await end).code).toBe(0)
  })

  it('ends with 141 and without a word where the reader goes away', async () => {
    const child = start(['-', ...FIELD])
    const end = ended(child)
    child.stdin.end(records(5000))
    child.stdout.once('data', () => child.stdout.destroy())
    const { code, err } = await end
    expect({ code, err }).toEqual({ code: 141, err: '' })
    const line = `node ${CLI} batch - --stdin txt | head -n 1; echo "\${PIPESTATUS[0]}"`
    const text = 'Die OVKS tagt in Astana.\n'.repeat(20_000)
    const piped = spawnSync('bash', ['-c', line], { input: text, encoding: 'utf8', cwd: folder })
    expect(piped.stdout.trim().split('\n').at(-1)).toBe('141')
  })

  it('passes on what it has when it is told to stop', async () => {
    const child = start(['-', '--stdin', 'txt'])
    const end = ended(child)
    child.stdin.write('Kiew.\n')
    const [first] = await new Promise<string[]>((resolve) =>
      child.stdout.once('data', (data) => resolve(String(data).split('\n'))),
    )
    expect(JSON.parse(first!).text).toBe('Kiew.')
    child.kill('SIGTERM')
    expect(await end).toEqual({ code: 143, err: 'eigennamen: stopped after 1 documents.\n' })
  })

  it('writes the index beside it', () => {
    const index = join(folder, 'index.jsonl')
    expect(filter(['-', '--aggregate', index], '{"text":"Kiew"}\n{"text":"Kiew"}\n').code).toBe(0)
    expect(JSON.parse(read(folder, 'index.jsonl'))).toMatchObject({
      canonical: 'Kiew',
      mentions: 2,
      documents: 2,
    })
  })
})
