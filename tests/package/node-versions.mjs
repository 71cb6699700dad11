// The packed tarball under each Node that the package promises, whose binaries come from the npm registry: from ESM, CommonJS and
// the command line, on threads, and a large part of the test suite. With --others also under Bun and Deno (a smoke each).
//
//   node tests/package/node-versions.mjs [--others] [MAJOR...]
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'eigennamen-versions-'))
const app = join(folder, 'app')
const args = process.argv.slice(2)
const asked = args.filter((arg) => /^\d+$/.test(arg))
const majors = asked.length > 0 ? asked : ['20', '22', '24', '26']
const others = args.includes('--others')

/** Tests of what Node itself is part of: memory, threads, files, streams, processes. The rest computes the same everywhere. */
const TESTS = [
  'binary',
  'text',
  'pool',
  'platform',
  'recognizer/loading',
  'formats/formats',
  'formats/tables',
  'adapters/built',
  'cli/cli',
]

const TEXT = 'Toqajew traf in Nur-Sultan Vertreter der OVKS.'
const EXPECTED = 'Qassym-Schomart Toqajew|Astana|Organisation des Vertrags über kollektive Sicherheit'
const SMOKE = `
const seen = []
const ner = await loadRecognizer({ onProgress: ({ file, loaded, total }) => seen.push(file + (loaded === total)) })
if (seen.sort().join() !== 'gazetteertrue,modeltrue') throw new Error('progress ' + seen)
const text = ${JSON.stringify(TEXT)}
const found = ner.recognize(text).entities.map((e) => e.canonical).join('|')
if (found !== ${JSON.stringify(EXPECTED)}) throw new Error('found ' + found)
const lone = 'Merkel \\ud800 in Berlin'
for (const e of ner.recognize(lone).entities) if (lone.slice(e.start, e.end) !== e.text) throw new Error('offsets')
const pool = await createPool({ workers: 2 })
let count = 0
for await (const doc of pool.stream(Array(20).fill(text))) {
  if (doc.entities.map((e) => e.canonical).join('|') !== found) throw new Error('found in the pool ' + doc.entities.length)
  count++
}
if (count !== 20) throw new Error('documents of the pool: ' + count)
const refused = await pool.recognize('x', { minScore: 2 }).catch((error) => error)
if (refused.code !== 'INVALID_OPTION') throw new Error('not refused: ' + refused)
if (!formatHtml([{ id: 'x', text, entities: [] }]).includes(text)) throw new Error('formatHtml')
console.log('ok')
// No close: a pool with nothing to do lets the process end.
`

function run(command, args, { cwd = app, input = '', env = process.env } = {}) {
  try {
    return execFileSync(command, args, { cwd, input, env, encoding: 'utf8', stdio: 'pipe', timeout: 300_000 })
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`)
  }
}

function expect(condition, message) {
  if (!condition) throw new Error(`wrong: ${message}`)
}

/** Both smokes and the command line. `exec` is the binary with what stands before a script. */
function smoke(exec, commandLine) {
  for (const script of ['smoke.mjs', 'smoke.cjs'])
    expect(run(exec[0], [...exec.slice(1), script]) === 'ok\n', script)
  if (!commandLine) return
  const cli = join(app, 'node_modules/eigennamen/dist/cli.js')
  const record = JSON.parse(run(exec[0], [cli, 'extract'], { input: TEXT }))
  expect(record.entities.map((e) => e.canonical).join('|') === EXPECTED, 'extract')
  const lines = `${TEXT}\n`.repeat(40)
  run(exec[0], [cli, 'batch', '-', '--stdin', 'txt', '--workers', '2', '--force', '--out', 'o.jsonl.gz'], {
    input: lines,
  })
  writeFileSync(join(app, 'in.jsonl'), `${JSON.stringify({ text: TEXT })}\n`.repeat(40))
  run(exec[0], [cli, 'batch', 'in.jsonl', '--workers', '2', '--force', '--out', 'o.jsonl'])
  const rows = readFileSync(join(app, 'o.jsonl'), 'utf8').trimEnd().split('\n')
  expect(rows.length === 40 && rows.every((row) => JSON.parse(row).entities.length === 3), 'batch')
}

/** npm's name of the platform package with the `node` binary. */
function nodePackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  return `node-${platform}-${process.arch}`
}

const OTHERS = {
  bun: {
    package: `@oven/bun-${process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`,
    exec: ['bin/bun'],
  },
  deno: {
    package: `@deno/${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`,
    exec: ['deno', 'run', '--allow-all'],
  },
}

try {
  mkdirSync(app)
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root }),
  )
  copyFileSync(join(folder, packed.filename), join(app, 'eigennamen.tgz'))
  writeFileSync(join(app, 'package.json'), '{ "private": true }')
  const binaries = [
    ...majors.map((major) => `node${major}@npm:${nodePackage()}@${major}`),
    ...(others ? Object.entries(OTHERS).map(([name, { package: from }]) => `${name}@npm:${from}`) : []),
  ]
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error']
  run('npm', ['install', ...quiet, './eigennamen.tgz', ...binaries])
  const names = '{ createPool, loadRecognizer }'
  writeFileSync(
    join(app, 'smoke.mjs'),
    `import ${names} from 'eigennamen'\nimport { formatHtml } from 'eigennamen/formats'\n${SMOKE}`,
  )
  writeFileSync(
    join(app, 'smoke.cjs'),
    `const ${names} = require('eigennamen')\nconst { formatHtml } = require('eigennamen/formats')
;(async () => {${SMOKE}})().catch((error) => { console.error(error); process.exit(1) })`,
  )

  for (const major of majors) {
    const begun = Date.now()
    const node = join(app, `node_modules/node${major}/bin/node${process.platform === 'win32' ? '.exe' : ''}`)
    const version = run(node, ['--version']).trim()
    expect(version.startsWith(`v${major}.`), `${node} is ${version}`)
    smoke([node], true)
    let tests = 'the suite ran under this one already'
    // Not twice: `npm test` runs under the Node that runs this.
    if (major !== process.versions.node.split('.')[0]) {
      const vitest = join(root, 'node_modules/vitest/vitest.mjs')
      const env = { ...process.env, NO_COLOR: '1', PATH: `${join(node, '..')}:${process.env.PATH}` }
      const paths = TESTS.map((path) => `tests/${path}`)
      const output = run(node, [vitest, 'run', '--typecheck.enabled=false', ...paths], { cwd: root, env })
      tests = /Tests\s+(.*)/.exec(output)?.[1] ?? ''
      expect(/^\d+ passed \(\d+\)$/.test(tests), `tests under ${version}: ${output}`)
    }
    console.log(
      `ok  Node ${version}: ESM, CommonJS, command line, threads; tests: ${tests} (${Math.round((Date.now() - begun) / 1000)} s)`,
    )
  }
  for (const [name, { exec }] of others ? Object.entries(OTHERS) : []) {
    const [binary, ...before] = exec
    smoke([join(app, 'node_modules', name, binary), ...before], false)
    console.log(`ok  ${name}: ESM, CommonJS, threads`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
