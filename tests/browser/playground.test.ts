import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRecognizer, type Recognizer } from '../../src/index.js'
import { EXAMPLES } from '../../src/playground/examples.js'
import { type Served, serve } from '../server/process.js'
import { chromiumPath, launch } from './chromium.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SHOTS = mkdtempSync(join(tmpdir(), 'eigennamen-playground-'))
const found = chromiumPath() !== undefined
if (!found) console.warn('no Chromium: the playground is not tested')

describe.skipIf(!found)('the playground', () => {
  let browser: Browser
  let server: Served
  let ner: Recognizer
  const faults: string[] = []

  beforeAll(async () => {
    ;[browser, server, ner] = await Promise.all([
      launch(),
      serve(['--workers', '0', '--verbose']),
      loadRecognizer(),
    ])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    console.info(`screenshots: ${SHOTS}`)
  })

  /** A page of a visitor who was never there; what it complains of is kept. */
  async function visit(options: BrowserContextOptions = {}, path = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await page.goto(new URL(path, server.url).href)
    await names(page)
    return page
  }

  /** The names shown, once there are some. */
  async function names(page: Page): Promise<string[]> {
    await page.locator('#result mark').first().waitFor({ timeout: 30_000 })
    return page.locator('#result mark').allTextContents()
  }

  const status = (page: Page): Promise<string | null> => page.textContent('#status')
  const expected = (text: string, options = {}): string[] =>
    ner.recognize(text, options).entities.map((entity) => entity.text)

  async function type(page: Page, text: string): Promise<void> {
    await page.fill('#input', text)
    await page.waitForFunction(
      (wanted) => document.querySelector('#result')?.textContent === wanted,
      // Cards are not open here: the region holds the text itself.
      text,
    )
  }

  it('loads with a bar that moves, and shows the names of the example', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    await page.addInitScript(() => {
      const seen: number[] = []
      Object.assign(window, { seen })
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          if (target instanceof HTMLProgressElement && !target.hidden && target.position >= 0)
            seen.push(target.value)
        }
      }).observe(document, { subtree: true, attributes: true })
    })
    const requests: string[] = []
    context.on('request', (request) =>
      requests.push(`${request.method()} ${new URL(request.url()).pathname}`),
    )
    await page.goto(server.url)
    expect(await names(page)).toEqual(expected(EXAMPLES[0]!.text))
    const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen)
    expect(new Set(seen).size).toBeGreaterThan(3)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
    expect(await page.isHidden('#progress')).toBe(true)
    const { entities } = ner.recognize(EXAMPLES[0]!.text)
    const distinct = new Set(entities.map(({ cluster }) => cluster)).size
    expect(await status(page)).toMatch(
      new RegExp(`^${distinct} entities, ${entities.length} mentions in \\d+ tokens, `),
    )
    expect(await page.locator('#list li').count()).toBe(distinct)
    // Texts stay here: nothing was asked of the recogniser of the server.
    expect(requests.filter((line) => !line.startsWith('GET ') && !line.startsWith('HEAD '))).toEqual([])
    expect(requests.some((line) => line.includes('/v1/'))).toBe(false)
    await page.screenshot({ path: join(SHOTS, 'light.png') })
    await context.close()
  })

  it('shows a card on hover', async () => {
    const page = await visit()
    const text = 'Die kasachische Regierung lud Tokayev ein. Toqajew kam nicht.'
    await type(page, text)
    await page.locator('#result mark', { hasText: 'Tokayev' }).hover()
    const card = page.locator('.tip')
    const entity = ner.recognize(text).entities.find((e) => e.text === 'Tokayev')!
    expect(await card.locator('b').textContent()).toBe('Qassym-Schomart Toqajew')
    const lines = await card.locator('span').allTextContents()
    expect(lines[0]).toBe('person')
    expect(lines[1]).toBe(`Score ${Math.min(99, Math.round(entity.score * 100))}\u00a0%`)
    expect(lines[2]).toBe(
      `Linked by its exact name: Tokayev (${Math.round(entity.link!.score * 100)}\u00a0%)`,
    )
    expect(lines[3]).toBe(`Cluster ${entity.cluster}, one of 2 mentions`)
    expect(await card.locator('a').getAttribute('href')).toBe('https://www.wikidata.org/wiki/Q200881')
    expect(await card.locator('a').getAttribute('rel')).toContain('noopener')
    await page.mouse.move(2, 2)
    await card.waitFor({ state: 'detached' })
    await page.locator('#result mark', { hasText: 'kasachische' }).click()
    await page.mouse.move(2, 2)
    await page.waitForTimeout(400)
    expect(await card.innerText()).toMatch(/^Kasachstan\nplace, in a derived word\n/)
    await page.mouse.click(5, 5)
    await card.waitFor({ state: 'detached' })
    // At the right edge of the window it stays inside.
    await page.setViewportSize({ width: 700, height: 600 })
    await type(page, `${'x '.repeat(200)}${'Er fuhr von Berlin nach Köln. '.repeat(15)}`)
    for (const index of [0, 3, 7, 15]) {
      await page.locator('#result mark').nth(index).hover()
      const box = (await page.locator('.tip').boundingBox())!
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(700)
    }
    await page.context().close()
  })

  it('can be used without a mouse', async () => {
    const page = await visit()
    const focused = (): Promise<string> =>
      page.evaluate(
        () => document.activeElement?.getAttribute('data-example') ?? document.activeElement?.id ?? '',
      )
    const word = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '')
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    await press('Tab')
    expect(await word()).toBe('Skip to the names')
    await press('Tab')
    expect(await focused()).toBe('theme')
    await press('Tab')
    expect(await focused()).toBe('0')
    await press('Tab', 'Enter')
    await page.waitForFunction(
      (text) => document.querySelector('#result')?.textContent === text,
      EXAMPLES[1]!.text,
    )
    await page.focus('#download')
    await press('Tab')
    const inOrder = expected(EXAMPLES[1]!.text)
    expect(await word()).toBe(inOrder[0])
    expect(await page.locator('.tip b').textContent()).toBe(
      ner.recognize(EXAMPLES[1]!.text).entities[0]!.canonical,
    )
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft')
    expect(await word()).toBe(inOrder[2])
    expect(await page.locator('.tip').count()).toBe(1)
    await press('End')
    expect(await word()).toBe(inOrder.at(-1))
    await press('Home')
    // Into the card, and back.
    await press('Enter', 'Tab')
    expect(await word()).toMatch(/^Wikidata Q\d+$/)
    await press('Escape')
    expect(await word()).toBe(inOrder[0])
    expect(await page.locator('.tip').count()).toBe(0)
    // Out of the text in one step, to the list.
    await press('Tab')
    const pressed = page.locator('#list button[aria-pressed=true]')
    expect(await pressed.count()).toBe(0)
    await press('Enter')
    expect(await pressed.count()).toBe(1)
    const name = (await pressed.locator('b').textContent())!
    const wanted = ner
      .recognize(EXAMPLES[1]!.text)
      .entities.filter(({ canonical }) => canonical === name).length
    expect(await page.locator('#result .lit').count()).toBe(wanted)
    await press('Enter')
    expect(await page.locator('#result .lit').count()).toBe(0)
    await press('Enter', 'Escape')
    expect(await page.locator('#result .lit').count()).toBe(0)
    await page.context().close()
  })

  it('shows what the switches say, as recognize does', async () => {
    const page = await visit()
    const text =
      'Die kasachische Delegation sprach im Ukraine-Krieg auf der Documenta mit Putin. Moskauer Medien und der Spiegel zitierten den Duden und das Buch Momo; Frau Zweifel aus Hintertupf lachte.'
    await type(page, text)
    const shown = (): Promise<string[]> => page.locator('#result mark').allTextContents()
    expect(await shown()).toEqual(expected(text))
    await page.check('[value=MISC]')
    const all = ['PER', 'ORG', 'LOC', 'MISC']
    expect(await shown()).toEqual(expected(text, { types: all }))
    await page.uncheck('#derived')
    expect(await shown()).toEqual(expected(text, { types: all, kinds: ['name', 'compound'] }))
    await page.uncheck('#compound')
    expect(await shown()).toEqual(expected(text, { types: all, kinds: ['name'] }))
    await page.uncheck('[value=PER]')
    expect(await shown()).toEqual(expected(text, { types: ['ORG', 'LOC', 'MISC'], kinds: ['name'] }))
    await page.locator('#score').fill('80')
    expect(await page.textContent('#score-value')).toBe('80 %')
    expect(await shown()).toEqual(
      expected(text, { types: ['ORG', 'LOC', 'MISC'], kinds: ['name'], minScore: 0.8 }),
    )
    const counted = Number(await page.textContent('[data-count=PER]'))
    expect(counted).toBe(expected(text, { types: ['PER'], kinds: ['name'], minScore: 0.8 }).length)
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')])
    expect(download.suggestedFilename()).toBe('eigennamen.json')
    expect(JSON.parse(readFileSync((await download.path())!, 'utf8'))).toEqual({
      id: 'playground',
      text,
      language: 'deu',
      entities: ner.recognize(text, { types: ['ORG', 'LOC', 'MISC'], kinds: ['name'], minScore: 0.8 })
        .entities,
    })
    await page.context().close()
  })

  it('puts text and switches into a link, and takes them out again', async () => {
    const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] })
    const text = 'Angela Merkel 😀 traf in »Köln« Österreichs Außenminister.\n\tUnd: die CDU.'
    await type(page, text)
    await page.check('[value=MISC]')
    await page.uncheck('[value=ORG]')
    await page.uncheck('#compound')
    await page.locator('#score').fill('42')
    await page.click('#share')
    await page.waitForFunction(() =>
      document.querySelector('#status')?.textContent?.startsWith('Link copied.'),
    )
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toMatch(/#z=[\w-]+$/)
    await page.context().close()

    const other = await visit({}, link)
    await other.waitForFunction((wanted) => document.querySelector('#result')?.textContent === wanted, text)
    expect(await other.inputValue('#input')).toBe(text)
    expect(await other.isChecked('[value=MISC]')).toBe(true)
    expect(await other.isChecked('[value=ORG]')).toBe(false)
    expect(await other.isChecked('#compound')).toBe(false)
    expect(await other.isChecked('#derived')).toBe(true)
    expect(await other.inputValue('#score')).toBe('42')
    // Broken ones do no harm, neither here nor at the start.
    await other.evaluate(() => {
      location.hash = '#z=AAAA'
    })
    expect(await other.inputValue('#input')).toBe(text)
    await other.context().close()
    const broken = await visit({}, '#z=not-a-text')
    expect(await broken.inputValue('#input')).toBe(EXAMPLES[0]!.text)
    await broken.context().close()

    const plain = await browser.newContext()
    await plain.addInitScript(() => {
      Object.assign(window, { CompressionStream: undefined })
    })
    const old = await plain.newPage()
    await old.goto(server.url)
    await names(old)
    await type(old, text)
    await old.click('#share')
    await old.waitForFunction(() => location.hash.startsWith('#u='))
    const uncompressed = old.url()
    await plain.close()
    const third = await visit({}, uncompressed)
    await third.waitForFunction((wanted) => document.querySelector('#result')?.textContent === wanted, text)
    await third.context().close()
    expect(server.log()).not.toMatch(/Merkel|POST|\/v1\//)
  })

  it('shows any text as it is', async () => {
    const page = await visit()
    const nasty =
      '<img src=x onerror="alert(1)"> & Angela Merkel </article><script>alert(2)</script> &amp; 👩‍👩‍👧 "Köln"'
    await type(page, nasty)
    expect(await names(page)).toEqual(expected(nasty))
    expect(await page.locator('#result img, #result script').count()).toBe(0)
    await type(page, 'This is an English sentence about the weather in London, and about nothing else.')
    expect(await status(page)).toMatch(/This does not look like German \(eng\); expect mistakes\.$/)
    await page.click('#clear')
    await page.waitForFunction(() => document.querySelector('#status')?.textContent?.startsWith('Ready.'))
    expect(await page.textContent('#list')).toBe('No text yet.')
    await page.fill('#input', 'Toqajew sprach in Berlin mit Vertretern der EU. '.repeat(4000))
    await page.waitForFunction(() => document.querySelectorAll('#result mark').length === 12_000, undefined, {
      timeout: 30_000,
    })
    await page.context().close()
  })

  it('keeps contrast in both modes, and types apart without colours', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await visit({ colorScheme, reducedMotion: 'reduce' })
      await page.check('[value=MISC]')
      await type(page, `${EXAMPLES[0]!.text} Das Buch »Momo« und die Documenta, der Oscar, der Grimme-Preis.`)
      await page.locator('#result mark').first().click()
      const ratios = await page.evaluate(contrasts)
      expect(ratios.length).toBeGreaterThan(60)
      for (const { what, ratio } of ratios)
        expect(ratio, `${colorScheme}: ${what}`).toBeGreaterThanOrEqual(4.5)
      const lines = await page.$$eval('.m > mark', (marks) => [
        ...new Set(
          marks.map(
            (mark) =>
              `${mark.parentElement!.className.split(' ')[1]} ${getComputedStyle(mark).borderBottomStyle}`,
          ),
        ),
      ])
      expect(lines.sort()).toEqual(['loc dotted', 'misc dashed', 'org double', 'per solid'])
      expect(await page.$eval('.m > mark', (mark) => getComputedStyle(mark).transitionDuration)).toBe('0s')
      await page.screenshot({ path: join(SHOTS, `${colorScheme}.png`) })
      await page.context().close()
    }
  })

  it('changes the mode by a button, and remembers', async () => {
    const page = await visit({ colorScheme: 'light' })
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await ground()
    expect(await page.getAttribute('#theme', 'aria-pressed')).toBe('false')
    await page.click('#theme')
    expect(await page.getAttribute('#theme', 'aria-pressed')).toBe('true')
    const dark = await ground()
    expect(dark).not.toBe(light)
    await page.reload()
    await names(page)
    expect(await ground()).toBe(dark)
    await page.click('#theme')
    expect(await ground()).toBe(light)
    await page.context().close()
  })

  it('fits on a phone', async () => {
    const page = await visit({
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
      deviceScaleFactor: 2,
    })
    await page.check('[value=MISC]')
    await type(page, `${EXAMPLES[0]!.text} ${'Donaudampfschifffahrtsgesellschaft'.repeat(5)}`)
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
    expect(widths).toEqual([360, 360])
    for (const index of [0, 4, 9]) {
      await page.locator('#result mark').nth(index).tap()
      const box = (await page.locator('.tip').boundingBox())!
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(360)
      expect(box.y + box.height).toBeLessThanOrEqual(740)
    }
    const small = await page.$$eval('button, .switch', (all) =>
      all.filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.textContent),
    )
    expect(small).toEqual([])
    await page.screenshot({ path: join(SHOTS, 'phone.png') })
    await page.context().close()
  })

  it('works without a network after the first visit', async () => {
    const own = await serve(['--workers', '0'])
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(own.url)
    await names(page)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    // The service worker takes the page's files first, and the worker the models.
    await page.waitForFunction(
      async () => (await (await caches.open('eigennamen-models')).keys()).length === 2,
    )
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await own.stop()
    await context.setOffline(true)
    await page.reload()
    expect(await names(page)).toEqual(expected(EXAMPLES[0]!.text))
    await type(page, 'Offline in Kiel mit Olaf Scholz.')
    expect(await names(page)).toEqual(['Kiel', 'Olaf Scholz'])
    await context.close()
  })

  it('fetches the model once', async () => {
    const page = await visit()
    const fetched: string[] = []
    page.context().on('request', (request) => {
      if (request.url().includes('/models/'))
        fetched.push(`${request.method()} ${new URL(request.url()).pathname}`)
    })
    await page.waitForFunction(
      async () => (await (await caches.open('eigennamen-models')).keys()).length === 2,
    )
    await page.reload()
    await names(page)
    expect(fetched.sort()).toEqual(['HEAD /models/gazetteer.bin', 'HEAD /models/news.model'])
    await page.context().close()
  })

  it('says what is wrong where the model cannot be had', async () => {
    const context = await browser.newContext()
    await context.route('**/models/news.model', (route) => route.fulfill({ status: 500, body: 'x' }))
    const page = await context.newPage()
    await page.goto(server.url)
    await page.waitForSelector('#status.bad')
    expect(await status(page)).toMatch(/^Something went wrong: cannot fetch \S+news\.model: 500/)
    expect(await page.isHidden('#progress')).toBe(true)
    await context.close()
  })

  it('lies in the package as plain files for any server', async () => {
    const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
    const site = createServer((request, response) => {
      const path = new URL(request.url!, 'http://x').pathname
      try {
        const bytes = readFileSync(join(ROOT, path.endsWith('/') ? `${path}index.html` : path))
        response.setHeader('Content-Type', types[path.split('.').pop()!] ?? 'text/html')
        response.end(bytes)
      } catch {
        response.writeHead(404).end()
      }
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => site.once('listening', resolve))
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/dist/playground/`)
    expect(await names(page)).toEqual(expected(EXAMPLES[0]!.text))
    await context.close()
    site.close()
  })

  it('breaks no rule of its own Content-Security-Policy, and throws nothing', () => {
    expect(faults).toEqual([])
  })
})

/** In the page: the contrast (WCAG 2.2) of each stretch of visible text with what is behind it. */
function contrasts(): { what: string; ratio: number }[] {
  const parse = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = ([r, g, b]: number[]): number => {
    const [x, y, z] = [r!, g!, b!].map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * x! + 0.7152 * y! + 0.0722 * z!
  }
  const behind = (element: Element | null): number[] => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor)
      if ((color[3] ?? 1) === 1) return color
    }
    return [255, 255, 255]
  }
  const found: { what: string; ratio: number }[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement!
    const words = walker.currentNode.textContent!.trim()
    if (words === '' || !element.checkVisibility() || element.closest('script, style') !== null) continue
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))]
    found.push({ what: words.slice(0, 40), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) })
  }
  return found
}
