// Runs the compiled blocks of one guide in order, in its own folder: node runner.mjs STEPS.json
// A step is { line, language, content | module, output? }; the first fault ends the run and is told on standard error.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { format, inspect } from 'node:util'

const REST = Symbol('...')
let line = 0
let printed = ''
let mark = 0

console.log = (...values) => {
  printed += `${format(...values)}\n`
}

class Mismatch extends Error {}

/** `...` stands for any characters in a line, and for any lines on a line of its own. Blanks at the ends of lines do not count. */
function sameText(expected, actual) {
  const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const lines = expected.trimEnd().split('\n')
  const patterns = lines.map((text) =>
    text.trim() === '...' ? '(?:.*\\n)*?' : `${text.trimEnd().split('...').map(literal).join('.*?')}\\n`,
  )
  const shown = actual.replace(/[ \t]+$/gm, '').trimEnd()
  return new RegExp(`^${patterns.join('')}$`).test(`${shown}\n`)
}

/** Arrays and objects may be cut short by a last `...`; fractions agree to two decimals. */
function sameValue(expected, actual) {
  if (typeof expected === 'number' && typeof actual === 'number' && !Number.isInteger(expected)) {
    return Math.abs(expected - actual) <= 0.005
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return false
    const isCut = expected.at(-1) === REST
    const items = isCut ? expected.slice(0, -1) : expected
    if (isCut ? actual.length < items.length : actual.length !== items.length) return false
    return items.every((item, index) => sameValue(item, actual[index]))
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false
    const { [REST]: isCut, ...fields } = expected
    if (!isCut && Object.keys(actual).some((key) => !(key in fields))) return false
    return Object.entries(fields).every(([key, value]) => sameValue(value, actual[key]))
  }
  return Object.is(expected, actual)
}

function parseValue(text) {
  const source = text
    .replace(/(?<=[[{,]\s*)\.\.\.(?=\s*\])/g, '$rest')
    .replace(/(?<=[[{,]\s*)\.\.\.(?=\s*\})/g, '[$rest]: true')
  try {
    return new Function('$rest', `return (${source})`)(REST)
  } catch (error) {
    throw new Mismatch(`the expected value is no JavaScript: ${text} (${error.message})`)
  }
}

const fault = (expected, actual) => new Mismatch(`the guide says\n${expected}\nbut it is\n${actual}`)

Object.assign(globalThis, {
  $at: (number) => {
    line = number
  },
  $value: (expected, actual) => {
    if (!sameValue(parseValue(expected), actual)) throw fault(expected, inspect(actual, { depth: 9 }))
  },
  $print: () => {
    mark = printed.length
  },
  $printed: (expected) => {
    if (!sameText(expected, printed.slice(mark))) throw fault(expected, printed.slice(mark))
  },
  $throws: async (expected, run) => {
    const found = await run().then(
      () => 'nothing is thrown',
      (error) => `${error.name} ${error.code}: ${error.message}`,
    )
    if (!sameText(`...${expected}...`, found)) throw fault(expected, found)
  },
})

async function runStep({ language, content, module, output }) {
  printed = ''
  if (language === 'ts') {
    await import(pathToFileURL(module).href)
  } else {
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', content], { encoding: 'utf8' })
    if (status !== 0) throw new Mismatch(`exit code ${status}\n${stdout}${stderr}`)
    printed = stdout
  }
  if (output !== undefined && !sameText(output, printed)) throw fault(output, printed)
}

for (const step of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  line = step.line
  try {
    await runStep(step)
  } catch (error) {
    process.stderr.write(`line ${line}: ${error instanceof Mismatch ? error.message : error.stack}\n`)
    process.exit(1)
  }
}
// Pools and servers that a guide leaves open do not matter here.
process.exit(0)
