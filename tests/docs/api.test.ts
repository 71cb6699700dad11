import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { apiReference } from './api-reference.js'

const PAGE = fileURLToPath(new URL('../../docs/api.md', import.meta.url))

const reference = apiReference()

it('the API reference is what the docstrings say', async () => {
  // npm run docs:api writes the page anew.
  await expect(reference).toMatchFileSnapshot(PAGE)
})

it('everything public has a docstring', () => {
  const bare = [...reference.matchAll(/^### (\w+)\n\n(?:`.*`\n\n)?(?=###|##|\| member)/gm)].map(
    ([, name]) => name,
  )
  expect(bare).toEqual([])
})
