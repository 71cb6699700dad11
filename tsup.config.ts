import { defineConfig } from 'tsup'

const text = { '.txt': 'text' } as const

/** Three builds: library and formats (ESM, CommonJS, types), the library for browsers, and the command line. */
export default defineConfig([
  {
    entry: { index: 'src/index.ts', formats: 'src/formats/public.ts' },
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'node',
    dts: true,
    shims: true,
    loader: text,
    noExternal: ['franc', 'fastest-levenshtein'],
  },
  {
    entry: { browser: 'src/browser.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    dts: true,
    loader: text,
    noExternal: ['franc', 'fastest-levenshtein'],
  },
  {
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    loader: text,
    banner: { js: '#!/usr/bin/env node' },
  },
])
