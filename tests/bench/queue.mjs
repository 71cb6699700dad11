// Tokens a second of `eigennamen batch` with 1, 2 and 4 workers and of BullMQ with 1, 2 and 4 worker processes, on the texts of the own
// corpus, each as the median of some runs; processor time by role; and what that means for a billion articles.
// Processor time is that of whole processes; the calculation leaves out what they take to start.
// Usage: npm run bench:queue [-- TEXTS [RUNS]]        default 7,200 texts, 3 runs; needs redis-server
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SELF = fileURLToPath(import.meta.url)
const WORKERS = [1, 2, 4]
const ARTICLES = 1e9
const TOKENS_AN_ARTICLE = 400
/** Machines of so many cores, for the calculation. */
const MACHINES = [
  [1, 8],
  [10, 16],
  [50, 16],
]

const [, , role, ...rest] = process.argv
if (roles()[role] !== undefined) await roles()[role](...rest)
else await main(Number(role ?? 7200), Number(rest[0] ?? 3))

/** What the processes that this script starts do. Each writes what processor time it took to the file named first. */
function roles() {
  return {
    async batch(report, input, out, workers) {
      reportOnExit(report)
      process.argv = [
        process.argv[0],
        'eigennamen',
        'batch',
        input,
        '--out',
        out,
        '--force',
        '--workers',
        workers,
      ]
      await import(join(ROOT, 'dist/cli.js'))
    },
    async add(report, port, input) {
      await withQueue(port, report, (corpus) => corpus.addFiles([input]))
    },
    async work(report, port) {
      const { loadRecognizer } = await import(join(ROOT, 'dist/index.js'))
      const ner = await loadRecognizer()
      await withQueue(port, report, async (corpus) => {
        const worker = corpus.work(ner)
        await new Promise((resolve) => process.once('SIGTERM', resolve))
        await worker.close()
      })
    },
    async collect(report, port, out) {
      await withQueue(port, report, (corpus) => corpus.collect(out))
    },
  }
}

/** Processor seconds of this process so far. */
function used() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function reportOnExit(report) {
  const start = used()
  process.on('exit', () => writeFileSync(report, JSON.stringify({ whole: used(), start })))
}

async function withQueue(port, report, use) {
  const { CorpusQueue } = await import(join(ROOT, 'dist/bullmq.js'))
  const corpus = new CorpusQueue('bench', { connection: { host: '127.0.0.1', port: Number(port) } })
  reportOnExit(report)
  await use(corpus)
  await corpus.close()
}

async function main(count, runs) {
  const folder = mkdtempSync(join(tmpdir(), 'eigennamen-bench-'))
  try {
    const { input, tokens } = await writeInput(folder, count)
    const [{ model }] = cpus()
    console.log(
      `${number(count)} texts, ${number(tokens)} tokens; Node ${process.version}, ${availableParallelism()} cores (${model})`,
    )
    console.log(`medians of ${runs} runs, whole processes with start and load; spread in brackets\n`)
    const rows = []
    let expected
    for (const [way, measure] of [
      ['batch', measureBatch],
      ['BullMQ', measureQueue],
    ]) {
      for (const workers of WORKERS) {
        const results = []
        for (let run = 0; run < runs; run++) {
          const out = join(folder, `${way}-${workers}.jsonl`)
          results.push(await measure(folder, input, out, workers))
          const digest = createHash('sha256').update(readFileSync(out)).digest('hex')
          expected ??= digest
          if (digest !== expected) throw new Error(`${way} with ${workers} workers wrote other bytes`)
          rmSync(out)
        }
        results.sort((a, b) => a.seconds - b.seconds)
        const median = results[results.length >> 1]
        rows.push({ way, workers, ...median, fastest: results[0].seconds, slowest: results.at(-1).seconds })
        console.error(`${way} ${workers}: ${median.seconds.toFixed(1)} s`)
      }
    }
    printTable(rows, tokens)
    printBillion(rows, tokens, count)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Texts of the own corpus without their markup, again and again until there are enough. */
async function writeInput(folder, count) {
  const source = join(ROOT, 'corpus/texts/train')
  const texts = readdirSync(source)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) =>
      readFileSync(join(source, name), 'utf8')
        .split(/^===.*$/m)
        .slice(1),
    )
    .map((text) => text.replace(/\[|\|[^\]]*\]/g, '').trim())
  const { loadRecognizer } = await import(join(ROOT, 'dist/index.js'))
  const ner = await loadRecognizer()
  const lengths = texts.map((text) => ner.recognize(text).tokens.length)
  const input = join(folder, 'input.jsonl')
  let tokens = 0
  const lines = Array.from({ length: count }, (_, id) => {
    tokens += lengths[id % texts.length]
    return `${JSON.stringify({ id, text: texts[id % texts.length] })}\n`
  })
  writeFileSync(input, lines.join(''))
  return { input, tokens }
}

async function measureBatch(folder, input, out, workers) {
  const report = join(folder, 'batch.cpu')
  const began = performance.now()
  await ended(start('batch', report, input, out, workers))
  return { seconds: (performance.now() - began) / 1000, cpu: { batch: reported(report) } }
}

/** All processes begin together, the workers without work; it is over when the collector has written the last line. */
async function measureQueue(folder, input, out, workers) {
  const port = await freePort()
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', folder].map(String)
  const redis = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  redis.once('error', (error) => {
    throw new Error(`redis-server is needed: ${error.message}`)
  })
  await new Promise((resolve) => redis.stdout.on('data', (data) => /Ready to accept/.test(data) && resolve()))
  const file = (name) => join(folder, `${name}.cpu`)
  const began = performance.now()
  const crew = Array.from({ length: workers }, (_, index) => start('work', file(`work${index}`), port))
  let took
  let redisSeconds
  try {
    const over = Promise.all(crew.map((child) => ended(child)))
    const add = ended(start('add', file('add'), port, input))
    const collect = ended(start('collect', file('collect'), port, out))
    // A worker that ends before the others has failed.
    await Promise.race([collect, over.then(() => collect)])
    took = (performance.now() - began) / 1000
    await add
    for (const child of crew) child.kill('SIGTERM')
    await over
    redisSeconds = await redisCpu(port)
  } finally {
    const gone = ended(redis, [0, null])
    redis.kill()
    await gone
  }
  const work = crew.map((_, index) => reported(file(`work${index}`)))
  const sum = (field) => work.reduce((all, each) => all + each[field], 0)
  return {
    seconds: took,
    cpu: {
      workers: { whole: sum('whole'), start: sum('start') },
      producer: reported(file('add')),
      collector: reported(file('collect')),
      Redis: { whole: redisSeconds, start: 0 },
    },
  }
}

async function redisCpu(port) {
  const { Redis } = await import('ioredis')
  const client = new Redis({ host: '127.0.0.1', port })
  const info = await client.info('cpu')
  await client.quit()
  return [...info.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  )
}

function start(name, ...args) {
  return spawn(process.execPath, [SELF, name, ...args.map(String)], { stdio: ['ignore', 'ignore', 'pipe'] })
}

function ended(child, codes = [0]) {
  let said = ''
  child.stderr?.on('data', (data) => (said += data))
  return new Promise((resolve, reject) => {
    child.once('close', (code, signal) =>
      codes.includes(code) ? resolve() : reject(new Error(`ended with ${signal ?? code}: ${said}`)),
    )
  })
}

function reported(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

function total({ cpu }) {
  return Object.values(cpu).reduce((sum, { whole }) => sum + whole, 0)
}

/** Processor seconds without those of the start. */
function running({ cpu }) {
  return Object.values(cpu).reduce((sum, { whole, start }) => sum + whole - start, 0)
}

function printTable(rows, tokens) {
  console.log('| | workers | wall time | tokens/s | processor time |')
  console.log('| --- | --- | --- | --- | --- |')
  for (const row of rows) {
    const parts = Object.entries(row.cpu).map(([name, { whole }]) => `${name} ${whole.toFixed(1)}`)
    const spread = `${row.fastest.toFixed(1)} to ${row.slowest.toFixed(1)}`
    const cpu = `${total(row).toFixed(1)} s${parts.length > 1 ? `: ${parts.join(', ')}` : ''}`
    console.log(
      `| ${row.way} | ${row.workers} | ${row.seconds.toFixed(1)} s (${spread}) | ${number(hundreds(tokens / row.seconds))} | ${cpu} |`,
    )
  }
}

/** From processor seconds, which do not depend on how many cores this machine has. */
function printBillion(rows, tokens, count) {
  const batch = rows.find(({ way, workers }) => way === 'batch' && workers === 1)
  const queue = rows.find(({ way, workers }) => way === 'BullMQ' && workers === 1)
  const all = ARTICLES * TOKENS_AN_ARTICLE
  const hours = (row) => ((running(row) / tokens) * all) / 3600
  console.log(`\n${number(ARTICLES)} articles of ${TOKENS_AN_ARTICLE} tokens, ${number(all)} tokens:\n`)
  console.log(
    `- batch, one worker: ${number(Math.round(hours(batch)))} core hours (${microseconds(batch, tokens)} a token)`,
  )
  console.log(
    `- BullMQ, with producer, collector and Redis: ${number(Math.round(hours(queue)))} core hours (${microseconds(queue, tokens)} a token)`,
  )
  for (const [machines, cores] of MACHINES) {
    const days = hours(queue) / (machines * cores) / 24
    console.log(`- ${machines} x ${cores} cores: ${days < 10 ? days.toFixed(1) : Math.round(days)} days`)
  }
  const net = Object.entries(queue.cpu).map(([part, { whole, start }]) => [part, whole - start])
  const { workers, ...others } = Object.fromEntries(net)
  const [name, most] = Object.entries(others).sort(([, a], [, b]) => b - a)[0]
  console.log(
    `- the busiest of the single processes (${name}) takes ${((100 * most) / workers).toFixed(1)} % of the workers' time: one queue feeds about ${Math.floor(workers / most)} cores; beyond that, cut the corpus into several queues`,
  )
  console.log(
    `\nIt assumes that the texts are like these (${Math.round(tokens / count)} tokens on average), that each worker has a core like one of these to itself, that time grows with tokens alone, and that no machine or network stands still. Measured over ${(queue.seconds / 60).toFixed(1)} minutes, cold caches included, starts left out.`,
  )
}

function microseconds(row, tokens) {
  return `${((1e6 * running(row)) / tokens).toFixed(1)} µs`
}

function hundreds(value) {
  return Math.round(value / 100) * 100
}

function number(value) {
  return value.toLocaleString('en')
}
