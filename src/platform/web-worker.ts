import { PoolError } from '../errors.js'
import type { WebWorker } from '../pool/create.js'
import type { Answer } from '../pool/messages.js'
import type { WorkerEvents, WorkerPort } from '../pool/pool.js'
import type { Sources } from '../recognizer/sources.js'

/** More would cost memory that a page has to share with others. */
const MOST_BY_DEFAULT = 4

/** One less than the cores, so that the page stays responsive. */
export function defaultWorkers(): number {
  return Math.min(MOST_BY_DEFAULT, Math.max(1, (navigator.hardwareConcurrency ?? 2) - 1))
}

/** Only pages isolated from other origins may share memory; elsewhere each worker is sent a copy. */
export function share(bytes: Uint8Array): Uint8Array {
  if (!crossOriginIsolated || bytes.buffer instanceof SharedArrayBuffer) return bytes
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}

/** Starts a Web Worker: the caller's, or the built `browser-worker.js`. */
export function spawnWorker(
  sources: Sources,
  events: WorkerEvents,
  make: () => WebWorker = makeWorker,
): WorkerPort {
  const worker = make()
  let dead = false
  const die = (why: string): void => {
    if (dead) return
    dead = true
    worker.terminate()
    events.died(new Error(why))
  }
  worker.addEventListener('message', ({ data }) => {
    if (!dead) events.answer(data as Answer)
  })
  worker.addEventListener('messageerror', () => die('its answer could not be read'))
  // An error without a message is one of the script itself: it could not be loaded.
  worker.addEventListener('error', (event) => die(event.message || MISSING))
  worker.postMessage(sources)
  return {
    post: (task) => worker.postMessage(task),
    // A page lives as long as it is open.
    holdProcess: () => undefined,
    terminate: async () => {
      dead = true
      worker.terminate()
    },
  }
}

const MISSING =
  'its script could not be loaded. Serve "browser-worker.js" of the package with the built module, or pass one of your own: ' +
  'createPool({ worker: () => new Worker(url, { type: \'module\' }) }), where the script imports "eigennamen/browser-worker"'

function makeWorker(): WebWorker {
  try {
    // In one expression, so that bundlers see a worker and build it.
    return new Worker(new URL('./browser-worker.js', import.meta.url), { type: 'module', name: 'eigennamen' })
  } catch (error) {
    // A page may not start the script of another origin (a CDN), but one of its own that imports it.
    if ((error as Error).name !== 'SecurityError') {
      throw new PoolError('WORKER_FAILED', `a worker could not start: ${(error as Error).message}.`, {
        cause: error,
      })
    }
    const here = import.meta.url
    const script = `import ${JSON.stringify(new URL('browser-worker.js', here).href)}`
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
    const worker = new Worker(url, { type: 'module', name: 'eigennamen' })
    worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true })
    return worker
  }
}
