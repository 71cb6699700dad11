import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))

/**
 * The layers of src, lowest first: text -> tokens -> features -> labels -> spans -> entities. A file may import from its own
 * layer and from lower ones. Training and the command line stand on top; nothing that runs in production reaches them.
 */
const LAYERS = [
  ['errors.ts'],
  ['binary'],
  ['text', 'labels'],
  ['lexicon'],
  ['features', 'decoding'],
  ['network'],
  ['tagger'],
  ['gazetteer'],
  ['types.ts'],
  ['entities'],
  ['recognizer'],
  ['pool', 'adapters'],
  ['formats'],
  ['platform'],
  ['corpus'],
  ['queue'],
  ['public.ts'],
  [
    'index.ts',
    'browser.ts',
    'worker.ts',
    'browser-pool.ts',
    'browser-worker.ts',
    'compromise.ts',
    'wink.ts',
    'bullmq.ts',
  ],
  ['server', 'playground'],
  ['evaluation'],
  ['training'],
  ['cli'],
]

/** The only places where production code may speak to Node: one for files, one for threads. */
const NODE_FILES = ['platform/node.ts', 'platform/worker-threads.ts']

function files(folder = SRC): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return files(path)
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : []
  })
}

function importsOf(file: string): { specifier: string; typeOnly: boolean }[] {
  const found = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (type )?[^'"]*?from '([^']+)'|^import '([^']+)'/gm,
  )
  return [...found].map((match) => ({ specifier: match[2] ?? match[3]!, typeOnly: match[1] !== undefined }))
}

function layerOf(file: string): number {
  const top = relative(SRC, file).split('/')[0]!
  const layer = LAYERS.findIndex((names) => names.includes(top))
  if (layer < 0) throw new Error(`src/${top} stands in no layer; give it a place in ${import.meta.url}`)
  return layer
}

function target(file: string, specifier: string): string {
  return resolve(dirname(file), specifier.replace(/\.js$/, '.ts'))
}

/** Everything reachable from an entry through imports that exist at run time. */
function reachable(entry: string): { files: Set<string>; packages: Set<string> } {
  const seen = new Set<string>()
  const packages = new Set<string>()
  const open = [join(SRC, entry)]
  while (open.length > 0) {
    const file = open.pop()!
    if (seen.has(file) || !file.endsWith('.ts')) continue
    seen.add(file)
    for (const { specifier, typeOnly } of importsOf(file)) {
      if (typeOnly) continue
      if (specifier.startsWith('.')) open.push(target(file, specifier))
      else packages.add(specifier)
    }
  }
  return { files: new Set([...seen].map((file) => relative(SRC, file))), packages }
}

describe('the import graph', () => {
  it('points one way: from higher layers to lower ones', () => {
    const wrong: string[] = []
    for (const file of files()) {
      for (const { specifier } of importsOf(file)) {
        if (!specifier.startsWith('.') || !specifier.endsWith('.js')) continue
        const to = target(file, specifier)
        if (layerOf(to) > layerOf(file)) wrong.push(`${relative(SRC, file)} -> ${relative(SRC, to)}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('has no circles', () => {
    const state = new Map<string, 'open' | 'done'>()
    const circles: string[] = []
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file].map((f) => relative(SRC, f)).join(' -> '))
        return
      }
      state.set(file, 'open')
      for (const { specifier, typeOnly } of importsOf(file)) {
        if (!typeOnly && specifier.startsWith('.') && specifier.endsWith('.js'))
          visit(target(file, specifier), [...path, file])
      }
      state.set(file, 'done')
    }
    for (const file of files()) visit(file, [])
    expect(circles).toEqual([])
  })

  it('keeps node:* in two files of production code, and out of the browser entirely', () => {
    const fromNode = [reachable('index.ts'), reachable('worker.ts')]
    for (const file of fromNode.flatMap(({ files }) => [...files])) {
      const uses = importsOf(join(SRC, file)).some(({ specifier }) => specifier.startsWith('node:'))
      expect(uses && !NODE_FILES.includes(file), file).toBe(false)
    }
    const fromBrowser = [reachable('browser.ts'), reachable('browser-worker.ts')]
    for (const { files, packages } of fromBrowser) {
      expect([...packages].filter((name) => name.startsWith('node:'))).toEqual([])
      expect([...files].filter((file) => NODE_FILES.includes(file))).toEqual([])
    }
    for (const entry of [...fromNode, ...fromBrowser]) {
      expect([...entry.files].filter((file) => /^(cli|training|evaluation)\//.test(file))).toEqual([])
    }
  })

  it('keeps adapters to themselves: no package, no Node, nothing that loads a model', () => {
    for (const entry of ['compromise.ts', 'wink.ts']) {
      const { files, packages } = reachable(entry)
      expect([...packages], entry).toEqual([])
      expect(
        [...files].filter((file) => !/^(adapters|labels|errors\.ts|compromise\.ts|wink\.ts)/.test(file)),
      ).toEqual([])
    }
  })

  it('lets the formats do without model and gazetteer', () => {
    const { files: reached, packages } = reachable('formats/public.ts')
    const heavy =
      /^(tagger|gazetteer|features|decoding|lexicon|recognizer|platform|cli|training|evaluation)\//
    expect([...reached].filter((file) => heavy.test(file))).toEqual([])
    expect([...packages]).toEqual([])
  })

  it('hands the queue its recogniser: nothing that loads a model', () => {
    const { files: reached, packages } = reachable('bullmq.ts')
    const heavy = /^(tagger|features|decoding|lexicon|platform|cli|training|evaluation)\/|gazetteer\/table/
    expect([...reached].filter((file) => heavy.test(file))).toEqual([])
    expect([...packages].filter((name) => !name.startsWith('node:')).sort()).toEqual(['bullmq', 'fzstd'])
  })

  it('loads few packages', () => {
    expect([...reachable('browser.ts').packages]).toEqual(['franc', 'fastest-levenshtein'])
  })

  it('loads the server only for the command that serves', () => {
    const { files: reached, packages } = reachable('cli/main.ts')
    expect([...reached].filter((file) => file.startsWith('server/'))).toEqual([])
    expect([...packages].filter((name) => name.includes('hono'))).toEqual([])
  })

  it('never uses what depends on machine, time or chance where bytes are made', () => {
    for (const file of files()) {
      const text = readFileSync(file, 'utf8')
      expect(/Math\.random\(|toLocale(Lower|Upper)Case|localeCompare/.test(text), relative(SRC, file)).toBe(
        false,
      )
    }
  })
})
