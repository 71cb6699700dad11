import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blocksOf } from './blocks.js'
import { compileBlock } from './compile.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FIXTURES = fileURLToPath(new URL('./fixtures', import.meta.url))
const RUNNER = fileURLToPath(new URL('./runner.mjs', import.meta.url))

/**
 * Runs the blocks of a guide, in order, in a folder of their own: with the built package as `eigennamen`, its command line in the
 * path, the files of `fixtures`, and the repository's corpus and models.
 * @throws Error with file, line, what the guide says and what is the case
 */
export async function runGuide(name: string, markdown: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'eigennamen-docs-'))
  try {
    furnish(folder)
    const steps = blocksOf(markdown).flatMap((block, index) => {
      if (block.language === 'sh') return block.noRun === undefined ? [block] : []
      // Whether it is run or not, it must be TypeScript.
      const code = compileBlock(block.content, block.line + 1)
      if (block.noRun !== undefined) return []
      const module = join(folder, `block-${index}.mjs`)
      writeFileSync(module, code)
      return [{ ...block, module }]
    })
    const list = join(folder, 'steps.json')
    writeFileSync(list, JSON.stringify(steps))
    const { status, errors } = await run(folder, [RUNNER, list])
    if (status !== 0) throw new Error(`${name}, ${errors}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function furnish(folder: string): void {
  cpSync(FIXTURES, folder, { recursive: true })
  for (const name of ['corpus', 'models']) symlinkSync(join(ROOT, name), join(folder, name))
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules', 'eigennamen'))
  for (const peer of ['compromise', 'de-compromise', 'wink-nlp']) {
    symlinkSync(join(ROOT, 'node_modules', peer), join(folder, 'node_modules', peer))
  }
  mkdirSync(join(folder, 'bin'))
  const command = join(folder, 'bin', 'eigennamen')
  writeFileSync(command, `#!/bin/sh\nexec node ${JSON.stringify(join(ROOT, 'dist/cli.js'))} "$@"\n`)
  chmodSync(command, 0o755)
}

function run(folder: string, args: readonly string[]): Promise<{ status: number | null; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, errors }))
  })
}
