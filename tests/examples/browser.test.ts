import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { extname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { chromiumPath, launch } from '../browser/chromium.js'
import { ROOT } from '../cli/batch-run.js'

const found = chromiumPath() !== undefined
if (!found) console.warn('skipped: there is no Chromium; install it, or name one in CHROMIUM')

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

let server: Server | undefined
let browser: Browser | undefined

/** The repository as a server of static files. */
function serve(): Promise<string> {
  server = createServer((request, response) => {
    const path = join(ROOT, new URL(request.url ?? '/', 'http://x').pathname)
    if (!existsSync(path)) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
    return response.end(readFileSync(path))
  })
  return new Promise((resolve) => {
    server!.listen(0, '127.0.0.1', () => {
      const address = server!.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    })
  })
}

describe.skipIf(!found)('examples/browser.html in Chromium', () => {
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  it('marks the names of its text, and of what is typed', async () => {
    const origin = await serve()
    browser = await launch()
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`${origin}/examples/browser.html`)
    const marks = page.locator('output mark')
    await marks.first().waitFor()
    const titles = () =>
      marks.evaluateAll((all) => all.map((mark) => `${mark.className} ${(mark as HTMLElement).title}`))
    expect(await titles()).toEqual([
      'LOC Kiel',
      'PER Qassym-Schomart Toqajew',
      'LOC Astana',
      'PER Qassym-Schomart Toqajew',
      'ORG Europäische Kommission',
    ])
    const text = 'Die OVKS tagt in Kiew <b>heute</b>.'
    await page.locator('textarea').fill(text)
    expect(await page.locator('output').textContent()).toBe(text)
    expect(await titles()).toEqual(['ORG Organisation des Vertrags über kollektive Sicherheit', 'LOC Kiew'])
    expect(faults).toEqual([])
  })
})
