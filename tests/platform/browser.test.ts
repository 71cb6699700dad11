import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The browser build in Node, its files served over loopback: everything but the browser itself. */
describe('the browser build', () => {
  let server: Server
  let base: string
  let loadRecognizer: typeof import('../../src/browser.js').loadRecognizer

  beforeAll(async () => {
    server = createServer((request, response) => {
      try {
        response.end(readFileSync(join(ROOT, 'models', request.url!.slice(1))))
      } catch {
        response.writeHead(404).end()
      }
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    loadRecognizer = (await import(join(ROOT, 'dist/browser.js'))).loadRecognizer
  })

  afterAll(() => {
    server.close()
  })

  it('has no Node module in it', () => {
    expect(readFileSync(join(ROOT, 'dist/browser.js'), 'utf8')).not.toMatch(/from\s*["']node:|require\(/)
  })

  it('loads by URL and answers like the Node build', async () => {
    const ner = await loadRecognizer({
      model: new URL(`${base}/news.model`),
      gazetteerFile: new URL(`${base}/gazetteer.bin`),
    })
    expect(ner.recognize('Merkel in Berlin').entities.map(({ canonical }) => canonical)).toEqual([
      'Angela Merkel',
      'Berlin',
    ])
  })

  it('loads from bytes', async () => {
    const bytes = (name: string): Uint8Array => readFileSync(join(ROOT, 'models', name))
    const ner = await loadRecognizer({
      model: bytes('news.model'),
      gazetteerFile: bytes('gazetteer.bin').slice().buffer as ArrayBuffer,
    })
    expect(ner.recognize('Berlin').entities).toHaveLength(1)
  })

  it('names the address that fails', async () => {
    const gazetteerFile = new URL(`${base}/gazetteer.bin`)
    await expect(loadRecognizer({ model: new URL(`${base}/none.model`), gazetteerFile })).rejects.toThrow(
      /cannot fetch http.*none\.model: 404/,
    )
    await expect(
      loadRecognizer({ model: new URL(`${base}/README.md`), gazetteerFile }),
    ).rejects.toMatchObject({ code: 'MODEL_FORMAT' })
  })
})
