import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createPool, type LoadProgress, loadRecognizer } from '../../src/index.js'

const MODEL = new URL('../../models/news.model', import.meta.url)
const GAZETTEER = new URL('../../models/gazetteer.bin', import.meta.url)
const size = (url: URL): number => statSync(fileURLToPath(url)).size

describe('loading in Node', () => {
  it('reports each file once, when it is read', async () => {
    const seen: LoadProgress[] = []
    await loadRecognizer({ onProgress: (progress) => seen.push(progress) })
    expect(seen).toHaveLength(2)
    expect(seen).toContainEqual({ file: 'model', loaded: size(MODEL), total: size(MODEL) })
    expect(seen).toContainEqual({ file: 'gazetteer', loaded: size(GAZETTEER), total: size(GAZETTEER) })
  })

  it('reads file URLs from disk, and reports nothing for what is not read', async () => {
    const seen: LoadProgress[] = []
    const ner = await loadRecognizer({
      model: MODEL,
      gazetteerFile: 'none',
      cache: 'browsers only',
      onProgress: (progress) => seen.push(progress),
    })
    expect(ner.recognize('Angela Merkel sprach.').entities[0]?.text).toBe('Angela Merkel')
    expect(seen.map(({ file }) => file)).toEqual(['model'])
    await expect(loadRecognizer({ model: new URL('none.model', MODEL) })).rejects.toMatchObject({
      code: 'UNREADABLE_FILE',
      message: expect.stringMatching(/cannot read file:.*none\.model: ENOENT.*Check the path/),
    })
  })

  it('can be aborted, with the reason of the signal', async () => {
    for (const load of [loadRecognizer, createPool]) {
      const reason = new Error('enough')
      await expect(load({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
      const abort = new AbortController()
      const loading = load({ signal: abort.signal })
      abort.abort(reason)
      await expect(loading).rejects.toBe(reason)
    }
  })

  it('refuses options that are none', async () => {
    const refused = async (options: object): Promise<unknown> =>
      loadRecognizer(options).catch((error) => [error.name, error.code, error.message])
    const because = (pattern: RegExp): unknown => [
      'ArgumentError',
      'INVALID_OPTION',
      expect.stringMatching(pattern),
    ]
    expect(await refused({ onProgress: 'bar' })).toEqual(
      because(/"onProgress" must be a function, got "bar"/),
    )
    expect(await refused({ signal: new AbortController() })).toEqual(
      because(/"signal" must be an AbortSignal, got an object/),
    )
    expect(await refused({ cache: true })).toEqual(because(/"cache" must be the name of a cache, got true/))
    expect(await refused({ modl: 'fast' })).toEqual(
      because(/unknown option "modl"; known are model, network, .*cache\. Check the spelling/),
    )
    for (const [gazetteer, found] of [
      ['names.tsv', '"names.tsv"'],
      [{}, 'an object'],
      [null, 'null'],
    ]) {
      expect(await refused({ gazetteer })).toEqual(
        because(
          RegExp(`"gazetteer" must be an array of entries .*, got ${found}\\. Read a file with parseGaz`),
        ),
      )
    }
    await expect(createPool({ wrokers: 2 } as never)).rejects.toThrow(
      /unknown option "wrokers"; known are model, .*, workers, worker\./,
    )
    expect(await refused({ model: 3 })).toEqual(
      because(/"model" must be a Uint8Array, an ArrayBuffer or a URL, got 3/),
    )
  })
})
