import { describe, expect, it } from 'vitest'
import { Deadline } from '../../src/server/deadline.js'
import { Gate } from '../../src/server/gate.js'
import { bodyLines } from '../../src/server/lines.js'
import { startServer } from '../../src/server/server.js'
import { pause } from './process.js'

/** Work that ends when told to. */
function job(): {
  work: () => Promise<string>
  end: (result: string) => void
  fail: (error: Error) => void
  begun: () => boolean
} {
  let end!: (result: string) => void
  let fail!: (error: Error) => void
  let begun = false
  const promise = new Promise<string>((resolve, reject) => {
    end = resolve
    fail = reject
  })
  return {
    work: () => {
      begun = true
      return promise
    },
    end,
    fail,
    begun: () => begun,
  }
}
const patient = (): Deadline => new Deadline(60_000)

describe('the gate', () => {
  it('gives turns in the order of asking, as many at a time as there are slots', async () => {
    const gate = new Gate(2, 10)
    const jobs = [job(), job(), job(), job()]
    const deadline = patient()
    const results = jobs.map(({ work }) => gate.enter().run(work, deadline))
    await pause(1)
    expect(jobs.map(({ begun }) => begun())).toEqual([true, true, false, false])
    expect([gate.busy, gate.waitingRequests]).toEqual([2, 2])
    jobs[1]!.end('b')
    expect(await results[1]).toBe('b')
    await pause(1)
    expect(jobs.map(({ begun }) => begun())).toEqual([true, true, true, false])
    jobs[0]!.fail(new Error('broken'))
    await expect(results[0]).rejects.toThrow('broken')
    jobs[2]!.end('c')
    jobs[3]!.end('d')
    expect(await Promise.all(results.slice(2))).toEqual(['c', 'd'])
    await pause(1)
    expect([gate.busy, gate.waitingRequests]).toEqual([0, 0])
    deadline.end()
  })

  it('refuses when too many requests wait; a request with many texts waits once, one without any not at all', async () => {
    const gate = new Gate(1, 1)
    const deadline = patient()
    const busy = job()
    const first = gate.enter().run(busy.work, deadline)
    const idle = [gate.enter(), gate.enter(), gate.enter()]
    const texts = [job(), job(), job()]
    const visit = gate.enter()
    const results = texts.map(({ work }) => visit.run(work, deadline))
    expect(gate.waitingRequests).toBe(1)
    expect(() => gate.enter()).toThrow(/1 requests wait already/)
    busy.end('')
    await first
    await pause(1)
    expect(gate.waitingRequests).toBe(0)
    // It had its turn; its other texts keep nobody out any more.
    expect(() => gate.enter()).not.toThrow()
    for (const text of texts) text.end('')
    await Promise.all(results)
    expect(idle).toHaveLength(3)
    deadline.end()
  })

  it('gives up waiting and working in time, and keeps the slot of what still runs', async () => {
    const gate = new Gate(1, 5)
    const long = job()
    const short = new Deadline(30)
    const [running, waiting] = [gate.enter().run(long.work, short), gate.enter().run(job().work, short)]
    await expect(running).rejects.toMatchObject({ status: 504, code: 'TIMEOUT' })
    await expect(waiting).rejects.toMatchObject({ status: 503, code: 'QUEUE_TIMEOUT' })
    expect([gate.busy, gate.waitingRequests]).toEqual([1, 0])
    long.end('')
    await pause(1)
    expect(gate.busy).toBe(0)
    const client = new AbortController()
    const gone = new Deadline(60_000, client.signal)
    const left = gate.enter().run(job().work, gone)
    client.abort()
    await expect(left).rejects.toMatchObject({ code: 'CLIENT_GONE' })
    short.end()
    gone.end()
  })
})

describe('lines of a body', () => {
  const LINES = 'eins\n\nzwölf 😀\r\n \t\r\nein sehr langer Satz\nlast'
  it('are the same however the body is cut', async () => {
    const bytes = Buffer.from(LINES)
    for (let size = 1; size <= bytes.length; size++) {
      const pieces = async function* (): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      }
      const found: [number, string | undefined][] = []
      for await (const { number, bytes: line } of bodyLines(pieces(), 14))
        found.push([number, line === undefined ? undefined : new TextDecoder().decode(line)])
      expect(found).toEqual([
        [1, 'eins'],
        [3, 'zwölf 😀\r'],
        [5, undefined],
        [6, 'last'],
      ])
    }
  })
})

describe('a server that is still loading', () => {
  const options = {
    host: '127.0.0.1',
    port: 0,
    workers: 0,
    token: undefined,
    cors: undefined,
    maxBody: 1000,
    timeout: 1000,
    maxQueue: 1,
    version: '0',
    root: new URL('../../', import.meta.url),
    onFault: () => undefined,
  }
  const engine = {
    slots: 1,
    recognize: () => Promise.reject(new Error('secret')),
    lookup: () => [],
    close: async () => undefined,
  }

  it('is alive but not ready', async () => {
    let loaded!: () => void
    const open = (): Promise<typeof engine> =>
      new Promise((resolve) => {
        loaded = () => resolve(engine)
      })
    const faults: unknown[] = []
    const server = await startServer({ ...options, open, onFault: (error) => faults.push(error) })
    const status = async (path: string): Promise<string> => {
      const answer = await fetch(server.url + path)
      const body = (await answer.json()) as { error?: { code: string } }
      return `${answer.status} ${body.error?.code ?? ''} ${answer.headers.get('retry-after') ?? ''}`.trim()
    }
    expect(await status('healthz')).toBe('200')
    expect(await status('readyz')).toBe('503 LOADING 1')
    expect(await status('v1/lookup?name=Berlin')).toBe('503 LOADING 1')
    loaded()
    await server.ready
    expect(await status('readyz')).toBe('200')
    // What fails inside is told to the log, not to the client.
    const failed = await fetch(`${server.url}v1/recognize`, {
      method: 'POST',
      body: 'Berlin',
      headers: { 'Content-Type': 'text/plain' },
    })
    expect(failed.status).toBe(500)
    expect(await failed.text()).not.toContain('secret')
    expect(String(faults)).toContain('secret')
    expect(await server.stop(1000)).toBe(0)
  })

  it('tells why it cannot load', async () => {
    const server = await startServer({ ...options, open: () => Promise.reject(new Error('no model')) })
    await expect(server.ready).rejects.toThrow('no model')
    expect((await fetch(`${server.url}readyz`)).status).toBe(503)
    expect(await server.stop(1000)).toBe(0)
  })
})
