import type { AddOptions, CorpusQueue } from '../../queue/corpus-queue.js'
import type { Progress } from '../../queue/progress.js'
import { numberIn, oneOf, parseArguments, UsageError } from '../arguments.js'
import { duration, number } from '../batch/summary.js'
import { RECOGNIZE_HELP, RECOGNIZE_OPTIONS, recognizeOptions } from '../recognize-options.js'
import {
  openPool,
  openRecognizer,
  RECOGNIZER_HELP,
  RECOGNIZER_OPTIONS,
  type RecognizerOptions,
} from '../recognizer.js'
import type { Command } from './command.js'

const DEFAULT_REDIS = 'redis://127.0.0.1:6379'
const MOST_WORKERS = 256
/** Milliseconds to wait for Redis. */
const PATIENCE = 5000

export const queue: Command = {
  summary: 'read a corpus on several machines, over BullMQ on Redis',
  help: `Usage: eigennamen queue add NAME INPUT... [options]
       eigennamen queue work NAME [options]
       eigennamen queue collect NAME --out FILE [options]
       eigennamen queue status|dead|retry|remove NAME [ID...] [options]

A corpus goes through Redis in chunks: one "add" reads it, any number of "work" on any machines recognise it, one "collect" writes
the lines that "eigennamen batch" would, in the order of the corpus. Each of them may be killed; the same command goes on from there.
Needs BullMQ: npm install bullmq ioredis.

  --redis URL        default $REDIS_URL, else ${DEFAULT_REDIS}

add: inputs and fields are those of "eigennamen batch"
  --chunk N          documents in a job; default 32
  --limit N          jobs in Redis at a time, until they are collected; default 1000
  --text-field PATH, --id-field PATH, --stdin F
${RECOGNIZE_HELP}

work: until it is told to stop; then the jobs in hand are finished
  --workers N        threads of this process; default 1
  --until-done       end when the whole corpus is done
${RECOGNIZER_HELP}

collect: until the corpus is complete; failures go to FILE.errors.jsonl
  --out FILE         plain .jsonl
  --wait             stop at a dead letter until it is put back and done; default is to go on and put it behind the others then

status: how far it is; --json for programs
dead: the documents that failed for good, as JSON Lines
retry: puts dead letters back, all or those with an ID
remove: takes the corpus out of Redis; nothing is left to go on with

Examples:
  eigennamen queue add news 2023.jsonl.zst 2024.jsonl.gz --text-field body.text --redis redis://queue:6379
  eigennamen queue work news --workers 8 --until-done --redis redis://queue:6379
  eigennamen queue collect news --out entities.jsonl --redis redis://queue:6379
`,
  async run(args) {
    const { options, rest } = parseArguments(args, {
      ...RECOGNIZE_OPTIONS,
      redis: 'string',
      chunk: 'string',
      limit: 'string',
      'text-field': 'string',
      'id-field': 'string',
      stdin: 'string',
      workers: 'string',
      'until-done': 'boolean',
      out: 'string',
      wait: 'boolean',
      json: 'boolean',
      ...RECOGNIZER_OPTIONS,
    })
    const [action, name, ...others] = rest
    const actions = ['add', 'work', 'collect', 'status', 'dead', 'retry', 'remove'] as const
    if (action === undefined || name === undefined) {
      throw new UsageError(`queue takes one of ${actions.join(', ')} and the name of a queue`)
    }
    const wanted = oneOf('action', action, actions, 'status')
    if (others.length > 0 && wanted !== 'add' && wanted !== 'retry') {
      throw new UsageError(`queue ${wanted} takes one name, got ${rest.slice(1).join(' ')}`)
    }
    if (wanted === 'add' && others.length === 0) {
      throw new UsageError('queue add takes at least one input; "-" is standard input')
    }
    if (wanted === 'collect' && options.out === undefined) throw new UsageError('--out must name a file')
    const workers = numberIn('workers', options.workers, 1, MOST_WORKERS) ?? 1
    const corpus = await open(name, options.redis)
    const stop = new AbortController()
    let signalled: NodeJS.Signals | undefined
    const onSignal = (signal: NodeJS.Signals): void => {
      signalled = signal
      stop.abort(signal)
    }
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
    const { signal } = stop
    try {
      switch (wanted) {
        case 'add': {
          const { documents, chunks } = await corpus.addFiles(others, { ...addOptions(options), signal })
          note(`${number(documents)} documents in ${number(chunks)} chunks are in the queue or behind it`)
          return 0
        }
        case 'work':
          return (await work(corpus, options, workers, signal)) === 0 ? 0 : 1
        case 'collect': {
          const deadLetters = options.wait ? 'wait' : 'pass'
          const { documents, failures } = await corpus.collect(options.out!, { deadLetters, signal })
          note(`${number(documents)} documents, ${number(failures)} failures; written: ${options.out}`)
          return failures === 0 ? 0 : 1
        }
        case 'status': {
          const progress = await corpus.progress()
          process.stdout.write(
            options.json ? `${JSON.stringify(progress)}\n` : describeProgress(name, progress),
          )
          return 0
        }
        case 'dead':
          for (const letter of await corpus.deadLetters()) process.stdout.write(`${JSON.stringify(letter)}\n`)
          return 0
        case 'retry':
          note(`${await corpus.putBack(others.length === 0 ? undefined : others)} put back`)
          return 0
        case 'remove':
          await corpus.remove()
          return 0
      }
    } catch (error) {
      if (signalled === undefined) throw error
      note('stopped. The same command goes on from there.')
      return signalled === 'SIGINT' ? 130 : 143
    } finally {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
      await corpus.close()
    }
  },
}

type AddFlags = Parameters<typeof recognizeOptions>[0] & {
  readonly chunk?: string
  readonly limit?: string
  readonly 'text-field'?: string
  readonly 'id-field'?: string
  readonly stdin?: string
}

function addOptions(options: AddFlags): AddOptions {
  const chunk = numberIn('chunk', options.chunk, 1, 1e6)
  const limit = numberIn('limit', options.limit, 1, 1e9)
  return {
    recognize: recognizeOptions(options),
    textField: options['text-field'] ?? 'text',
    idField: options['id-field'] ?? 'id',
    stdin: oneOf('stdin', options.stdin, ['jsonl', 'txt'], 'jsonl'),
    ...(chunk === undefined ? {} : { chunk }),
    ...(limit === undefined ? {} : { limit }),
  }
}

/** Until the signal comes or, if so wanted, the corpus is done. Answers the rows of `--names` that were left out. */
async function work(
  corpus: CorpusQueue,
  options: RecognizerOptions & { readonly 'until-done'?: boolean },
  threads: number,
  signal: AbortSignal,
): Promise<number> {
  const pool = threads === 1 ? undefined : await openPool(options, threads)
  const { engine, badNames } = pool ?? (await openRecognizer(options))
  // Two chunks in hand, so that no thread waits between two of them.
  const worker = corpus.work(engine, { concurrency: threads === 1 ? 1 : 2 })
  const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve))
  await Promise.race(options['until-done'] ? [worker.idle(), stopped] : [stopped])
  await worker.close()
  await pool?.engine.close()
  return badNames
}

function describeProgress(name: string, progress: Progress): string {
  const { documents, complete, done, failed, queued, collected, rate, workers, remaining } = progress
  const parts = [
    `${name}: ${number(documents)} documents${complete ? '' : ' so far'}: ${number(done)} done, ${number(failed)} failed, ${number(queued)} queued; ${number(collected)} collected`,
    `${number(Math.round(rate))} documents/s from ${workers} workers${remaining === undefined ? '' : `, ${duration(remaining)} for what is queued`}`,
    `${number(progress.deadLetters)} dead letters`,
  ]
  return `${parts.join('\n')}\n`
}

function note(line: string): void {
  process.stderr.write(`eigennamen: ${line}\n`)
}

/** Loaded here only: nobody else needs BullMQ. */
async function open(name: string, given: string | undefined): Promise<CorpusQueue> {
  const { CorpusQueue } = await import('../../queue/corpus-queue.js').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
      throw new UsageError('the queue needs BullMQ, which is not installed: npm install bullmq ioredis')
    },
  )
  const url = given ?? process.env.REDIS_URL ?? DEFAULT_REDIS
  const corpus = new CorpusQueue(name, { connection: { url } })
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(reject, PATIENCE, new Error(`no answer in ${PATIENCE / 1000} seconds`)).unref()
  })
  try {
    await Promise.race([corpus.progress(), late])
  } catch (error) {
    void corpus.close().catch(() => undefined)
    throw new UsageError(`cannot reach Redis at ${url}: ${(error as Error).message}; name it with --redis`)
  }
  return corpus
}
