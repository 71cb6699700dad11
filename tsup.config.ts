import { defineConfig } from 'tsup'

const text = { '.txt': 'text' } as const

/** Library and formats (ESM, CommonJS, types), the library for browsers, the adapters for other libraries, the command line. */
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
    // Neither model nor loader nor the other library: an adapter is handed its recogniser.
    entry: { compromise: 'src/compromise.ts', wink: 'src/wink.ts' },
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    splitting: false,
    dts: true,
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
