import type { Task } from '../pool/messages.js'
import type { ServerPort } from '../pool/serve.js'
import type { Sources } from '../recognizer/sources.js'

/** What a worker needs of its global object; the types of the DOM know only that of a page. */
interface Inside {
  addEventListener(
    type: 'message',
    listener: (event: MessageEvent) => void,
    options?: { once: boolean },
  ): void
  postMessage(message: unknown, transfer: ArrayBufferLike[]): void
}

/** Inside a Web Worker: waits for what the pool sends first, then hands it on with the line to the pool. */
export function onSources(start: (port: ServerPort, sources: Sources) => void): void {
  const inside = globalThis as unknown as Inside
  const port: ServerPort = {
    answer: (answer, transfer) => inside.postMessage(answer, transfer),
    onTask: (handle) => inside.addEventListener('message', ({ data }) => handle(data as Task)),
  }
  inside.addEventListener('message', ({ data }) => start(port, data as Sources), { once: true })
}
