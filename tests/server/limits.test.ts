import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { open, pause, post, received, type Served, serve, spawnServe, until } from './process.js'

const TEXT = 'Toqajew traf in Nur-Sultan Vertreter der OVKS.'
/** A text that takes a worker some seconds. */
const LONG = 'Toqajew traf in Nur-Sultan Vertreter der OVKS und sprach mit Merkel über Kasachstan. '.repeat(
  15_000,
)
const started: Served[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()))
})

async function start(args: string[], options?: Parameters<typeof serve>[1]): Promise<Served> {
  const server = await serve(args, options)
  started.push(server)
  return server
}

async function code(answer: Promise<Response> | Response): Promise<string> {
  const { status, headers } = await answer
  const body = (await (await answer).json()) as { error?: { code: string } }
  return `${status} ${body.error?.code}${headers.has('retry-after') ? ' retry' : ''}`
}

const recognize = (server: Served, text: string, headers = {}): Promise<Response> =>
  post(`${server.url}v1/recognize`, { text }, headers)

describe('limits', () => {
  it('refuses long bodies, announced or not', async () => {
    const server = await start(['--max-body', '1000', '--workers', '0'])
    expect(await code(recognize(server, 'a'.repeat(1000)))).toBe('413 TOO_LARGE')
    expect((await recognize(server, 'a'.repeat(900))).status).toBe(200)
    const chunked = (n: number): Promise<Response> => {
      let left = n
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left-- > 0) controller.enqueue(new Uint8Array(500).fill(32))
          else controller.close()
        },
      })
      const headers = { 'Content-Type': 'text/plain' }
      return fetch(`${server.url}v1/recognize`, {
        method: 'POST',
        body,
        headers,
        duplex: 'half',
      } as RequestInit)
    }
    expect((await chunked(2)).status).toBe(200)
    expect(await code(chunked(3))).toBe('413 TOO_LARGE')
    const lines = `{"text":"${'a'.repeat(2000)}"}\n{"text":"Berlin"}`
    const stream = await post(`${server.url}v1/stream`, lines, { 'Content-Type': 'application/x-ndjson' })
    const [first, second] = (await stream.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(first).toMatchObject({ line: 1, error: { code: 'TOO_LARGE' } })
    expect(second).toMatchObject({ text: 'Berlin' })
  })

  it('lets few requests wait and tells the others to come back', async () => {
    const server = await start(['--workers', '1', '--max-queue', '1'])
    // Two at the worker, one in the queue; the health of the process does not depend on them.
    const busy = [recognize(server, LONG), recognize(server, LONG)]
    await until(async () => (await server.metric('eigennamen_texts_busy')) === 2)
    const waiting = recognize(server, TEXT)
    await until(async () => (await server.metric('eigennamen_queue_requests')) === 1)
    expect(await code(recognize(server, TEXT))).toBe('503 QUEUE_FULL retry')
    expect(await code(post(`${server.url}v1/batch`, { documents: [{ text: TEXT }] }))).toBe(
      '503 QUEUE_FULL retry',
    )
    expect(
      await code(post(`${server.url}v1/stream`, '{"text":"a"}', { 'Content-Type': 'application/x-ndjson' })),
    ).toBe('503 QUEUE_FULL retry')
    expect((await fetch(`${server.url}healthz`)).status).toBe(200)
    expect((await waiting).status).toBe(200)
    for (const answer of busy) expect((await answer).status).toBe(200)
    await until(async () => (await server.metric('eigennamen_texts_busy')) === 0)
    expect(await server.metric('eigennamen_queue_requests')).toBe(0)
    expect((await recognize(server, TEXT)).status).toBe(200)
  })

  it('gives up in time, and knows that the worker is still busy', async () => {
    const server = await start(['--workers', '1', '--timeout', '400'])
    const long = [recognize(server, LONG), recognize(server, LONG)]
    await until(async () => (await server.metric('eigennamen_texts_busy')) === 2)
    const begun = performance.now()
    expect(await code(recognize(server, TEXT))).toBe('503 QUEUE_TIMEOUT retry')
    expect(performance.now() - begun).toBeLessThan(1500)
    for (const answer of long) expect(await code(answer)).toBe('504 TIMEOUT')
    expect(await server.metric('eigennamen_texts_busy')).toBe(2)
    expect(await server.metric('eigennamen_queue_requests')).toBe(0)
    const lines = await post(`${server.url}v1/stream`, '{"text":"a"}\n{"text":"b"}', {
      'Content-Type': 'application/x-ndjson',
    })
    expect(await lines.text()).toMatch(/^\{"line":1,"error":\{"code":"QUEUE_TIMEOUT".*\n\{"line":2,"error":/)
    await until(async () => (await server.metric('eigennamen_texts_busy')) === 0, 30_000)
    expect((await recognize(server, TEXT)).status).toBe(200)
  })

  it('does not wait for a body for ever', async () => {
    const server = await start(['--workers', '0', '--timeout', '300'])
    const socket = await open(server.url)
    const answer = received(socket)
    socket.write(
      'POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nBer',
    )
    await until(() => answer.text().includes('BODY_TIMEOUT'), 3000)
    expect(answer.text()).toMatch(/^HTTP\/1\.1 408/)
    socket.destroy()
  })

  it('forgets requests whose clients went away', async () => {
    const server = await start(['--workers', '1'])
    const gone = new AbortController()
    const { signal } = gone
    const body = JSON.stringify({ text: LONG })
    const ask = (): Promise<unknown> =>
      fetch(`${server.url}v1/recognize`, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json' },
        signal,
      }).catch((error) => error.name)
    const asked = [ask(), ask(), ask()]
    await until(async () => (await server.metric('eigennamen_queue_requests')) === 1)
    gone.abort()
    expect(await Promise.all(asked)).toEqual(['AbortError', 'AbortError', 'AbortError'])
    await until(async () => (await server.metric('eigennamen_queue_requests')) === 0, 2000)
    await until(async () => (await server.metric('eigennamen_texts_busy')) === 0, 30_000)
    expect(await server.metric('eigennamen_documents_total')).toBe(0)
    const given = 'eigennamen_http_requests_total{route="/v1/recognize",method="POST",status="499"}'
    expect(await server.metric(given)).toBe(3)
    expect((await recognize(server, TEXT)).status).toBe(200)
  })
})

describe('a stream with a slow reader', () => {
  it('is read no faster than its answers are, and comes whole and in order', async () => {
    const server = await start(['--workers', '1'])
    const total = 4000
    // Cheap to recognise, long to send: 64 MB in all, far more than what lies in the buffers of two sockets.
    const padding = ' '.repeat(16_000)
    const line = (i: number): string => `{"id":${i},"text":"Berlin${padding}"}\n`
    const socket = await open(server.url)
    socket.pause()
    socket.write(
      'POST /v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    let sent = 0
    const writing = (async () => {
      while (sent < total) {
        const content = line(sent)
        sent++
        const room = socket.write(`${content.length.toString(16)}\r\n${content}\r\n`)
        if (!room) await once(socket, 'drain')
      }
      socket.write('0\r\n\r\n')
    })()
    const documents = (): Promise<number> => server.metric('eigennamen_documents_total')
    const settled = async (): Promise<number> => {
      for (let last = -1; ; ) {
        const now = await documents()
        if (now === last) return now
        last = now
        await pause(700)
      }
    }
    const stalled = await settled()
    expect(stalled).toBeGreaterThan(0)
    expect(stalled).toBeLessThan(total / 2)
    const sentThen = sent
    expect(sentThen).toBeLessThan(total)
    const memory = await server.metric('process_resident_memory_bytes')
    // Another client is served meanwhile.
    expect((await recognize(server, TEXT)).status).toBe(200)

    const answer = received(socket)
    socket.resume()
    await Promise.all([writing, answer.ended])
    const ids = [...answer.text().matchAll(/\{"id":(\d+),"text":"Berlin/g)].map((match) => Number(match[1]))
    expect(ids).toEqual([...Array(total).keys()])
    expect(await documents()).toBe(total + 1)
    const after = await server.metric('process_resident_memory_bytes')
    console.info(
      `stalled after ${stalled} of ${total} texts (${sentThen} sent); memory ${(memory / 2 ** 20).toFixed(0)} MiB then, ${(after / 2 ** 20).toFixed(0)} MiB at the end`,
    )
    expect(after).toBeLessThan(400 * 2 ** 20)
  })

  it('ends when its reader goes away', async () => {
    const server = await start(['--workers', '1', '--max-queue', '0'])
    for (let i = 0; i < 5; i++) {
      const socket = await open(server.url)
      socket.write(
        'POST /v1/stream HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n{"text":"Berlin"}\r\n',
      )
      await pause(50)
      socket.destroy()
    }
    await until(async () => (await server.metric('eigennamen_http_requests_in_flight')) === 1)
    expect(await server.metric('eigennamen_queue_requests')).toBe(0)
    expect((await recognize(server, TEXT)).status).toBe(200)
    expect(server.log()).toMatch(/^eigennamen: listening on \S+\n$/)
  })
})

describe('access', () => {
  it('asks for the token, but not for health and page', async () => {
    const server = await start(['--workers', '0'], { env: { EIGENNAMEN_TOKEN: 'geheim-1' } })
    for (const headers of [
      {},
      { Authorization: 'Bearer geheim-2' },
      { Authorization: 'Basic geheim-1' },
    ] as const) {
      const answer = await recognize(server, TEXT, headers)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
      expect(await code(answer)).toBe('401 UNAUTHORIZED')
    }
    expect((await fetch(`${server.url}metrics`)).status).toBe(401)
    expect((await fetch(`${server.url}v1/lookup?name=a`)).status).toBe(401)
    expect((await recognize(server, TEXT, { Authorization: 'Bearer geheim-1' })).status).toBe(200)
    expect(await server.metric('eigennamen_workers', 'geheim-1')).toBe(0)
    for (const path of ['healthz', 'readyz', 'openapi.json', '']) {
      expect((await fetch(server.url + path)).status, path).toBe(200)
    }
    const description = await (await fetch(`${server.url}openapi.json`)).json()
    expect(description.paths['/v1/recognize'].post.security).toEqual([{ token: [] }])
    expect(server.log()).not.toContain('warning')
  })

  it('answers on loopback only to its own names', async () => {
    const server = await start(['--workers', '0'])
    const { port } = new URL(server.url)
    const status = async (host: string, path = '/healthz'): Promise<string> => {
      const socket = await open(server.url)
      const answer = received(socket)
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      await answer.ended
      return answer.text().slice(9, 12)
    }
    for (const host of [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      '[::1]:80',
      'LOCALHOST',
      'ner.localhost:1',
    ]) {
      expect(await status(host), host).toBe('200')
    }
    for (const host of [
      'evil.example',
      '127.0.0.1.evil.example',
      `evil.example:${port}`,
      '10.0.0.1',
      'localhost.evil.example',
    ]) {
      expect(await status(host), host).toBe('403')
      expect(await status(host, '/'), host).toBe('403')
    }
    const foreign = await recognize(server, TEXT, { Origin: 'https://evil.example' })
    expect(await code(foreign)).toBe('403 FORBIDDEN_ORIGIN')
    expect((await recognize(server, TEXT, { Origin: server.url.slice(0, -1) })).status).toBe(200)
    expect(await code(recognize(server, TEXT, { Origin: 'null' }))).toBe('403 FORBIDDEN_ORIGIN')
  })

  it('lets the pages of one origin ask, where told to', async () => {
    const server = await start(['--workers', '0', '--cors', 'https://example.org', '--token', 'x'])
    const headers = { Origin: 'https://example.org' }
    const preflight = await fetch(`${server.url}v1/recognize`, {
      method: 'OPTIONS',
      headers: {
        ...headers,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,authorization',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://example.org')
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/)
    const refused = await recognize(server, TEXT, headers)
    expect(refused.status).toBe(401)
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://example.org')
    expect((await recognize(server, TEXT, { ...headers, Authorization: 'Bearer x' })).status).toBe(200)
    const other = { Origin: 'https://evil.example', Authorization: 'Bearer x' }
    expect(await code(recognize(server, TEXT, other))).toBe('403 FORBIDDEN_ORIGIN')
  })

  it('warns where others reach it without a token', async () => {
    const server = await start(['--workers', '0', '--host', '0.0.0.0'])
    expect(server.log()).toMatch(/warning: 0\.0\.0\.0 can be reached from other machines, and no token/)
    const socket = await open(server.url)
    const answer = received(socket)
    socket.write('GET /healthz HTTP/1.1\r\nHost: ner.example\r\nConnection: close\r\n\r\n')
    await answer.ended
    expect(answer.text()).toMatch(/^HTTP\/1\.1 200/)
  })
})

describe('start and stop', () => {
  it('finishes what is in flight, takes nothing new, and ends with 0', async () => {
    const server = await start(['--workers', '1', '--grace', '30000'])
    const idle = await open(server.url)
    const idleEnded = once(idle, 'close')
    idle.resume()
    const socket = await open(server.url)
    const answer = received(socket)
    const body = JSON.stringify({ text: LONG })
    socket.write(
      `POST /v1/recognize HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
    await until(async () => (await server.metric('eigennamen_texts_busy')) === 1)
    server.child.kill('SIGTERM')
    await until(() => server.log().includes('finishing the requests in flight'))
    await idleEnded
    await expect(fetch(`${server.url}readyz`)).rejects.toThrow()
    // On the connection that is still open, behind the long request.
    socket.write('GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(answer.text()).toBe('')
    expect(await server.ended).toBe(0)
    await answer.ended
    const [first, second] = answer.text().split(/(?=HTTP\/1\.1 \d)/)
    expect(first).toMatch(/^HTTP\/1\.1 200/)
    expect(first!.length).toBeGreaterThan(LONG.length)
    expect(second).toMatch(/^HTTP\/1\.1 503 [\s\S]*connection: close[\s\S]*DRAINING/i)
  })

  it('cuts off what is not done in the time of grace, and ends with 1', async () => {
    const server = await start(['--workers', '1', '--grace', '200'])
    const answer = recognize(server, LONG).catch(() => 'cut')
    await until(async () => (await server.metric('eigennamen_texts_busy')) === 1)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(1)
    expect(await answer).toBe('cut')
    expect(server.log()).toMatch(/1 requests were not done within 200 ms and were cut off/)
  })

  it('ends at once at a second signal', async () => {
    const server = await start(['--workers', '1', '--grace', '60000'])
    const answer = recognize(server, LONG).catch(() => 'cut')
    await until(async () => (await server.metric('eigennamen_texts_busy')) === 1)
    server.child.kill('SIGTERM')
    await until(() => server.log().includes('again to end at once'))
    const begun = performance.now()
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(143)
    expect(performance.now() - begun).toBeLessThan(1500)
    expect(await answer).toBe('cut')
  })

  it('ends with 2 where it cannot start, and says why', async () => {
    const server = await start(['--workers', '0'])
    const { port } = new URL(server.url)
    const failing = async (...args: string[]): Promise<string> => {
      const { ended, log } = spawnServe(args)
      return `${await ended} ${log()}`
    }
    expect(await failing('--port', port)).toMatch(
      new RegExp(`^2 eigennamen: port ${port} of 127\\.0\\.0\\.1 is in use; choose another one with --port`),
    )
    expect(await failing('--port', '0', '--model', './package.json')).toMatch(/^2 [\s\S]*expected the magic/)
    expect(await failing('--port', '99999')).toMatch(
      /^2 .*--port must be a number from 0 to 65535, got "99999"/,
    )
    expect(await failing('--port', '1.5')).toMatch(/^2 .*--port must be a whole number/)
    expect(await failing('--workers', 'many')).toMatch(/^2 .*--workers must be a number from 0/)
    expect(await failing('--cors', 'example.org')).toMatch(/^2 .*--cors must be an origin such as/)
    expect(await failing('--token', 'a b')).toMatch(/^2 .*the token .* visible ASCII/)
    expect(await failing('file.txt')).toMatch(/^2 .*serve takes no arguments, got "file\.txt"/)
    expect(await failing('--host', '203.0.113.7')).toMatch(
      /^2 .*203\.0\.113\.7 is no address of this machine/,
    )
  })
})
