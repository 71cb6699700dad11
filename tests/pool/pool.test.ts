import { describe, expect, it } from 'vitest'
import {
  createPool,
  Document,
  GazetteerError,
  loadRecognizer,
  ModelError,
  PoolError,
} from '../../src/index.js'
import type { Answer, Task } from '../../src/pool/messages.js'
import { Pool, type Spawn, type WorkerEvents } from '../../src/pool/pool.js'

const TEXTS = [
  'Toqajew traf in Nur-Sultan Vertreter der OVKS.',
  'Die Ukraine-Krise beschäftigt Berlin. Angela Merkel reiste nach Kiew.',
  '',
  'Deutsche Bahn und Siemens Mobility bauen in Almaty.\n\nDie EU-Kommission prüft.',
  'Kein Name weit und breit.',
]

/** A worker without a thread: answers by hand. */
class FakeWorker {
  readonly tasks: Task[] = []
  readonly events: WorkerEvents
  ended = false
  holds = true

  constructor(events: WorkerEvents) {
    this.events = events
  }

  answer(): void {
    const { number } = this.tasks.shift()!
    const none = new Int32Array(0)
    const document = {
      entities: [],
      language: { code: 'deu', isGerman: true },
      starts: none,
      ends: none,
      sentenceStarts: new Int32Array(1),
    }
    this.events.answer({ kind: 'done', number, document })
  }
}

async function fakePool(size: number): Promise<{ pool: Pool; workers: FakeWorker[] }> {
  const workers: FakeWorker[] = []
  const spawn: Spawn = (events) => {
    const worker = new FakeWorker(events)
    workers.push(worker)
    queueMicrotask(() => events.answer({ kind: 'ready' }))
    return {
      post: (task) => worker.tasks.push(structuredClone(task)),
      holdProcess: (hold) => {
        worker.holds = hold
      },
      terminate: async () => {
        worker.ended = true
      },
    }
  }
  return { pool: await Pool.start(spawn, size), workers }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('createPool', () => {
  it('answers what one recogniser answers, in order, as documents', async () => {
    const ner = await loadRecognizer()
    const pool = await createPool({ workers: 2 })
    try {
      const texts = Array.from({ length: 60 }, (_, i) => TEXTS[i % TEXTS.length]!)
      const options = {
        types: ['LOC', 'ORG'],
        minScore: 0.3,
        date: '2020-05-01',
        language: 'detect',
      } as const
      let at = 0
      for await (const doc of pool.stream(texts, options)) {
        const expected = ner.recognize(texts[at++]!, options)
        expect(doc).toBeInstanceOf(Document)
        expect(doc.text).toBe(expected.text)
        expect(doc.entities).toEqual(expected.entities)
        expect(doc.tokens).toEqual(expected.tokens)
        expect(doc.sentences).toEqual(expected.sentences)
        expect(doc.language).toEqual(expected.language)
        expect(doc.index()).toEqual(expected.index())
      }
      expect(at).toBe(texts.length)
    } finally {
      await pool.close()
    }
  })

  it('refuses what a recogniser refuses, with the same classes and codes', async () => {
    const pool = await createPool({ workers: 1 })
    // @ts-expect-error a number is no text
    await expect(pool.recognize(3)).rejects.toMatchObject({ name: 'ArgumentError', code: 'INVALID_ARGUMENT' })
    await expect(pool.recognize('x', { minScore: 2 })).rejects.toMatchObject({
      name: 'ArgumentError',
      code: 'INVALID_OPTION',
      message: expect.stringContaining('minScore must be a number from 0 to 1'),
    })
    // @ts-expect-error a function is no option
    await expect(pool.recognize('x', { types: () => ['PER'] })).rejects.toThrow(/cannot be sent to a worker/)
    expect((await pool.recognize(TEXTS[0]!)).entities.length).toBeGreaterThan(2)
    await pool.close()
    await pool.close()
    await expect(pool.recognize('x')).rejects.toMatchObject({ name: 'PoolError', code: 'POOL_CLOSED' })
  })

  it('does not start with what cannot work', async () => {
    await expect(createPool({ workers: 0 })).rejects.toThrow(
      /workers must be a whole number from 1 to 256, got 0/,
    )
    await expect(createPool({ model: new Uint8Array(64) })).rejects.toBeInstanceOf(ModelError)
    // @ts-expect-error no such type
    const bad = createPool({ workers: 2, gazetteer: [{ name: 'Horn', type: 'DOG' }] })
    await expect(bad).rejects.toBeInstanceOf(GazetteerError)
  })

  it("takes the caller's own names", async () => {
    const pool = await createPool({
      workers: 1,
      gazetteer: [{ name: 'Xaver Quint', type: 'PER', id: 'own:1' }],
    })
    const { entities } = await pool.recognize('Am Montag sprach Xaver Quint in Berlin.')
    expect(entities.find(({ text }) => text === 'Xaver Quint')).toMatchObject({ type: 'PER', id: 'own:1' })
    await pool.close()
  })
})

describe('a pool', () => {
  it('spreads texts evenly and holds few at a worker', async () => {
    const { pool, workers } = await fakePool(2)
    const all = Array.from({ length: 20 }, (_, i) => pool.recognize(`text ${i}`))
    expect(workers.map(({ tasks }) => tasks.length)).toEqual([4, 4])
    expect(workers[0]!.tasks.map(({ text }) => text)).toEqual(['text 0', 'text 2', 'text 4', 'text 6'])
    workers[1]!.answer()
    expect(workers[1]!.tasks.map(({ text }) => text)).toEqual(['text 3', 'text 5', 'text 7', 'text 8'])
    while (workers.some(({ tasks }) => tasks.length > 0))
      for (const worker of workers) if (worker.tasks.length > 0) worker.answer()
    expect((await Promise.all(all)).map(({ text }) => text)).toEqual(all.map((_, i) => `text ${i}`))
  })

  it('lets the process end while it has nothing to do', async () => {
    const { pool, workers } = await fakePool(1)
    expect(workers[0]!.holds).toBe(false)
    const doc = pool.recognize('x')
    expect(workers[0]!.holds).toBe(true)
    workers[0]!.answer()
    await doc
    expect(workers[0]!.holds).toBe(false)
  })

  it('loses one text with a worker, not those behind it, and goes on with a new one', async () => {
    const { pool, workers } = await fakePool(1)
    const all = Array.from({ length: 6 }, (_, i) => pool.recognize(`text ${i}`))
    workers[0]!.answer()
    workers[0]!.events.died(new Error('out of memory'))
    await expect(all[1]).rejects.toMatchObject({
      code: 'WORKER_FAILED',
      message: expect.stringMatching(/at a text of 6 characters: out of memory/),
    })
    await turn()
    expect(workers).toHaveLength(2)
    while (workers[1]!.tasks.length > 0) workers[1]!.answer()
    const settled = await Promise.allSettled(all)
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ])
  })

  it('ends when no new worker can be had', async () => {
    const { pool, workers } = await fakePool(2)
    const all = Array.from({ length: 3 }, (_, i) => pool.recognize(`text ${i}`))
    workers[0]!.events.died(new Error('first'))
    workers[2]!.events.died(new Error('no threads left'))
    const settled = await Promise.allSettled(all)
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true)
    await expect(pool.recognize('x')).rejects.toThrow(/the pool has ended: .*no threads left/)
    expect(workers[1]!.ended).toBe(true)
    await pool.close()
  })

  it('closes when what it was given is done', async () => {
    const { pool, workers } = await fakePool(1)
    const doc = pool.recognize('x')
    const closed = pool.close()
    await expect(pool.recognize('y')).rejects.toBeInstanceOf(PoolError)
    await turn()
    expect(workers[0]!.ended).toBe(false)
    workers[0]!.answer()
    await doc
    await closed
    expect(workers[0]!.ended).toBe(true)
  })

  it('refuses a stream of what holds no texts', async () => {
    const { pool } = await fakePool(1)
    for (const texts of [null, 'Kiel.'])
      await expect(pool.stream(texts as never).next()).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        message: expect.stringMatching(/^stream expects an array of texts or another iterable, got /),
      })
  })

  it('reads a stream no faster than its documents are taken', async () => {
    const { pool, workers } = await fakePool(2)
    let read = 0
    function* texts(): Generator<string> {
      for (; read < 1000; ) yield `text ${read++}`
    }
    const documents = pool.stream(texts())
    const first = documents.next()
    await turn()
    expect(read).toBe(16)
    workers[0]!.answer()
    expect((await first).value?.text).toBe('text 0')
    await documents.return(undefined)
  })

  it('reports what a worker says of a text that it cannot read', async () => {
    const { pool, workers } = await fakePool(1)
    const doc = pool.recognize('x')
    const fault = { code: undefined, message: 'x is not a function', stack: undefined }
    const answer: Answer = { kind: 'refused', number: workers[0]!.tasks[0]!.number, fault }
    workers[0]!.events.answer(answer)
    await expect(doc).rejects.toThrow(/a worker failed on this text: x is not a function/)
  })
})
