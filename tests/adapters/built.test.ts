import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { knows } from './texts.js'

/** The built files, as "npm test" makes them, through the package's own name. */
const require = createRequire(import.meta.url)
const built = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../dist/${file}`, import.meta.url)), 'utf8')

const source = knows(['Kiel', 'LOC', 'name'])

describe('the built adapters', () => {
  it.each(['compromise.js', 'compromise.cjs', 'wink.js', 'wink.cjs'])(
    '%s carries neither model nor Node nor another library',
    (file) => {
      const code = built(file)
      expect(code.length).toBeLessThan(30_000)
      expect(code).not.toMatch(/\b(?:from|import)\s*\(?\s*["']|require\(["']|node:/)
    },
  )

  it.each([
    ['ESM', async (name: string) => await import(/* @vite-ignore */ name)],
    ['CommonJS', async (name: string) => require(name)],
  ])('work from %s', async (_format, load) => {
    const { eigennamenModel } = await load('eigennamen/wink')
    const winkNLP = require('wink-nlp')
    const nlp = winkNLP(eigennamenModel(source))
    expect(nlp.readDoc('Die Möwe in Kiel.').entities().out()).toEqual(['Kiel'])
    const { eigennamenPlugin } = await load('eigennamen/compromise')
    for (const name of ['compromise', 'de-compromise']) {
      const library = require(name)
      library.plugin(eigennamenPlugin(source))
      expect(library('Die Möwe in Kiel.').places().json()).toMatchObject([{ start: 12, end: 16 }])
    }
  })
})
