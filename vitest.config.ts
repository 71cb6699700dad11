import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    {
      // Word lists of src are plain text files and kernels are binary ones; tsup inlines both with esbuild's loaders, this does the same.
      name: 'text-files',
      enforce: 'pre',
      load(id) {
        if (id.endsWith('.wasm'))
          return `export default Uint8Array.from(atob(${JSON.stringify(readFileSync(id).toString('base64'))}), (c) => c.charCodeAt(0))`
        if (!id.endsWith('.txt')) return undefined
        return `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`
      },
    },
  ],
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    // The types of the built package; see tests/types.
    typecheck: { enabled: true, include: ['tests/types/*.test-d.ts'], tsconfig: 'tests/types/tsconfig.json' },
  },
})
