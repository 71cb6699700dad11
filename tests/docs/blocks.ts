/** What a fenced block of a guide asks for. */
export interface Block {
  /** 1-based line of its fence. */
  readonly line: number
  readonly language: 'ts' | 'sh'
  readonly content: string
  /** Why it cannot run here, where it says `no-run`. */
  readonly noRun?: string
  /** Standard output as the guide shows it: the plain block right behind. */
  readonly output?: string
}

/** Blocks that are neither run nor output. */
const SHOWN_ONLY = new Set(['text', 'json', 'html', 'tsv'])
const REASON = /^<!-- no-run: (.+) -->$/
const COMMAND = /^<!-- output of: (.+) -->$/

interface Fence {
  readonly line: number
  readonly info: string
  readonly content: string
  /** The last line before the fence that is not empty. */
  readonly before: string
  /** Nothing but empty lines stands between it and the fence before. */
  readonly follows: boolean
}

/**
 * The blocks of a Markdown file that can be checked, in order. `ts` and `sh` are run; a plain block right behind one of them is
 * its output, and one behind `<!-- output of: COMMAND -->` that of the command. `no-run` needs `<!-- no-run: REASON -->` before it.
 * @throws Error that names the line of a block which would pass unchecked
 */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = []
  let runnable: Block | undefined
  for (const fence of fencesOf(markdown)) {
    const [language, ...words] = fence.info.split(' ').filter(Boolean)
    const at = `line ${fence.line}`
    if (language === undefined) {
      const command = COMMAND.exec(fence.before)?.[1]
      if (command !== undefined) {
        blocks.push({ line: fence.line, language: 'sh', content: command, output: fence.content })
      } else if (fence.follows && runnable !== undefined && runnable.noRun === undefined) {
        blocks[blocks.length - 1] = { ...runnable, output: fence.content }
      } else {
        throw new Error(
          `${at}: a plain block is output, but nothing is run before it; mark it "text" if it is none`,
        )
      }
      runnable = undefined
      continue
    }
    runnable = undefined
    if (SHOWN_ONLY.has(language)) continue
    if (language !== 'ts' && language !== 'sh') {
      throw new Error(
        `${at}: a block of "${language}" is not run; write ts, sh, or one of ${[...SHOWN_ONLY].join(', ')}`,
      )
    }
    if (words.some((word) => word !== 'no-run')) {
      throw new Error(`${at}: "${fence.info}" holds an unknown word; known is no-run`)
    }
    const noRun = words.length > 0 ? REASON.exec(fence.before)?.[1] : undefined
    if (words.length > 0 && noRun === undefined) {
      throw new Error(`${at}: no-run needs a line "<!-- no-run: REASON -->" before the block`)
    }
    runnable = {
      line: fence.line,
      language,
      content: fence.content,
      ...(noRun === undefined ? {} : { noRun }),
    }
    blocks.push(runnable)
  }
  return blocks
}

function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = []
  const lines = markdown.split('\n')
  let before = ''
  let follows = false
  for (let i = 0; i < lines.length; i++) {
    const info = /^```(.*)$/.exec(lines[i]!)?.[1]
    if (info === undefined) {
      if (lines[i]!.trim() !== '') {
        before = lines[i]!.trim()
        follows = false
      }
      continue
    }
    const end = lines.indexOf('```', i + 1)
    if (end < 0) throw new Error(`line ${i + 1}: the block is never closed`)
    fences.push({ line: i + 1, info, content: lines.slice(i + 1, end).join('\n'), before, follows })
    before = ''
    follows = true
    i = end
  }
  return fences
}
