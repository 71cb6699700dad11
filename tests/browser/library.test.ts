import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as esbuild } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build as vite } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadRecognizer } from '../../src/index.js'
import { chromiumPath, launch } from './chromium.js'
import { type Site, serve } from './site.js'
import { TEXTS } from './texts.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PAGES = join(ROOT, 'tests/browser/pages')
const PLAIN = { '/dist/': join(ROOT, 'dist'), '/models/': join(ROOT, 'models'), '/pages/': PAGES }
const MODEL_BYTES = statSync(join(ROOT, 'models/news.model')).size
const GAZETTEER_BYTES = statSync(join(ROOT, 'models/gazetteer.bin')).size

const absent = chromiumPath() === undefined
if (absent) console.warn('no Chromium here: the tests in a browser are skipped')

describe.skipIf(absent)('in Chromium', () => {
  const texts = JSON.stringify(TEXTS)
  let folder: string
  let expected: unknown
  let browser: Browser
  let site: Site
  let context: BrowserContext
  const errors: string[] = []
  const sites: Site[] = []

  const start = async (...options: Parameters<typeof serve>): Promise<Site> => {
    const started = await serve(...options)
    sites.push(started)
    return started
  }

  /** A page in a profile of its own, with the app of `pages/app.js` running. */
  const open = async (url: string): Promise<Page> => {
    context = await browser.newContext()
    const page = await context.newPage()
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(url)
    await page.waitForFunction('window.app')
    return page
  }
  const run = async (page: Page, expression: string): Promise<unknown> =>
    JSON.parse(await page.evaluate(`(async () => ${expression})()`))
  const recognize = (page: Page, options = '{}'): Promise<unknown> =>
    run(page, `app.recognize(${JSON.stringify(texts)}, ${options})`)
  const pool = (page: Page, options = '{ workers: 2 }'): Promise<unknown> =>
    run(page, `app.pool(${JSON.stringify(texts)}, ${options})`)
  const models = (site: Site): string[] => site.asked.splice(0).filter((path) => /\.(model|bin)$/.test(path))

  beforeAll(async () => {
    const ner = await loadRecognizer()
    expected = TEXTS.map((text) => {
      const doc = ner.recognize(text)
      const { entities, tokens, sentences, language } = doc
      return { entities, tokens, sentences, language, index: doc.index(), isDocument: true }
    })
    folder = mkdtempSync(join(tmpdir(), 'eigennamen-browser-'))
    const installed = join(folder, 'node_modules/eigennamen')
    for (const part of ['dist', 'models/news.model', 'models/gazetteer.bin', 'package.json']) {
      cpSync(join(ROOT, part), join(installed, part), { recursive: true })
    }
    cpSync(join(PAGES, 'app.js'), join(folder, 'app.js'))
    cpSync(join(PAGES, 'bundled.html'), join(folder, 'index.html'))
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    browser = await launch()
    site = await start({ mounts: PLAIN })
  })

  afterEach(async () => {
    await context?.close()
    expect(errors.splice(0)).toEqual([])
    site.asked.length = 0
  })

  afterAll(async () => {
    await browser?.close()
    for (const { close } of sites) close()
    rmSync(folder, { recursive: true, force: true })
  })

  describe('a plain script of type module', () => {
    it('answers to the letter what Node answers', async () => {
      expect(await recognize(await open(`${site.origin}/pages/plain.html`))).toEqual(expected)
      expect(models(site).sort()).toEqual(['/models/gazetteer.bin', '/models/news.model'])
    })

    it('does the same over Web Workers, to which it copies the files it fetched once', async () => {
      expect(await pool(await open(`${site.origin}/pages/plain.html`))).toEqual(expected)
      expect(models(site).sort()).toEqual(['/models/gazetteer.bin', '/models/news.model'])
    })

    it('starts workers from the library of another origin', async () => {
      const html = readFileSync(join(PAGES, 'plain.html'), 'utf8')
      const elsewhere = html.replace('"/dist/', `"${site.origin}/dist/`)
      mkdirSync(join(folder, 'shop/pages'), { recursive: true })
      writeFileSync(join(folder, 'shop/plain.html'), elsewhere)
      const shop = await start({ mounts: { '/': join(folder, 'shop'), '/pages/': PAGES } })
      const page = await open(`${shop.origin}/plain.html`)
      expect(await pool(page, '{ workers: 1 }')).toEqual(expected)
    })
  })

  describe('bundled by esbuild', () => {
    it('finds model and worker beside the bundle, and its page carries no model code for a pool alone', async () => {
      const common = { absWorkingDir: folder, bundle: true, format: 'esm', minify: true } as const
      await esbuild({ ...common, entryPoints: ['app.js'], outfile: 'site/assets/app.js' })
      await esbuild({
        ...common,
        entryPoints: ['eigennamen/browser-worker'],
        outfile: 'site/assets/browser-worker.js',
      })
      cpSync(join(folder, 'index.html'), join(folder, 'site/assets/index.html'))
      cpSync(join(folder, 'node_modules/eigennamen/models'), join(folder, 'site/models'), { recursive: true })
      const built = await start({ mounts: { '/': join(folder, 'site') } })
      const page = await open(`${built.origin}/assets/index.html`)
      expect(await recognize(page)).toEqual(expected)
      expect(await pool(page)).toEqual(expected)

      const { outputFiles } = await esbuild({
        ...common,
        stdin: {
          contents: "import { createPool } from 'eigennamen'; createPool()",
          resolveDir: folder,
        },
        write: false,
      })
      expect(outputFiles[0]!.contents.length).toBeLessThan(30_000)
    })
  })

  describe('bundled by Vite', () => {
    it('takes model and worker along as assets', async () => {
      await vite({
        root: folder,
        configFile: false,
        logLevel: 'error',
        build: { outDir: 'vite', target: 'es2022' },
      })
      const built = await start({ mounts: { '/': join(folder, 'vite') } })
      const page = await open(`${built.origin}/index.html`)
      expect(await recognize(page)).toEqual(expected)
      expect(models(built)).toEqual([
        expect.stringMatching(/^\/assets\/(news|gazetteer)-[\w-]+\.(model|bin)$/),
        expect.stringMatching(/^\/assets\/(news|gazetteer)-[\w-]+\.(model|bin)$/),
      ])
      expect(await pool(page)).toEqual(expected)
    })
  })

  describe('loading', () => {
    const progress = `const seen = []
      const onProgress = ({ file, loaded, total }) => seen.push([file, loaded, total ?? null])`
    interface Seen {
      model: [number, number | null][]
      gazetteer: [number, number | null][]
    }
    const seen = async (page: Page, options: string): Promise<Seen> => {
      const all = (await run(
        page,
        `{ ${progress}
          await app.loadRecognizer({ onProgress, ${options} })
          return JSON.stringify(seen) }`,
      )) as [string, number, number | null][]
      const of = (name: string): [number, number | null][] =>
        all.filter(([file]) => file === name).map(([, loaded, total]) => [loaded, total])
      return { model: of('model'), gazetteer: of('gazetteer') }
    }

    it('reports each part of each file, in bytes', async () => {
      const { model, gazetteer } = await seen(await open(`${site.origin}/pages/plain.html`), '')
      expect(model.length).toBeGreaterThan(3)
      for (const [index, [loaded, total]] of model.entries()) {
        expect(total).toBe(MODEL_BYTES)
        expect(loaded).toBeGreaterThan(index === 0 ? 0 : model[index - 1]![0])
      }
      expect(model.at(-1)).toEqual([MODEL_BYTES, MODEL_BYTES])
      expect(gazetteer.at(-1)).toEqual([GAZETTEER_BYTES, GAZETTEER_BYTES])
    })

    it('leaves the total open where the server compresses', async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      const options = `model: new URL('/models/news.model?gzip', location), gazetteerFile: 'none'`
      const { model, gazetteer } = await seen(page, options)
      expect(gazetteer).toEqual([])
      expect(model[0]![1]).toBe(null)
      expect(model.at(-1)).toEqual([MODEL_BYTES, MODEL_BYTES])
    })

    it('finds out that the server compresses where another origin hides it', async () => {
      const other = await start({ mounts: PLAIN })
      const page = await open(`${site.origin}/pages/plain.html`)
      const options = `model: new URL('${other.origin}/models/news.model?gzip'), gazetteerFile: 'none'`
      const { model } = await seen(page, options)
      expect(model.at(-1)).toEqual([MODEL_BYTES, MODEL_BYTES])
      for (const [loaded, total] of model) expect(loaded).toBeLessThanOrEqual(total ?? MODEL_BYTES)
    })

    it('can be aborted, with the reason of the signal', async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      for (const call of ['loadRecognizer', 'createPool']) {
        const reason = await run(
          page,
          `{ const abort = new AbortController()
            const onProgress = () => abort.abort(new Error('enough'))
            const error = await app.${call}({ onProgress, signal: abort.signal }).catch((e) => e)
            return JSON.stringify(error.message) }`,
        )
        expect(reason).toBe('enough')
      }
    })

    it('passes on what onProgress throws, and takes no web page for a model', async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      const fail = (options: string): Promise<unknown> =>
        run(
          page,
          `{ const error = await app.loadRecognizer({ ${options} }).catch((e) => e)
            return JSON.stringify([error.name, error.message]) }`,
        )
      expect(await fail(`onProgress: () => { throw new Error('mine') }`)).toEqual(['Error', 'mine'])
      expect(await fail(`model: new URL('/x.model?page', location)`)).toEqual([
        'FileError',
        expect.stringMatching(
          /cannot fetch http.*x\.model\?page: the server answered with a web page\. Check the address/,
        ),
      ])
      expect(await fail(`model: new URL('http://127.0.0.1:1/x.model')`)).toEqual([
        'FileError',
        expect.stringMatching(/cannot fetch http:\/\/127\.0\.0\.1:1\/x\.model: Failed to fetch/),
      ])
    })
  })

  describe('the cache', () => {
    const OPTIONS = `{ cache: 'eigennamen' }`
    const WAIT = { timeout: 20_000 }
    const version = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version as string
    const keys = (page: Page): Promise<unknown> =>
      run(
        page,
        `JSON.stringify((await (await caches.open('eigennamen')).keys()).map(({ url }) => url.slice(origin.length)).sort())`,
      )

    it('spares the second visit every fetch', async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      expect(await recognize(page, OPTIONS)).toEqual(expected)
      expect(models(site)).toHaveLength(2)
      // It is written down behind the back of the page.
      await expect
        .poll(() => keys(page), WAIT)
        .toEqual([
          `/models/gazetteer.bin?eigennamen-version=${version}`,
          `/models/news.model?eigennamen-version=${version}`,
        ])
      await page.reload()
      await page.waitForFunction('window.app')
      expect(await recognize(page, OPTIONS)).toEqual(expected)
      expect(await pool(page, `{ workers: 1, cache: 'eigennamen' }`)).toEqual(expected)
      expect(models(site)).toEqual([])
      const seen = await run(
        page,
        `{ const seen = []
          await app.loadRecognizer({ cache: 'eigennamen', onProgress: (p) => seen.push(p) })
          return JSON.stringify(seen) }`,
      )
      expect(seen).toHaveLength(2)
      expect(seen).toContainEqual({ file: 'model', loaded: MODEL_BYTES, total: MODEL_BYTES })
      await recognize(page)
      expect(models(site)).toHaveLength(2)
    })

    it('drops what an older version kept, and nothing that is not ours', async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      await page.evaluate(`(async () => {
        const cache = await caches.open('eigennamen')
        await cache.put('/models/news.model?eigennamen-version=0.0.1', new Response('old'))
        await cache.put('/logo.svg', new Response('logo'))
      })()`)
      expect(await recognize(page, OPTIONS)).toEqual(expected)
      await expect
        .poll(() => keys(page), WAIT)
        .toEqual([
          '/logo.svg',
          `/models/gazetteer.bin?eigennamen-version=${version}`,
          `/models/news.model?eigennamen-version=${version}`,
        ])
    })

    it('neither keeps nor takes damaged files', async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      await page.evaluate(`(async () => {
        const cache = await caches.open('eigennamen')
        await cache.put('/models/news.model?eigennamen-version=${version}', new Response('cut'))
      })()`)
      expect(await recognize(page, OPTIONS)).toEqual(expected)
      expect(models(site)).toHaveLength(2)
      const error = await run(
        page,
        `{ const model = new URL('/pages/app.js', location)
          const error = await app.loadRecognizer({ model, cache: 'other' }).catch((e) => e)
          const cache = await caches.open('other')
          const end = Date.now() + 20000
          while ((await cache.keys()).length === 0 && Date.now() < end) await new Promise((done) => setTimeout(done, 20))
          const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname)
          return JSON.stringify([error.code, kept]) }`,
      )
      expect(error).toEqual(['MODEL_FORMAT', ['/models/gazetteer.bin']])
    })
  })

  describe('a pool of Web Workers', () => {
    it('leaves the page free while a long text is read', async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      const [entities, ticks] = (await run(
        page,
        `{ const pool = await app.createPool({ workers: 1 })
          const text = 'Angela Merkel in Berlin. '.repeat(20000)
          let ticks = 0
          const clock = setInterval(() => ticks++, 10)
          const doc = await pool.recognize(text)
          clearInterval(clock)
          await pool.close()
          return JSON.stringify([doc.entities.length, ticks]) }`,
      )) as [number, number]
      expect(entities).toBe(40_000)
      expect(ticks).toBeGreaterThan(5)
    })

    it('refuses with the classes and codes of the library', async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      const told = (call: string): Promise<unknown> =>
        run(
          page,
          `{ const error = await (async () => { const pool = await app.createPool({ workers: 1 }); ${call} })().catch((e) => e)
            return JSON.stringify([error.name, error.code, error.message]) }`,
        )
      const message = (pattern: RegExp): unknown => expect.stringMatching(pattern)
      expect(await told('await pool.recognize(3)')).toEqual([
        'ArgumentError',
        'INVALID_ARGUMENT',
        message(/expects the text as a string, got 3/),
      ])
      expect(await told(`await pool.recognize('x', { minScore: 2 })`)).toEqual([
        'ArgumentError',
        'INVALID_OPTION',
        message(/minScore must be a number from 0 to 1/),
      ])
      expect(await told(`await app.createPool({ model: new Uint8Array(64) })`)).toEqual([
        'ModelError',
        'MODEL_FORMAT',
        message(/is not an eigennamen file/),
      ])
      expect(await told(`await app.createPool({ worker: 'worker.js' })`)).toEqual([
        'ArgumentError',
        'INVALID_OPTION',
        message(/worker must be a function that makes a Web Worker, got "worker\.js"/),
      ])
      expect(
        await told(
          `await app.createPool({ worker: () => new Worker('/none.js', { type: 'module' }), workers: 2 })`,
        ),
      ).toEqual([
        'PoolError',
        'WORKER_FAILED',
        message(/could not start: its script could not be loaded.*eigennamen\/browser-worker/),
      ])
    })

    it("replaces a worker of the caller's own that dies, and loses one text", async () => {
      const page = await open(`${site.origin}/pages/plain.html`)
      const settled = await run(
        page,
        `{ let made = 0
          const worker = () => { made++; return new Worker('/pages/own-worker.js', { type: 'module' }) }
          const pool = await app.createPool({ workers: 1, worker })
          const all = await Promise.allSettled(['Berlin', 'die', 'Kiew'].map((text) => pool.recognize(text)))
          await pool.close()
          const told = all.map(({ value, reason }) => value ? value.entities[0].canonical : reason.message)
          return JSON.stringify([made, ...told]) }`,
      )
      expect(settled).toEqual([
        2,
        'Berlin',
        expect.stringMatching(/ended while it was at a text of 3 characters: .*killed on purpose/),
        'Kiew',
      ])
    })

    it('shares memory with its workers where the page is isolated', async () => {
      const isolated = await start({ mounts: PLAIN, isolated: true })
      const shares = `{
        const shared = []
        const worker = () => {
          const made = new Worker('/dist/browser-worker.js', { type: 'module' })
          const post = made.postMessage.bind(made)
          made.postMessage = (message) => {
            if (message.model) shared.push(message.model.buffer.constructor.name, message.gazetteer.buffer.constructor.name)
            post(message)
          }
          return made
        }
        const pool = await app.createPool({ workers: 2, worker })
        const { entities } = await pool.recognize('Berlin')
        await pool.close()
        return JSON.stringify([crossOriginIsolated, entities[0].id, ...shared])
      }`
      const memory = (name: string): string[] => [name, name, name, name]
      expect(await run(await open(`${isolated.origin}/pages/plain.html`), shares)).toEqual([
        true,
        'Q64',
        ...memory('SharedArrayBuffer'),
      ])
      await context.close()
      expect(await run(await open(`${site.origin}/pages/plain.html`), shares)).toEqual([
        false,
        'Q64',
        ...memory('ArrayBuffer'),
      ])
    })
  })
})
