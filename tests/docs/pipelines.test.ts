import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI, ROOT, read } from '../cli/batch-run.js'
import { hasRedis, type Redis, startRedis } from '../queue/redis.js'

const PAGE = readFileSync(join(ROOT, 'docs/pipelines.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'eigennamen-docs-'))
const articles = readFileSync(join(ROOT, 'examples/articles.jsonl'), 'utf8')
let redis: Redis | undefined

/** The blocks of a language below a heading. */
function blocks(heading: string, language: string): string[] {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`))
  return [...(section ?? '').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , code]) => code!)
}

function sh(code: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('bash', ['-c', code], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${folder}/bin:${process.env.PATH}`,
      REDIS_URL: `redis://127.0.0.1:${redis?.port}`,
    },
  })
}

const has = (command: string): boolean => {
  const found = spawnSync('bash', ['-c', `command -v ${command}`]).status === 0
  if (!found) console.warn(`skipped: there is no ${command} here`)
  return found
}

beforeAll(() => {
  execFileSync('mkdir', ['-p', join(folder, 'bin'), join(folder, 'node_modules')])
  writeFileSync(join(folder, 'bin/eigennamen'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`)
  chmodSync(join(folder, 'bin/eigennamen'), 0o755)
  symlinkSync(ROOT, join(folder, 'node_modules/eigennamen'))
  writeFileSync(join(folder, 'news.jsonl'), articles.repeat(40))
  for (const name of ['a', 'b']) writeFileSync(join(folder, `part-${name}.jsonl`), articles)
  const made = sh('eigennamen batch news.jsonl --out expected.jsonl')
  expect(made.status, made.stderr).toBe(0)
})

afterAll(() => redis?.stop())

const same = (file: string): boolean => read(folder, file) === read(folder, 'expected.jsonl')

describe('docs/pipelines.md', () => {
  it('has a block that runs for all but Spark and Kafka, and says so', () => {
    expect(blocks('Spark', 'sh').concat(blocks('Kafka', 'sh'))).toEqual([])
    for (const name of ['Spark', 'Kafka'])
      expect(PAGE.split(`## ${name}`)[1]).toMatch(/^[\s\S]{0,200}Not run here/)
    expect([...PAGE.matchAll(/^```(?:sh|js)$/gm)]).toHaveLength(6)
  })

  it('runs as a filter', () => {
    const [filter, checked] = blocks('The filter', 'sh')
    expect(sh(filter!)).toMatchObject({ status: 0 })
    expect(same('entities.jsonl')).toBe(true)
    expect(sh(checked!)).toMatchObject({ status: 0, stderr: expect.stringContaining('standard input:2') })
    expect(read(folder, 'checked.jsonl')).toContain('Astana')
    const failing = checked!.replace("'no JSON'", '').replace('batch -', 'batch - --types X')
    expect(sh(failing).status).not.toBe(0)
  })

  it.skipIf(!has('parallel'))('runs under GNU parallel', () => {
    const [files, stream] = blocks('GNU parallel', 'sh')
    expect(sh(files!)).toMatchObject({ status: 0 })
    const once = read(folder, 'expected.jsonl').split('\n').slice(0, 5).join('\n')
    for (const name of ['a', 'b']) expect(read(folder, `part-${name}.entities.jsonl`)).toBe(`${once}\n`)
    expect(sh(stream!)).toMatchObject({ status: 0 })
    expect(same('parallel.jsonl')).toBe(true)
    // Blocks so small that there are many of them.
    expect(sh(stream!.replace('10M', '20k'))).toMatchObject({ status: 0 })
    expect(same('parallel.jsonl')).toBe(true)
  })

  it('keeps unreadable lines from failing a Spark task', () => {
    const [code] = blocks('Spark', 'python')
    const command = /\.pipe\("(.*)", checkCode/.exec(code!)![1]!
    const run = sh(`printf '%s\\n' '{"text":"Kiew"}' 'no JSON' | ${command}`)
    expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining('"Kiew"') })
  })

  it.skipIf(!hasRedis())('runs over BullMQ', async () => {
    redis = await startRedis()
    const [commands] = blocks('BullMQ', 'sh')
    const run = sh(commands!)
    expect(run.stdout, run.stderr).toContain('200 documents: 200 done, 0 failed, 0 queued; 200 collected')
    expect(same('collected.jsonl')).toBe(true)
    const [program] = blocks('BullMQ', 'js')
    writeFileSync(join(folder, 'program.mjs'), program!)
    const js = sh(`'${process.execPath}' program.mjs`)
    expect(js.stderr).toBe('')
    expect(js.stdout).toContain('{ documents: 200, failures: 0, deadLetters: 0 }')
    expect(same('collected-js.jsonl')).toBe(true)
  })
})
