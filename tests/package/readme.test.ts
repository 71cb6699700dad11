import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

describe('the README', () => {
  const { exports, bin, engines, scripts } = JSON.parse(read('package.json'))
  const readme = read('README.md')
  /** `eigennamen/formats` and the like: in imports and in running text. */
  const mentioned = new Set(
    [...readme.matchAll(/(?:from|import|import\()\s*'eigennamen(\/[\w-]+)'|`eigennamen(\/[\w-]+)`/g)].map(
      ([, imported, named]) => `.${imported ?? named}`,
    ),
  )

  it('names no subpath that the package does not export', () => {
    expect(mentioned.size).toBeGreaterThan(2)
    expect([...mentioned].filter((path) => !(path in exports))).toEqual([])
  })

  it('names the Node and the scripts that there are', () => {
    expect(readme).toContain(`Node ${/\d+/.exec(engines.node)![0]} or later`)
    const runs = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!)
    expect(runs.filter((name) => !(name in scripts))).toEqual([])
    expect(readme).toContain(`${Object.keys(bin)[0]} extract`)
  })
})
