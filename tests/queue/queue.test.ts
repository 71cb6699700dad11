import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CorpusQueue, type CorpusWorker, type Place, type Result, type Sink } from '../../src/bullmq.js'
import { createPool, loadRecognizer, type Recognizer } from '../../src/index.js'
import { batch, newFolder, read, records, write } from '../cli/batch-run.js'
import { hasRedis, type Redis, startRedis } from './redis.js'

const folder = newFolder()
const FAST = { lockDuration: 1000, stalledInterval: 300 }
const POLL = { poll: 20 }
const TEXTS = ['Angela Merkel war in Kiew.', 'Die OVKS tagt in Astana.', 'Kein Name weit und breit.']

let redis: Redis
let ner: Recognizer
let count = 0
const open: (CorpusQueue | CorpusWorker)[] = []

function queue(name = `q${++count}`): CorpusQueue {
  const corpus = new CorpusQueue(name, { connection: { host: '127.0.0.1', port: redis.port } })
  open.push(corpus)
  return corpus
}

function work(corpus: CorpusQueue, source: Parameters<CorpusQueue['work']>[0] = ner): CorpusWorker {
  const worker = corpus.work(source, FAST)
  open.push(worker)
  return worker
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20)
}

/** Results and place in memory, together. */
class MemorySink implements Sink {
  results: Result[] = []
  kept: Place | undefined
  async place() {
    return this.kept
  }
  async write(results: readonly Result[], place: Place) {
    this.results.push(...results)
    this.kept = JSON.parse(JSON.stringify(place))
  }
  get lines(): unknown[] {
    return this.results.map((result) => ('line' in result ? JSON.parse(result.line) : result.failure))
  }
}

describe.skipIf(!hasRedis())('CorpusQueue', () => {
  beforeAll(async () => {
    redis = await startRedis()
    ner = await loadRecognizer()
  })

  afterAll(async () => {
    for (const each of open.reverse()) await each.close()
    await redis?.stop()
  })

  it('takes texts and records, and gives each back with its entities', async () => {
    const corpus = queue()
    work(corpus)
    const inputs = [
      TEXTS[0]!,
      { id: 'a', text: TEXTS[1], big: 1e20 },
      TEXTS[2]!,
      { id: 'b', entities: 1, text: 'Kiew' },
      {},
    ]
    expect(await corpus.add(inputs, { chunk: 2, name: 'meldungen' })).toEqual({
      documents: 5,
      chunks: 3,
      added: 3,
    })
    const sink = new MemorySink()
    expect(await corpus.collect(sink, POLL)).toEqual({ documents: 4, failures: 1, deadLetters: 0 })
    expect(sink.lines).toEqual([
      { id: '1', text: TEXTS[0], language: 'deu', entities: ner.recognize(TEXTS[0]!).entities },
      { id: 'a', text: TEXTS[1], big: 1e20, entities: ner.recognize(TEXTS[1]!).entities },
      { id: '3', text: TEXTS[2], language: 'deu', entities: [] },
      { id: 'b', entities: ner.recognize('Kiew').entities, text: 'Kiew' },
      expect.objectContaining({ file: 'meldungen', line: 5, code: 'TEXT' }),
    ])
  })

  it('keeps the options of recognise with the corpus, and works with a pool of threads', async () => {
    const corpus = queue()
    const pool = await createPool({ workers: 2 })
    const worker = work(corpus, pool)
    write(folder, 'p.txt', `${TEXTS.join('\n')}\n`.repeat(40))
    await corpus.addFiles([join(folder, 'p.txt')], {
      chunk: 16,
      recognize: { types: ['LOC'], language: 'detect' },
    })
    await corpus.collect(join(folder, 'p.jsonl'), POLL)
    await worker.idle()
    await worker.close()
    await pool.close()
    const args = ['p.txt', '--out', 'p-batch.jsonl', '--types', 'LOC', '--detect']
    expect(batch(folder, args).code).toBe(0)
    const name = JSON.stringify(join(folder, 'p.txt')).slice(1, -1)
    expect(read(folder, 'p.jsonl').replaceAll(name, 'p.txt')).toBe(read(folder, 'p-batch.jsonl'))
    expect(existsSync(join(folder, 'p.jsonl.errors.jsonl'))).toBe(false)
  })

  it('does not put the corpus into Redis at once, nor read it', async () => {
    const corpus = queue()
    let taken = 0
    function* endless() {
      for (;;) {
        taken++
        yield `Text ${taken} aus Kiew.`
      }
    }
    const stop = new AbortController()
    const producing = corpus.add(endless(), { chunk: 5, limit: 4, ...POLL, signal: stop.signal })
    await until(async () => (await corpus.progress()).documents === 20)
    await pause(200)
    expect((await corpus.progress()).jobs.waiting).toBe(4)
    expect(taken).toBeLessThanOrEqual(26)
    // Done is not gone: results count, too, until they are collected.
    work(corpus)
    await until(async () => (await corpus.progress()).done === 20)
    await pause(200)
    expect(await corpus.progress()).toMatchObject({ documents: 20, jobs: { completed: 4 }, collected: 0 })
    const sink = new MemorySink()
    const collecting = corpus.collect(sink, { ...POLL, signal: stop.signal })
    await until(async () => (await corpus.progress()).collected >= 100)
    const { jobs, rate, workers } = await corpus.progress()
    expect(jobs.waiting + jobs.active + jobs.completed).toBeLessThanOrEqual(5)
    expect(rate).toBeGreaterThan(0)
    expect(workers).toBe(1)
    stop.abort(new Error('enough'))
    await Promise.all([
      expect(producing).rejects.toThrow('enough'),
      expect(collecting).rejects.toThrow('enough'),
    ])
  })

  it('refuses another corpus, other options, another output', async () => {
    const corpus = queue()
    const texts = Array.from({ length: 30 }, (_, i) => `Nummer ${i} aus Kiew.`)
    const stop = new AbortController()
    const options = { chunk: 5, ...POLL }
    const first = corpus.add(texts, { ...options, limit: 3, signal: stop.signal })
    await until(async () => (await corpus.progress()).documents === 15)
    stop.abort()
    await first.catch(() => undefined)
    const conflict = (message: RegExp) => ({
      code: 'QUEUE_CONFLICT',
      message: expect.stringMatching(message),
    })
    await expect(corpus.add(texts, { chunk: 6 })).rejects.toMatchObject(
      conflict(/was begun with .*"chunk":5.*"chunk":6/),
    )
    await expect(corpus.add(texts, { chunk: 5, textField: 'x' })).rejects.toMatchObject(
      conflict(/"textField":"x"/),
    )
    const other = texts.with(7, 'Etwas anderes.')
    await expect(corpus.add(other, options)).rejects.toMatchObject(
      conflict(/had 15 documents, which are others now/),
    )
    await expect(corpus.add(texts.slice(0, 12), options)).rejects.toMatchObject(
      conflict(/now it has 12 there/),
    )
    expect(await corpus.add(texts, options)).toEqual({ documents: 30, chunks: 6, added: 6 })

    work(corpus)
    const out = join(folder, 'mine.jsonl')
    await corpus.collect(out, POLL)
    await corpus.remove()
    await corpus.add(texts, options)
    write(folder, 'theirs.jsonl', 'precious')
    await expect(corpus.collect(join(folder, 'theirs.jsonl'), POLL)).rejects.toMatchObject({
      code: 'UNREADABLE_FILE',
    })
    await expect(corpus.collect(join(folder, 'x.jsonl.gz'), POLL)).rejects.toMatchObject({
      code: 'UNREADABLE_FILE',
    })
    expect(read(folder, 'theirs.jsonl')).toBe('precious')
    const sink = new MemorySink()
    await corpus.collect(sink, POLL)
    // Finished, and this one never had anything: nothing to do.
    expect(await corpus.collect(new MemorySink(), POLL)).toMatchObject({ documents: 30 })
    const older = new MemorySink()
    older.kept = { ...sink.kept!, chunk: 2 }
    await expect(corpus.collect(older, POLL)).rejects.toMatchObject(
      conflict(/2 chunks, but 6 were collected/),
    )
    older.kept = { ...sink.kept!, collector: 'other' }
    await expect(corpus.collect(older, POLL)).rejects.toMatchObject(conflict(/go to another output already/))
    older.kept = { ...sink.kept!, run: 'other' }
    await expect(corpus.collect(older, POLL)).rejects.toMatchObject(conflict(/of another corpus/))
  })

  it('waits for dead letters where it is told to, and gives the same bytes then', async () => {
    const corpus = queue()
    write(
      folder,
      'w.jsonl',
      records(60).replaceAll('"body":{"text"', '"x":{"t"').replaceAll('Astana', 'Alma-Ata'),
    )
    let ill = true
    work(corpus, {
      async recognize(text, options) {
        if (ill && text.includes('Alma-Ata')) throw new Error('ill')
        return ner.recognize(text, options)
      },
    })
    await corpus.addFiles([join(folder, 'w.jsonl')], { chunk: 8, attempts: 2, backoff: 20, textField: 'x.t' })
    const out = join(folder, 'w-out.jsonl')
    const collecting = corpus.collect(out, { ...POLL, deadLetters: 'wait' })
    await until(async () => {
      const { jobs } = await corpus.progress()
      return jobs.failed > 5 && jobs.waiting + jobs.active + jobs.delayed === 0
    })
    const dead = await corpus.deadLetters()
    expect(dead[0]).toMatchObject({ id: 'c0.5', reason: 'ill', attempts: 2, documents: [{ line: 6 }] })
    const { queued, done, failed, deadLetters, collected } = await corpus.progress()
    expect({ sum: queued + done + failed + deadLetters, collected }).toEqual({ sum: 60, collected: 0 })
    await expect(corpus.putBack(['c0.0'])).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    ill = false
    expect(await corpus.putBack()).toBe(dead.length)
    expect(await collecting).toEqual({ documents: 60, failures: 0, deadLetters: 0 })
    batch(folder, ['w.jsonl', '--text-field', 'x.t', '--out', 'w-batch.jsonl'])
    expect(readFileSync(out, 'utf8') === read(folder, 'w-batch.jsonl')).toBe(true)
  })

  it('survives a sink that fails, whatever it had written', async () => {
    const corpus = queue()
    work(corpus)
    await corpus.add(TEXTS, { chunk: 1 })
    const sink = new MemorySink()
    const write = sink.write.bind(sink)
    let turn = 0
    sink.write = async (results, place) => {
      turn++
      // Once before it is written, once after.
      if (turn === 2) throw new Error('no room')
      await write(results, place)
      if (turn === 3) throw new Error('lost the connection')
    }
    await expect(corpus.collect(sink, POLL)).rejects.toThrow('no room')
    await expect(corpus.collect(sink, POLL)).rejects.toThrow('lost the connection')
    expect(await corpus.collect(sink, POLL)).toEqual({ documents: 3, failures: 0, deadLetters: 0 })
    expect(sink.lines).toMatchObject(TEXTS.map((text) => ({ text })))
  })

  it('ends a worker whose pool was closed, and keeps the corpus for others', async () => {
    const corpus = queue()
    const pool = await createPool({ workers: 1 })
    await pool.close()
    const worker = work(corpus, pool)
    await corpus.add(TEXTS, { chunk: 3, backoff: 20 })
    await pause(300)
    expect((await corpus.progress()).deadLetters).toBe(0)
    await worker.close()
    work(corpus)
    const sink = new MemorySink()
    expect(await corpus.collect(sink, POLL)).toMatchObject({ documents: 3, failures: 0 })
  })

  it('refuses what it cannot use', async () => {
    const corpus = queue()
    // @ts-expect-error the promise of a recogniser
    expect(() => corpus.work(loadRecognizer())).toThrow(/got a promise/)
    await expect(corpus.add(TEXTS, { chunk: 0 })).rejects.toMatchObject({ code: 'INVALID_OPTION' })
    await expect(corpus.add(TEXTS, { recognize: { minScore: 7 } })).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    })
    // @ts-expect-error a number is no document
    await expect(corpus.add([7])).rejects.toThrow(/holds 7 as number 1/)
    await expect(corpus.addFiles(['no.jsonl'])).rejects.toMatchObject({ code: 'UNREADABLE_FILE' })
  })
})
