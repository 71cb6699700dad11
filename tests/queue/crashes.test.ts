import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CorpusQueue } from '../../src/bullmq.js'
import { Random } from '../../src/training/random.js'
import { batch, newFolder, read, records, write } from '../cli/batch-run.js'
import { hasRedis, type Redis, startRedis } from './redis.js'

const SCRIPT = fileURLToPath(new URL('process.mjs', import.meta.url))
const folder = newFolder()
const DOCUMENTS = 600
/** By line, from 0: documents that throw, and one that kills whoever reads it. */
const POISON: Readonly<Record<number, string>> = { 13: 'Giftpilz', 304: 'Blitzschlag', 550: 'Giftpilz' }

let redis: Redis
const children = new Set<ChildProcess>()

function start(role: string, name: string, ...more: (string | number)[]) {
  const child = spawn(process.execPath, [SCRIPT, role, String(redis.port), name, ...more.map(String)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
  })
  const ended = new Promise<{ out: string; err: string; signal: NodeJS.Signals | null }>((resolve) =>
    child.on('close', (_code, signal) => {
      children.delete(child)
      resolve({ out, err, signal })
    }),
  )
  return { child, ended, running: () => children.has(child) }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe.skipIf(!hasRedis())('a corpus over BullMQ with processes that are killed', () => {
  beforeAll(async () => {
    redis = await startRedis()
  })

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await redis?.stop()
  })

  it('comes out as from one process, byte for byte', async () => {
    const lines = records(DOCUMENTS).trimEnd().split('\n')
    for (const [at, word] of Object.entries(POISON)) {
      lines[Number(at)] = lines[Number(at)]!.replace('"text":"', `"text":"${word}: `)
    }
    lines[40] = '{"body":'
    lines[41] = '{"id":"x","body":{"text":7}}'
    write(folder, 'c.jsonl', `${lines.join('\n')}\n`)
    const whole = batch(folder, [
      'c.jsonl',
      '--out',
      'b.jsonl',
      '--text-field',
      'body.text',
      '--workers',
      '1',
    ])
    expect(whole.code).toBe(1)
    const poisoned = (line: string): boolean => /Giftpilz|Blitzschlag/.test(line)
    const expected = read(folder, 'b.jsonl').trimEnd().split('\n')
    const healthy = expected.filter((line) => !poisoned(line))
    expect(healthy).toHaveLength(DOCUMENTS - 5)

    const random = new Random(7)
    const add = () => start('add', 'crash', 'c.jsonl', 10, 12)
    const work = () => start('work', 'crash', 'fragile')
    const collect = () => start('collect', 'crash', 'o.jsonl')
    let producer = add()
    let collector = collect()
    const workers = Array.from({ length: 3 }, work)
    const killed = { producers: 0, workers: 0, collectors: 0 }
    const deaths = { natural: 0 }
    while (collector.running()) {
      await pause(150 + random.integer(200))
      const at = random.integer(workers.length)
      if (killed.workers < 6) {
        workers[at]!.child.kill('SIGKILL')
        killed.workers++
      }
      for (const [index, each] of workers.entries()) {
        if (each.running() && each.child.exitCode === null && each.child.signalCode === null) continue
        if ((await each.ended).signal === 'SIGKILL') deaths.natural++
        workers[index] = work()
      }
      if (killed.producers < 2 && producer.running()) {
        producer.child.kill('SIGKILL')
        await producer.ended
        killed.producers++
        producer = add()
      }
      if (killed.collectors < 6 && existsSync(join(folder, 'o.jsonl.progress'))) {
        collector.child.kill('SIGKILL')
        await collector.ended
        killed.collectors++
        collector = collect()
      }
    }
    expect(JSON.parse((await producer.ended).out)).toMatchObject({ documents: DOCUMENTS, chunks: 60 })
    const { out, err } = await collector.ended
    expect(err).toBe('')
    expect(JSON.parse(out)).toEqual({ documents: DOCUMENTS - 5, failures: 5, deadLetters: 3 })
    expect(killed).toEqual({ producers: 2, workers: 6, collectors: 6 })
    // The one text killed workers of its own.
    expect(deaths.natural).toBeGreaterThan(killed.workers)
    expect(read(folder, 'o.jsonl') === `${healthy.join('\n')}\n`).toBe(true)

    // The producer once more, when everything is over: nothing is added.
    const again = add()
    expect(JSON.parse((await again.ended).out)).toEqual({ documents: DOCUMENTS, chunks: 60, added: 0 })

    const errors = read(folder, 'o.jsonl.errors.jsonl').trimEnd().split('\n')
    expect(errors.filter((line) => !line.includes('deadLetter')).join('\n')).toBe(
      read(folder, 'b.jsonl.errors.jsonl').trimEnd(),
    )
    const dead = errors.filter((line) => line.includes('deadLetter')).map((line) => JSON.parse(line))
    expect(dead).toEqual([
      failure(13, 'c1.3', 'this text is poisonous'),
      failure(304, 'c30.4', 'job stalled more than allowable limit'),
      failure(550, 'c55.0', 'this text is poisonous'),
    ])

    const corpus = new CorpusQueue('crash', { connection: { host: '127.0.0.1', port: redis.port } })
    expect((await corpus.deadLetters()).map(({ id }) => id)).toEqual(['c1.3', 'c30.4', 'c55.0'])
    expect(await corpus.progress()).toMatchObject({
      documents: DOCUMENTS,
      complete: true,
      queued: 0,
      done: DOCUMENTS - 5,
      failed: 5,
      collected: DOCUMENTS,
      finished: false,
      deadLetters: 3,
      jobs: { waiting: 0, active: 0, delayed: 0, completed: 0, failed: 3 },
    })

    // Put back to workers whom they do no harm, the dead letters come behind the others.
    for (const { child, ended } of workers) {
      child.kill('SIGKILL')
      await ended
    }
    const healer = start('work', 'crash', 'healthy')
    expect(await corpus.putBack(['c1.3', 'c30.4', 'c55.0'])).toBe(3)
    const late = await collect().ended
    expect(JSON.parse(late.out)).toEqual({ documents: DOCUMENTS - 2, failures: 2, deadLetters: 0 })
    const all = [...healthy, ...expected.filter(poisoned)]
    expect(read(folder, 'o.jsonl') === `${all.join('\n')}\n`).toBe(true)
    expect(existsSync(join(folder, 'o.jsonl.progress'))).toBe(false)
    expect(await corpus.progress()).toMatchObject({ finished: true, failed: 2, done: DOCUMENTS - 2 })
    // Finished is finished.
    expect(JSON.parse((await collect().ended).out)).toMatchObject({ documents: DOCUMENTS - 2 })
    healer.child.kill()
    await corpus.remove()
    expect(await corpus.progress()).toMatchObject({ documents: 0, done: 0, failed: 0, deadLetters: 0 })
    await corpus.close()

    function failure(line: number, deadLetter: string, reason: string) {
      return { file: 'c.jsonl', line: line + 1, id: `r${line}`, code: 'RECOGNITION', reason, deadLetter }
    }
  })
})
