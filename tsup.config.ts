import { defineConfig } from 'tsup'

const text = { '.txt': 'text' } as const
/** Bundled, so that CommonJS works although franc is ESM only, and so that the command line needs nothing else. */
const bundled = ['franc', 'fastest-levenshtein', 'fzstd']

/**
 * Three builds: the library, its worker thread and the command line as ES modules that share their code; the library for
 * CommonJS, which starts the same worker; the library for browsers.
 */
export default defineConfig([
  {
    entry: { index: 'src/index.ts', worker: 'src/worker.ts', cli: 'src/cli/main.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    dts: { entry: { index: 'src/index.ts' } },
    loader: text,
    noExternal: bundled,
  },
  {
    entry: { index: 'src/index.ts' },
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
])
