import { defineConfig } from 'tsup'

const text = { '.txt': 'text' } as const
/** Bundled, so that CommonJS works although franc is ESM only, and so that the command line needs nothing else. */
const bundled = ['franc', 'fastest-levenshtein', 'fzstd', 'hyparquet-writer']

/**
 * The library, its formats, its worker thread and the command line as ES modules that share their code; library and formats for
 * CommonJS, which start the same worker; the library for browsers; the adapters for other libraries, which are handed their
 * recogniser and so hold neither model nor loader.
 */
export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      formats: 'src/formats/public.ts',
      worker: 'src/worker.ts',
      cli: 'src/cli/main.ts',
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    dts: { entry: { index: 'src/index.ts', formats: 'src/formats/public.ts' } },
    loader: text,
    noExternal: bundled,
  },
  {
    entry: { index: 'src/index.ts', formats: 'src/formats/public.ts' },
    format: ['cjs'],
    target: 'es2022',
    platform: 'node',
    dts: true,
    shims: true,
    loader: text,
    noExternal: bundled,
  },
  {
    entry: { browser: 'src/browser.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    dts: true,
    loader: text,
    noExternal: bundled,
  },
  {
    entry: { compromise: 'src/compromise.ts', wink: 'src/wink.ts' },
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    splitting: false,
    dts: true,
  },
])
