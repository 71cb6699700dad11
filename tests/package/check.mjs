// Packs the tarball, asks publint and arethetypeswrong about it, holds the sizes to their limits, installs it into an empty folder
// and uses it there from ESM, CommonJS, TypeScript and the command line.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure, table } from './size.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'eigennamen-package-'))
const run = (command, args, cwd = folder, input = '') =>
  execFileSync(command, args, { cwd, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] })

/** Files that a user needs; anything else in the tarball is a mistake. */
const ALLOWED = [
  /^package\.json$/,
  /^(README|README\.de|CHANGELOG)\.md$/,
  /^(LICENSE|NOTICE)$/,
  /^dist\/[\w-]+\.(js|cjs|d\.ts|d\.cts)$/,
  /^dist\/playground\/[\w-]+\.(html|css|js)$/,
  /^models\/[\w-]+\.(model|bin|md)$/,
]
const REQUIRED = [
  'dist/index.js',
  'dist/index.cjs',
  'dist/index.d.ts',
  'dist/browser.js',
  'dist/browser-worker.js',
  'dist/browser-worker.d.ts',
  'dist/worker.js',
  'dist/cli.js',
  'dist/compromise.js',
  'dist/compromise.cjs',
  'dist/compromise.d.ts',
  'dist/compromise.d.cts',
  'dist/wink.js',
  'dist/wink.cjs',
  'dist/wink.d.ts',
  'dist/wink.d.cts',
  'dist/formats.js',
  'dist/formats.cjs',
  'dist/playground/index.html',
  'dist/playground/playground.css',
  'dist/playground/playground.js',
  'dist/playground/recogniser.js',
  'dist/playground/offline.js',
  'dist/bullmq.js',
  'dist/bullmq.cjs',
  'dist/bullmq.d.ts',
  'dist/bullmq.d.cts',
  'models/news.model',
  'models/gazetteer.bin',
  'LICENSE',
  'NOTICE',
  'README.md',
]
const LARGEST = 15e6

const TEXT = 'Toqajew traf in Nur-Sultan Vertreter der OVKS.'
const EXPECTED = 'Qassym-Schomart Toqajew|Astana|Organisation des Vertrags über kollektive Sicherheit'
const USE = `
const ner = await loadRecognizer()
const found = ner.recognize(${JSON.stringify(TEXT)}).entities.map((e) => e.canonical).join('|')
if (found !== ${JSON.stringify(EXPECTED)}) throw new Error('found ' + found)
const pool = await createPool({ workers: 2 })
for await (const doc of pool.stream([${JSON.stringify(TEXT)}, ${JSON.stringify(TEXT)}])) {
  const there = doc.entities.map((e) => e.canonical).join('|')
  if (there !== found || doc.tokens.length < 5) throw new Error('found in the pool ' + there)
}
// No close: a pool with nothing to do lets the process end.
`

/** The adapters, with the libraries they are for: the same from ESM and from CommonJS. */
const ADAPT = `
const text = ${JSON.stringify(TEXT)}
const ner = await loadRecognizer()
const nlp = winkNLP(eigennamenModel(ner))
const types = nlp.readDoc(text).entities().out(nlp.its.type).join('|')
if (types !== 'PER|LOC|ORG') throw new Error('wink found ' + types)
for (const library of [compromise, german]) {
  library.plugin(eigennamenPlugin(ner))
  const found = library(text).topics().json().map((e) => e.canonical).join('|')
  if (found !== ${JSON.stringify(EXPECTED)}) throw new Error('compromise found ' + found)
}
`
const PEERS = { compromise: 'compromise', german: 'de-compromise', winkNLP: 'wink-nlp' }
const OWN = [
  ['loadRecognizer', 'eigennamen'],
  ['eigennamenPlugin', 'eigennamen/compromise'],
  ['eigennamenModel', 'eigennamen/wink'],
]

function expect(condition, message) {
  if (!condition) throw new Error(message)
  console.log(`ok  ${message}`)
}

try {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  )
  const names = packed.files.map(({ path }) => path)
  const strange = names.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)))
  expect(strange.length === 0, `the tarball holds only what a user needs ${strange.join(' ')}`)
  const missing = REQUIRED.filter((name) => !names.includes(name))
  expect(missing.length === 0, `the tarball holds all that a user needs ${missing.join(' ')}`)
  expect(
    packed.unpackedSize < LARGEST,
    `unpacked ${(packed.unpackedSize / 1e6).toFixed(1)} MB, packed ${(packed.size / 1e6).toFixed(1)} MB, at most ${LARGEST / 1e6} MB`,
  )

  const tarball = join(folder, packed.filename)
  const tool = (name, ...args) => {
    try {
      run(join(root, 'node_modules/.bin', name), args)
    } catch (error) {
      throw new Error(`${name} complains:\n${error.stdout}`)
    }
  }
  tool('publint', 'run', '--strict', tarball)
  expect(true, 'publint finds nothing')
  // Node 10 knows no subpaths. A Web Worker of type module is never required.
  const wrong = ['--no-definitely-typed', '--format', 'ascii']
  tool('attw', tarball, ...wrong, '--profile', 'node16', '--exclude-entrypoints', './browser-worker')
  tool('attw', tarball, ...wrong, '--profile', 'esm-only', '--entrypoints', './browser-worker')
  expect(true, 'arethetypeswrong finds nothing')

  const sizes = await measure()
  console.log(table(sizes).replace(/^/gm, '    '))
  const large = sizes.filter(({ gzip, limit }) => !(gzip <= limit)).map(({ name }) => name)
  expect(large.length === 0, `what pages load is below size-limits.json ${large.join(', ')}`)

  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  run('npm', ['install', '--no-audit', '--no-fund', '--silent', join(folder, packed.filename)])
  writeFileSync(join(folder, 'esm.js'), `import { createPool, loadRecognizer } from 'eigennamen'\n${USE}`)
  run('node', ['esm.js'])
  expect(true, 'works from ESM')
  writeFileSync(
    join(folder, 'common.cjs'),
    `const { createPool, loadRecognizer } = require('eigennamen')\n;(async () => {${USE}})().catch((e) => { console.error(e); process.exit(1) })`,
  )
  run('node', ['common.cjs'])
  expect(true, 'works from CommonJS')

  // The other libraries are optional: without them the adapters load, with them they work.
  writeFileSync(join(folder, 'alone.js'), "import 'eigennamen/compromise'\nimport 'eigennamen/wink'")
  writeFileSync(join(folder, 'alone.cjs'), "require('eigennamen/compromise'); require('eigennamen/wink')")
  run('node', ['alone.js'])
  run('node', ['alone.cjs'])
  expect(true, 'adapters load without the libraries they are for')
  for (const peer of Object.values(PEERS)) {
    symlinkSync(join(root, 'node_modules', peer), join(folder, 'node_modules', peer))
  }
  const imports = [
    ...OWN.map(([name, from]) => `import { ${name} } from '${from}'`),
    ...Object.entries(PEERS).map(([name, from]) => `import ${name} from '${from}'`),
  ]
  writeFileSync(join(folder, 'adapt.js'), imports.join('\n') + ADAPT)
  run('node', ['adapt.js'])
  expect(true, 'adapters work from ESM')
  const requires = [
    ...OWN.map(([name, from]) => `const { ${name} } = require('${from}')`),
    ...Object.entries(PEERS).map(([name, from]) => `const ${name} = require('${from}')`),
  ]
  writeFileSync(
    join(folder, 'adapt.cjs'),
    `${requires.join('\n')}\n;(async () => {${ADAPT}})().catch((e) => { console.error(e); process.exit(1) })`,
  )
  run('node', ['adapt.cjs'])
  expect(true, 'adapters work from CommonJS')

  symlinkSync(join(root, 'node_modules/bullmq'), join(folder, 'node_modules/bullmq'))
  const queued = "if (typeof CorpusQueue.prototype.collect !== 'function') throw new Error('no queue')"
  writeFileSync(join(folder, 'queued.js'), `import { CorpusQueue } from 'eigennamen/bullmq'\n${queued}`)
  writeFileSync(join(folder, 'queued.cjs'), `const { CorpusQueue } = require('eigennamen/bullmq')\n${queued}`)
  run('node', ['queued.js'])
  run('node', ['queued.cjs'])
  expect(true, 'the queue loads from ESM and CommonJS')

  const formatted = `const page = formatHtml([{ id: 'x', text: 'Kiel', entities: [] }])
if (!page.includes('>Kiel</article>')) throw new Error(page)`
  writeFileSync(join(folder, 'formats.js'), `import { formatHtml } from 'eigennamen/formats'\n${formatted}`)
  writeFileSync(
    join(folder, 'formats.cjs'),
    `const { formatHtml } = require('eigennamen/formats')\n${formatted}`,
  )
  run('node', ['formats.js'])
  run('node', ['formats.cjs'])
  expect(true, 'formats work from ESM and CommonJS')

  writeFileSync(
    join(folder, 'typed.ts'),
    `import { formatTei, type ReadDocument, readBrat, toSpacy } from 'eigennamen/formats'
import { createPool, loadRecognizer, type Document, type Entity, type EntityType, type Pool } from 'eigennamen'
import { eigennamenPlugin, type EigennamenPlugin } from 'eigennamen/compromise'
import { eigennamenModel, type EigennamenWinkModel } from 'eigennamen/wink'
const entities: readonly Entity[] = (await loadRecognizer({ model: 'fast' })).recognize('Berlin', { types: ['LOC'] }).entities
const type: EntityType | undefined = entities[0]?.type
const start: number = entities[0]!.start
// @ts-expect-error a type that does not exist
const wrong: EntityType = 'PERSON'
// @ts-expect-error entities are readonly
entities[0]!.start = 3
const model: EigennamenWinkModel = eigennamenModel(await loadRecognizer())
const canonical: string = model.entitiesOf({ isOOV: () => true })[0]!.canonical
const plugin: EigennamenPlugin = eigennamenPlugin(await loadRecognizer(), { recognize: { kinds: ['name'] } })
// @ts-expect-error the recogniser, not the promise of one
eigennamenModel(loadRecognizer())
const pool: Pool = await createPool({ workers: 1, gazetteerFile: 'none' })
const doc: Document = await pool.recognize('Berlin', { minScore: 0.5 })
const back: ReadDocument = readBrat(doc.text, '')
console.log(type, start, wrong, canonical, plugin, toSpacy(doc).ents, formatTei({ id: 'x', text: doc.text, entities: doc.entities }), back)
`,
  )
  writeFileSync(
    join(folder, 'adapted.ts'),
    `${imports.filter((line) => !line.includes('de-compromise')).join('\n')}
const ner = await loadRecognizer()
compromise.plugin(eigennamenPlugin(ner))
const nlp = winkNLP(eigennamenModel(ner))
console.log(compromise('Berlin').places().json(), nlp.readDoc('Berlin').entities().out(nlp.its.detail))
`,
  )
  writeFileSync(
    join(folder, 'queued.ts'),
    `import { createPool, loadRecognizer } from 'eigennamen'
import { CorpusQueue, type Place, type Progress, type Result, type Sink } from 'eigennamen/bullmq'
const corpus = new CorpusQueue('news', { connection: { host: 'localhost' } })
corpus.work(await loadRecognizer())
corpus.work(await createPool(), { concurrency: 2 })
const sink: Sink = { place: async () => undefined, write: async (results: readonly Result[], place: Place) => console.log(results, place) }
await corpus.add(['Kiew', { text: 'Kiew' }], { chunk: 2, recognize: { types: ['LOC'] } })
const progress: Progress = await corpus.progress()
console.log((await corpus.collect(sink)).documents, progress.rate)
// @ts-expect-error the recogniser, not the promise of one
corpus.work(loadRecognizer())
`,
  )
  const compilerOptions = { strict: true, noEmit: true, target: 'ES2022', skipLibCheck: false, types: [] }
  for (const [module, moduleResolution] of [
    ['ESNext', 'Bundler'],
    ['NodeNext', 'NodeNext'],
  ]) {
    // The types of the other libraries are not ours to check, ours against them are.
    for (const [file, skipLibCheck] of [
      ['typed.ts', false],
      ['adapted.ts', true],
      ['queued.ts', true],
    ]) {
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          compilerOptions: {
            ...compilerOptions,
            module,
            moduleResolution,
            lib: ['ES2022', 'DOM'],
            skipLibCheck,
          },
          files: [file],
        }),
      )
      run('node', [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'])
    }
    expect(true, `types check under moduleResolution ${moduleResolution}`)
  }

  const record = JSON.parse(run('npx', ['eigennamen', 'extract'], folder, TEXT))
  expect(record.entities.map((e) => e.canonical).join('|') === EXPECTED, 'works from the command line')
  run(
    'npx',
    ['eigennamen', 'batch', '-', '--stdin', 'txt', '--workers', '2', '--out', 'o.jsonl'],
    folder,
    TEXT,
  )
  const [row] = readFileSync(join(folder, 'o.jsonl'), 'utf8').split('\n')
  expect(JSON.parse(row).entities.length === record.entities.length, 'works on threads from the command line')

  const bin = join(folder, 'node_modules/eigennamen/dist/cli.js')
  const server = spawn(process.execPath, [bin, 'serve', '--port', '0', '--workers', '1'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  for await (const data of server.stderr) if (/listening on \S+\n/.test((log += data))) break
  const url = /listening on (\S+)/.exec(log)[1]
  while ((await fetch(`${url}readyz`)).status !== 200) await new Promise((go) => setTimeout(go, 50))
  const headers = { 'Content-Type': 'text/plain' }
  const answer = await (await fetch(`${url}v1/recognize`, { method: 'POST', headers, body: TEXT })).json()
  expect(answer.entities.map((e) => e.canonical).join('|') === EXPECTED, 'serves over HTTP')
  expect((await (await fetch(url)).text()).includes('playground.js'), 'serves the playground')
  server.kill()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
