import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasRedis, type Redis, startRedis } from '../queue/redis.js'
import { batch, CLI, newFolder, read, records, write } from './batch-run.js'

const folder = newFolder()
let redis: Redis

function start(...args: string[]) {
  const env = { ...process.env, REDIS_URL: `redis://127.0.0.1:${redis?.port}` }
  const child = spawn(process.execPath, [CLI, 'queue', ...args], { cwd: folder, env })
  let [out, err] = ['', '']
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
  })
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, err })),
  )
  return { child, ended }
}

const run = (...args: string[]) => start(...args).ended

describe.skipIf(!hasRedis())('eigennamen queue', () => {
  beforeAll(async () => {
    redis = await startRedis()
  })

  afterAll(() => redis?.stop())

  it('gives the bytes of batch', async () => {
    write(folder, 'a.jsonl', `${records(300)}{"body":\n`)
    const fields = ['--text-field', 'body.text', '--types', 'LOC,PER']
    expect(batch(folder, ['a.jsonl', ...fields, '--out', 'b.jsonl']).code).toBe(1)
    const [added, threads, single, collected] = await Promise.all([
      run('add', 'news', 'a.jsonl', ...fields, '--chunk', '10', '--limit', '8'),
      run('work', 'news', '--until-done', '--workers', '2'),
      run('work', 'news', '--until-done'),
      run('collect', 'news', '--out', 'o.jsonl'),
    ])
    expect(added).toMatchObject({ code: 0, err: expect.stringContaining('301 documents in 31 chunks') })
    expect([threads, single]).toMatchObject([
      { code: 0, err: '' },
      { code: 0, err: '' },
    ])
    expect(collected).toMatchObject({ code: 1, err: expect.stringContaining('300 documents, 1 failures') })
    expect(read(folder, 'o.jsonl') === read(folder, 'b.jsonl')).toBe(true)
    expect(read(folder, 'o.jsonl.errors.jsonl')).toBe(read(folder, 'b.jsonl.errors.jsonl'))
    expect((await run('status', 'news')).out).toMatch(
      /^news: 301 documents: 300 done, 1 failed, 0 queued; 301 col/,
    )
    expect(JSON.parse((await run('status', 'news', '--json')).out)).toMatchObject({
      finished: true,
      done: 300,
    })
    expect(await run('dead', 'news')).toMatchObject({ code: 0, out: '' })
    expect(await run('retry', 'news')).toMatchObject({ code: 0, err: 'eigennamen: 0 put back\n' })
    expect(await run('retry', 'news', 'c1.1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('c1.1'),
    })
    expect((await run('remove', 'news')).code).toBe(0)
    expect((await run('status', 'news')).out).toMatch(/^news: 0 documents so far/)
  })

  it('stops when it is told to, and goes on', async () => {
    write(folder, 's.jsonl', records(60))
    const add = start('add', 'stop', 's.jsonl', '--text-field', 'body.text', '--chunk', '10', '--limit', '2')
    for (;;) {
      const { documents } = JSON.parse((await run('status', 'stop', '--json')).out)
      if (documents === 20) break
    }
    const [work, collect] = [start('work', 'stop'), start('collect', 'other', '--out', 'never.jsonl')]
    for (;;) {
      const { done } = JSON.parse((await run('status', 'stop', '--json')).out)
      if (done === 20) break
    }
    for (const { child } of [add, work, collect]) child.kill('SIGTERM')
    expect(await add.ended).toMatchObject({
      code: 143,
      err: expect.stringContaining('The same command goes on'),
    })
    expect(await work.ended).toMatchObject({ code: 0, err: '' })
    expect((await collect.ended).code).toBe(143)
    const ends = await Promise.all([
      run('add', 'stop', 's.jsonl', '--text-field', 'body.text', '--chunk', '10', '--limit', '2'),
      run('work', 'stop', '--until-done'),
      run('collect', 'stop', '--out', 's-out.jsonl', '--wait'),
    ])
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(read(folder, 's-out.jsonl').trimEnd().split('\n')).toHaveLength(60)
  })

  it('refuses wrong usage', async () => {
    const refused = async (args: string[], message: RegExp) =>
      expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringMatching(message) })
    await refused([], /takes one of add, work/)
    await refused(['begin', 'x'], /must be one of add, work/)
    await refused(['add', 'x'], /takes at least one input/)
    await refused(['status', 'x', 'y'], /takes one name/)
    await refused(['collect', 'x'], /--out must name a file/)
    await refused(['add', 'x', 'no.jsonl'], /cannot read no\.jsonl/)
    await refused(
      ['status', 'x', '--redis', 'redis://127.0.0.1:1'],
      /cannot reach Redis at redis:\/\/127\.0\.0\.1:1/,
    )
  })
})
