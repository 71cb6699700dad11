import { defineConfig } from 'tsup'

const text = { '.txt': 'text' } as const
/** Bundled where no package manager has put it beside: CommonJS, since franc is ESM only, and pages without a bundler. */
const bundled = ['franc', 'fastest-levenshtein']
/** What only the command line and the queue need is no dependency of the library. */
const commandLine = ['fzstd', 'hyparquet-writer']
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

/**
 * The library, its formats, its worker thread, the queue and the command line as ES modules that share their code; library, formats
 * and queue for CommonJS, where pools start the same worker; the library for browsers; the adapters for other libraries, which are
 * handed their recogniser and so hold neither model nor loader.
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
    entry: { browser: 'src/browser.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    dts: true,
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
])
