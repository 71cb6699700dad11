import { defaultWorkers } from '../../platform/worker-threads.js'
import type { Engine } from '../../server/engine.js'
import type { RunningServer } from '../../server/server.js'
import { numberIn, parseArguments, UsageError } from '../arguments.js'
import {
  openPool,
  openRecognizer,
  RECOGNIZER_HELP,
  RECOGNIZER_OPTIONS,
  type RecognizerOptions,
} from '../recognizer.js'
import { version } from '../version.js'
import type { Command } from './command.js'

const MOST_WORKERS = 256
/** Texts at a worker: the one it is at, and the next, so that it does not wait for the main thread. */
const TEXTS_A_WORKER = 2
const DEFAULTS = {
  port: 8787,
  host: '127.0.0.1',
  maxBody: 4 * 1024 * 1024,
  timeout: 30_000,
  maxQueue: 100,
  grace: 10_000,
} as const
/** Exit codes of a process that a signal ended: 128 and its number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const

export const serve: Command = {
  summary: 'answer over HTTP, with a page to try it on',
  help: `Usage: eigennamen serve [options]

Answers requests over HTTP until Ctrl-C or SIGTERM, and shows a page for pasted texts, which works in the browser itself:
texts pasted there are not sent to the server.

  POST /v1/recognize  {"text": "...", "id"?, "types"?, "kinds"?, "minScore"?, "date"?, "language"?}, or text/plain with these
                      options in the query -> {"id", "text", "language", "entities"}
  POST /v1/batch      {"documents": [{"text": "..."}, ...]} -> an array in their order
  POST /v1/stream     a line of JSON a text (application/x-ndjson) -> a line for each, in order, while you write
  GET  /v1/lookup     ?name=&type=&date= -> {"name", "candidates"}
  GET  /openapi.json  all of this for programs       GET /healthz  alive       GET /readyz   loaded and not stopping
  GET  /metrics       figures for Prometheus         GET /         the page

  --port N         default ${DEFAULTS.port}; 0: any free one. The address stands on standard error
  --host ADDRESS   default ${DEFAULTS.host}, which only this machine reaches
  --token TOKEN    ask for "Authorization: Bearer TOKEN" on /v1 and /metrics; or set EIGENNAMEN_TOKEN, which ps does not show
  --workers N      worker threads; default one less than the cores; 0: the main thread, which answers nothing else meanwhile
  --max-body N     bytes of a body, and of a line of a stream; default ${DEFAULTS.maxBody}
  --timeout N      milliseconds a request, or a line of a stream, may take; default ${DEFAULTS.timeout}
  --max-queue N    requests that may wait for a worker, further ones get 503; default ${DEFAULTS.maxQueue}
  --cors ORIGIN    let pages of ORIGIN ask, e.g. https://example.org; "*" for all; default none
  --grace N        milliseconds that requests in flight have after a signal; default ${DEFAULTS.grace}. A second signal ends at once
  --verbose        a line a request on standard error; never a text
${RECOGNIZER_HELP}

Examples:
  eigennamen serve
  curl -s http://127.0.0.1:8787/v1/recognize -H 'Content-Type: text/plain' -d 'Toqajew traf Vertreter der OVKS.'
  curl -sT texts.jsonl -X POST -H 'Content-Type: application/x-ndjson' http://127.0.0.1:8787/v1/stream > entities.jsonl
  EIGENNAMEN_TOKEN=$(openssl rand -hex 16) eigennamen serve --host 0.0.0.0 --workers 4
`,
  async run(args) {
    const { options, rest } = parseArguments(args, {
      port: 'string',
      host: 'string',
      token: 'string',
      workers: 'string',
      'max-body': 'string',
      timeout: 'string',
      'max-queue': 'string',
      cors: 'string',
      grace: 'string',
      verbose: 'boolean',
      ...RECOGNIZER_OPTIONS,
    })
    if (rest.length > 0) throw new UsageError(`serve takes no arguments, got "${rest[0]}"`)
    const whole = (
      name: keyof typeof options & string,
      low: number,
      high: number,
      fallback: number,
    ): number => {
      const value = numberIn(name, options[name] as string | undefined, low, high) ?? fallback
      if (!Number.isInteger(value)) throw new UsageError(`--${name} must be a whole number, got ${value}`)
      return value
    }
    const host = options.host ?? DEFAULTS.host
    const port = whole('port', 0, 65_535, DEFAULTS.port)
    const workers = whole('workers', 0, MOST_WORKERS, defaultWorkers())
    const token = options.token ?? process.env.EIGENNAMEN_TOKEN
    if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
      throw new UsageError(
        'the token (--token, EIGENNAMEN_TOKEN) must be of visible ASCII characters without spaces, at least one',
      )
    const grace = whole('grace', 0, 3_600_000, DEFAULTS.grace)
    // Loaded only here: the other commands start without a server.
    const { startServer } = await import('../../server/server.js')
    let server: RunningServer
    try {
      server = await startServer({
        host,
        port,
        workers,
        token,
        cors: options.cors === undefined ? undefined : originOf(options.cors),
        maxBody: whole('max-body', 1, 2 ** 30, DEFAULTS.maxBody),
        timeout: whole('timeout', 1, 3_600_000, DEFAULTS.timeout),
        maxQueue: whole('max-queue', 0, 1_000_000, DEFAULTS.maxQueue),
        version: version(),
        root: new URL('../', import.meta.url),
        open: () => openEngine(options, workers),
        ...(options.verbose
          ? { onRequest: (line: string) => say(`${new Date().toISOString()} ${line}`) }
          : {}),
        onFault: (error) => say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      })
    } catch (error) {
      throw cannotListen(error, host, port)
    }
    if (!server.loopback && token === undefined)
      say(
        `warning: ${host} can be reached from other machines, and no token is asked for. Set EIGENNAMEN_TOKEN.`,
      )
    const stopped = untilSignal(server, grace)
    say(`listening on ${server.url}`)
    try {
      await Promise.race([server.ready, stopped])
    } catch (error) {
      await server.stop(0)
      throw error
    }
    return stopped
  },
}

/** A recogniser on threads or here; the gazetteer is asked on the main thread in both cases. */
async function openEngine(options: RecognizerOptions, workers: number): Promise<Engine> {
  const { engine: recognizer } = await openRecognizer(options)
  const lookup: Engine['lookup'] = (name, wanted) => recognizer.lookup(name, wanted)
  if (workers === 0) {
    return {
      slots: 1,
      lookup,
      recognize: async (text, wanted) => {
        // Connections and other requests have their turn between two texts.
        await new Promise((resolve) => setImmediate(resolve))
        return recognizer.recognize(text, wanted)
      },
      close: async () => undefined,
    }
  }
  const { engine: pool } = await openPool(options, workers)
  return {
    slots: workers * TEXTS_A_WORKER,
    lookup,
    recognize: (text, wanted) => pool.recognize(text, wanted),
    close: () => pool.close(),
  }
}

/** Stops at the first signal and answers the exit code; a second signal ends the process. */
function untilSignal(server: RunningServer, grace: number): Promise<number> {
  return new Promise((resolve) => {
    let isStopping = false
    for (const [signal, code] of Object.entries(SIGNALS)) {
      process.on(signal, async () => {
        if (isStopping) process.exit(code)
        isStopping = true
        say(`${signal}: finishing the requests in flight; again to end at once`)
        const cut = await server.stop(grace)
        if (cut === 0) return resolve(0)
        say(`${cut} requests were not done within ${grace} ms and were cut off`)
        process.exit(1)
      })
    }
  })
}

function originOf(value: string): string {
  if (value === '*') return value
  if (URL.canParse(value) && new URL(value).origin !== 'null') return new URL(value).origin
  throw new UsageError(`--cors must be an origin such as https://example.org, or "*", got "${value}"`)
}

function cannotListen(error: unknown, host: string, port: number): unknown {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is in use; choose another one with --port, or 0 for any that is free`,
    EACCES: `port ${port} may not be opened by this user; choose one above 1023 with --port`,
    EADDRNOTAVAIL: `${host} is no address of this machine; choose one with --host`,
    ENOTFOUND: `${host} is no known name; give an address with --host`,
  }
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? '']
  return reason === undefined ? error : new UsageError(reason)
}

function say(line: string): void {
  process.stderr.write(`eigennamen: ${line}\n`)
}
