import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    {
      // The word lists of src are plain text files; tsup inlines them with esbuild's text loader, this does the same.
      name: 'text-files',
      enforce: 'pre',
      load(id) {
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
