import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOT } from '../cli/batch-run.js'
import { freePort } from '../queue/redis.js'

const ARTICLES = readFileSync(join(ROOT, 'examples/articles.jsonl'), 'utf8')
const started: ChildProcess[] = []

function node(args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, input, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

/** The examples use the built package by its own name. */
const example = (name: string) => import(/* @vite-ignore */ join(ROOT, 'examples', name))

afterAll(() => {
  for (const child of started) child.kill()
})

describe('examples/corpus.mjs', () => {
  it('counts an entity once for all its spellings', () => {
    const lines = node(['examples/corpus.mjs', 'examples/articles.jsonl']).split('\n')
    expect(lines).toContain('    2  PER  Qassym-Schomart Toqajew  (gipfel)')
    expect(lines).toContain('    3  LOC  Kiel  (hafen, museum)')
  })
})

describe('examples/elasticsearch.mjs', () => {
  it('writes two lines an article for the bulk API', () => {
    const lines = node(['examples/elasticsearch.mjs'], ARTICLES).trimEnd().split('\n')
    const articles = ARTICLES.trimEnd().split('\n')
    expect(lines).toHaveLength(2 * articles.length)
    for (const [index, article] of articles.entries()) {
      const { id, text, ...rest } = JSON.parse(article)
      expect(JSON.parse(lines[2 * index]!)).toEqual({ index: { _index: 'news', _id: id } })
      const row = JSON.parse(lines[2 * index + 1]!)
      expect(row).toMatchObject(rest)
      expect(row.id).toBeUndefined()
      expect(row.mentions.length).toBeGreaterThan(0)
      for (const { start, end, text: mention } of row.mentions) expect(text.slice(start, end)).toBe(mention)
    }
    expect(JSON.parse(lines[1]!)).toMatchObject({
      people: expect.arrayContaining(['Frauke Lindhorst']),
      places: expect.arrayContaining(['Kiel']),
    })
  })

  it('maps every field that it writes', () => {
    const { mappings } = JSON.parse(node(['examples/elasticsearch.mjs', '--mapping']))
    const [, row] = node(['examples/elasticsearch.mjs'], ARTICLES).split('\n')
    const { mentions, ...fields } = JSON.parse(row!)
    expect(Object.keys(mappings.properties)).toEqual(expect.arrayContaining(Object.keys(fields)))
    for (const mention of mentions)
      expect(Object.keys(mappings.properties.mentions.properties)).toEqual(
        expect.arrayContaining(Object.keys(mention)),
      )
  })

  it('leaves the article alone', async () => {
    const { enrich } = await example('elasticsearch.mjs')
    const { loadRecognizer } = await import('../../src/index.js')
    const article = Object.freeze({ id: 1, text: 'Die OVKS tagt in Astana.' })
    expect(enrich(await loadRecognizer(), article)).toMatchObject({
      id: 1,
      places: ['Astana'],
      wikidata: ['Q1520'],
    })
  })
})

describe('examples/next-route.mjs', () => {
  const post = async (body: unknown) => {
    const { POST } = await example('next-route.mjs')
    const request = new Request('http://x/api', { method: 'POST', body: JSON.stringify(body) })
    const response: Response = await POST(request)
    return { status: response.status, body: await response.json() }
  }

  it('answers entities, and says what it cannot take', async () => {
    expect(await post({ text: 'Die OVKS tagt in Astana.' })).toMatchObject({
      status: 200,
      body: { entities: [{ text: 'OVKS' }, { text: 'Astana', id: 'Q1520' }] },
    })
    expect(await post({ texts: [] })).toMatchObject({ status: 400 })
    expect(await post(undefined)).toMatchObject({ status: 400 })
    expect(await post({ text: 'x'.repeat(100_001) })).toMatchObject({ status: 413 })
  })
})

describe('examples/express.mjs', () => {
  it('answers entities, and says what it cannot take', async () => {
    const port = await freePort()
    const server = spawn(process.execPath, ['examples/express.mjs'], {
      cwd: ROOT,
      env: { ...process.env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    started.push(server)
    await new Promise((resolve) => server.stdout.once('data', resolve))
    const post = async (body: string) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`http://127.0.0.1:${port}/entities`, { method: 'POST', headers, body })
      return { status: response.status, body: await response.json() }
    }
    expect(await post('{"text":"Die OVKS tagt in Astana."}')).toMatchObject({
      status: 200,
      body: { entities: [{ text: 'OVKS' }, { text: 'Astana', id: 'Q1520' }] },
    })
    expect(await post('{}')).toMatchObject({ status: 400 })
    expect(await post('{"text":')).toMatchObject({ status: 400 })
    expect(await post(JSON.stringify({ text: 'x'.repeat(2e6) }))).toMatchObject({ status: 413 })
    const ended = new Promise((resolve) => server.once('close', resolve))
    server.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
