import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { defineConfig, type Options } from 'tsup'
import { PAGE } from './src/playground/page.js'
import { PLAYGROUND_STYLE } from './src/playground/style.js'

const text = { '.txt': 'text', '.wasm': 'binary' } as const
/** Bundled where no package manager has put it beside: CommonJS, since franc is ESM only, and pages without a bundler. */
const bundled = ['franc', 'fastest-levenshtein']
/** What only the command line and the queue need is no dependency of the library. */
const commandLine = ['fzstd', 'hyparquet-writer', 'hono', '@hono/node-server']
/** Shipped without blanks, but with its names: stack traces stay readable. */
const compact = {
  esbuildOptions(options: {
    minifyWhitespace?: boolean
    minifySyntax?: boolean
    charset?: 'utf8' | 'ascii'
  }) {
    options.minifyWhitespace = true
    options.minifySyntax = true
    options.charset = 'utf8'
  },
}
/** But for the libraries of the command line, whose names help nobody: a third of them less. */
const shortNames: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'short-names',
  setup({ onLoad, esbuild }) {
    onLoad(
      { filter: /node_modules\/(?:@?hono|hyparquet|hyparquet-writer|fzstd)\/.*js$/ },
      async ({ path }) => {
        const { code } = await esbuild.transform(await readFile(path, 'utf8'), {
          minify: true,
          target: 'es2022',
        })
        return { contents: code }
      },
    )
  },
}

/** Writes the playground's page and style beside its scripts, which import the library for browsers and do not hold it. */
const playgroundPage: typeof shortNames = {
  name: 'playground-page',
  setup({ onEnd, onResolve, esbuild }) {
    onResolve({ filter: /\/browser\.js$/ }, () => ({ path: '../browser.js', external: true }))
    onEnd(async () => {
      const { code } = await esbuild.transform(PLAYGROUND_STYLE, { loader: 'css', minify: true })
      await mkdir('dist/playground', { recursive: true })
      await writeFile('dist/playground/playground.css', code)
      await writeFile('dist/playground/index.html', PAGE)
    })
  },
}

/**
 * The library, its formats, its worker thread, the queue and the command line as ES modules that share their code; library, formats
 * and queue for CommonJS, where pools start the same worker; the library for browsers and its Web Worker; the adapters for other
 * libraries, which are handed their recogniser and so hold neither model nor loader; the playground.
 */
export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      formats: 'src/formats/public.ts',
      bullmq: 'src/bullmq.ts',
      worker: 'src/worker.ts',
      cli: 'src/cli/main.ts',
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    dts: { entry: { index: 'src/index.ts', formats: 'src/formats/public.ts', bullmq: 'src/bullmq.ts' } },
    loader: text,
    noExternal: commandLine,
    external: bundled,
    esbuildPlugins: [shortNames],
    ...compact,
  },
  {
    entry: { index: 'src/index.ts', formats: 'src/formats/public.ts' },
    format: ['cjs'],
    target: 'es2022',
    platform: 'node',
    dts: { entry: { index: 'src/index.ts', formats: 'src/formats/public.ts', bullmq: 'src/bullmq.ts' } },
    shims: true,
    loader: text,
    noExternal: bundled,
    ...compact,
  },
  {
    entry: { bullmq: 'src/bullmq.ts' },
    format: ['cjs'],
    target: 'es2022',
    platform: 'node',
    noExternal: ['fzstd'],
    minify: true,
  },
  {
    // browser-pool is imported by browser alone; as an entry it gets files without model code, which a page of the pool needs none of.
    entry: {
      browser: 'src/browser.ts',
      'browser-pool': 'src/browser-pool.ts',
      'browser-worker': 'src/browser-worker.ts',
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    splitting: true,
    dts: { entry: { browser: 'src/browser.ts', 'browser-worker': 'src/browser-worker.ts' } },
    loader: text,
    noExternal: bundled,
    ...compact,
  },
  {
    entry: { compromise: 'src/compromise.ts', wink: 'src/wink.ts' },
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    splitting: false,
    dts: true,
    ...compact,
  },
  {
    entry: {
      playground: 'src/playground/main.ts',
      recogniser: 'src/playground/recogniser.ts',
      offline: 'src/playground/offline.ts',
    },
    outDir: 'dist/playground',
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    splitting: false,
    minify: true,
    esbuildPlugins: [playgroundPage],
  },
])
