import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { blocksOf } from './blocks.js'
import { runGuide } from './guide.js'
import { typeFaults } from './type-check.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Its blocks are shell, Python and JavaScript beside each other; pipelines.test.ts runs them. */
const OWN_TEST = 'pipelines.md'
const PAGES = [
  'README.md',
  'README.de.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
/** Pages whose blocks are run here. */
const GUIDES = PAGES.filter((name) => !name.endsWith(OWN_TEST))
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8')
/** Blocks that nothing here can run; each says why. */
const MOST_NOT_RUN = 10

describe('the guides', () => {
  it.concurrent.each(GUIDES)(
    '%s: every block does what it says',
    async (name) => {
      await runGuide(name, read(name))
    },
    120_000,
  )

  it('hold blocks that type check', () => {
    expect(typeFaults(new Map(GUIDES.map((name) => [name, blocksOf(read(name))])))).toEqual([])
  }, 120_000)

  it('leaves few blocks out', () => {
    const left = GUIDES.flatMap((name) =>
      blocksOf(read(name)).flatMap(({ line, noRun }) =>
        noRun === undefined ? [] : [`${name}:${line} ${noRun}`],
      ),
    )
    expect(left.length, left.join('\n')).toBeLessThanOrEqual(MOST_NOT_RUN)
  })

  it('have no dead links to files, and to headings of guides', () => {
    const dead = [...PAGES, 'models/README.md', 'corpus/README.md'].flatMap((name) => {
      const links = read(name).matchAll(/\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)/g)
      return [...links].flatMap(([, path, anchor]) => {
        const target = path === '' ? name : join(dirname(name), path!)
        if (!existsSync(join(ROOT, target))) return [`${name}: ${path}`]
        if (anchor === undefined || !target.endsWith('.md')) return []
        return headings(read(target)).has(anchor.slice(1)) ? [] : [`${name}: ${path}${anchor}`]
      })
    })
    expect(dead).toEqual([])
  })

  it('both READMEs link the same guides', () => {
    const links = (name: string) =>
      new Set([...read(name).matchAll(/\]\((docs\/[^)#]*)/g)].map(([, path]) => path))
    expect(links('README.de.md')).toEqual(links('README.md'))
  })
})

/** Anchors of a page's headings, as GitHub makes them. */
function headings(markdown: string): Set<string> {
  const titles = markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)
  return new Set(
    [...titles].map(([, title]) =>
      title!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\- _]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}
