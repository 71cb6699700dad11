import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { spawnWorker } from '../../src/platform/worker-threads.js'
import { Pool } from '../../src/pool/pool.js'
import type { Sources } from '../../src/recognizer/sources.js'

const SOURCES: Sources = {
  model: new Uint8Array(new SharedArrayBuffer(8)),
  modelName: '',
  network: 'accurate',
  gazetteer: 'none',
  gazetteerName: '',
  own: [],
}

/** A thread that dies of certain texts and tells of each other one by one token as long as the text. */
const SCRIPT = `
import { parentPort, workerData } from 'node:worker_threads'
const shared = workerData.model.buffer instanceof SharedArrayBuffer
parentPort.on('message', ({ number, text }) => {
  if (text === 'exit') process.exit(3)
  if (text === 'throw') throw new Error('thrown on purpose')
  const document = { entities: [], language: { code: shared ? 'deu' : 'und', isGerman: shared },
    starts: Int32Array.of(0), ends: Int32Array.of(text.length), sentenceStarts: Int32Array.of(0, 1) }
  parentPort.postMessage({ kind: 'done', number, document })
})
parentPort.postMessage({ kind: 'ready' })
`

describe('worker threads', () => {
  it('are replaced when they die, and only the text at which they died is lost', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'eigennamen-worker-')), 'worker.mjs')
    writeFileSync(path, SCRIPT)
    const pool = await Pool.start((events) => spawnWorker(SOURCES, events, pathToFileURL(path)), 2)
    const texts = ['a', 'exit', 'bb', 'throw', 'ccc', 'dddd', 'exit', 'eeeee', 'f', 'gg']
    const settled = await Promise.allSettled(texts.map((text) => pool.recognize(text)))
    const told = settled.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.tokens[0]?.text : outcome.reason.message,
    )
    expect(told).toEqual([
      'a',
      expect.stringMatching(/at a text of 4 characters: it exited with code 3\. The pool goes on/),
      'bb',
      expect.stringMatching(/at a text of 5 characters: thrown on purpose/),
      'ccc',
      'dddd',
      expect.stringMatching(/it exited with code 3/),
      'eeeee',
      'f',
      'gg',
    ])
    expect((await pool.recognize('x')).language.isGerman).toBe(true)
    await pool.close()
  })

  it('says so when a thread cannot start', async () => {
    const missing = pathToFileURL(join(tmpdir(), 'no-such-worker.mjs'))
    await expect(Pool.start((events) => spawnWorker(SOURCES, events, missing), 2)).rejects.toThrow(
      /a worker thread could not start: Cannot find module/,
    )
  })
})
