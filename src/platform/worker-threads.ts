import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { FileError } from '../errors.js'
import type { Answer, Task } from '../pool/messages.js'
import type { WorkerEvents, WorkerPort } from '../pool/pool.js'
import type { ServerPort } from '../pool/serve.js'
import type { Sources } from '../recognizer/sources.js'

/** One less than the cores, so that the thread that reads and writes has one too. */
export function defaultWorkers(): number {
  return Math.max(1, availableParallelism() - 1)
}

/** The bytes in memory that all threads see. */
export function share(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}

/** Starts a thread with the built `worker.js`; model and gazetteer are shared where their buffers are. */
export function spawnWorker(sources: Sources, events: WorkerEvents, script = workerScript()): WorkerPort {
  // No flags of the main thread: with --eval or --input-type a worker refuses to start from a file.
  const worker = new Worker(script, { workerData: sources, execArgv: [], name: 'eigennamen' })
  let dead = false
  const die = (cause: Error): void => {
    if (dead) return
    dead = true
    events.died(cause)
  }
  worker.on('message', (answer: Answer) => events.answer(answer))
  worker.on('messageerror', die)
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', (code) => die(new Error(`it exited with code ${code}`)))
  return {
    post: (task) => worker.postMessage(task),
    holdProcess: (hold) => (hold ? worker.ref() : worker.unref()),
    terminate: async () => {
      dead = true
      await worker.terminate()
    },
  }
}

/** Inside a worker: what it was started with, and its line to the pool. */
export function insideWorker(): { readonly sources: Sources; readonly port: ServerPort } {
  const port = parentPort
  if (port === null) {
    throw new Error('worker.js is started by createPool, not by hand. Import createPool from "eigennamen".')
  }
  return {
    sources: workerData,
    port: {
      answer: (answer, transfer) => port.postMessage(answer, transfer as ArrayBuffer[]),
      onTask: (handle) => port.on('message', (task: Task) => handle(task)),
    },
  }
}

/** `worker.js` lies beside the built module; from the sources, in `dist`. */
function workerScript(): URL {
  const candidates = ['./worker.js', '../../dist/worker.js'].map((path) => new URL(path, import.meta.url))
  const found = candidates.find((url) => existsSync(url))
  if (found !== undefined) return found
  throw new FileError(
    'UNREADABLE_FILE',
    `cannot find worker.js, which createPool starts its threads with; looked for ${fileURLToPath(candidates[0]!)}. ` +
      'If a bundler moved the library into another file, leave "eigennamen" out of the bundle (external); else install the package again.',
  )
}
