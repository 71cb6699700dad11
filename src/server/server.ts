import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type AppOptions, createApp, ROUTES, unavailable } from './app.js'
import type { Engine } from './engine.js'
import { isLoopback } from './guards.js'
import { Metrics } from './metrics.js'
import { Service } from './service.js'

export interface ServerOptions extends Omit<AppOptions, 'loopback'> {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  /** Worker threads, for the metrics; 0: the main thread. */
  readonly workers: number
  /** Loads the recogniser; requests are refused with 503 until it is there. */
  readonly open: () => Promise<Engine>
  /** Told of each request when it has ended. */
  readonly onRequest?: (line: string) => void
  /** Told of faults that clients do not see. */
  readonly onFault: (error: unknown) => void
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string
  /** Whether only this machine reaches it. */
  readonly loopback: boolean
  /** Settles when texts are taken, or rejects with what the recogniser could not be loaded for. */
  readonly ready: Promise<void>
  /**
   * Takes no more connections, lets the requests in flight finish for so many milliseconds, then ends the recogniser.
   * Answers the number of requests that had to be cut off.
   */
  stop(grace: number): Promise<number>
}

/** @throws the error of `listen`, such as EADDRINUSE */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const metrics = new Metrics()
  /** Connections with the number of their requests in flight. */
  const connections = new Map<Socket, number>()
  let state: 'loading' | 'ready' | 'draining' = 'loading'
  let service: Service | undefined
  let inFlight = 0

  const loopback = isLoopback(options.host)
  const app = createApp(
    { ...options, loopback },
    {
      service: () => {
        if (service === undefined || state !== 'ready')
          throw unavailable(state === 'draining' ? state : 'loading')
        return service
      },
      metrics: () =>
        metrics.format({
          inFlight: () => inFlight,
          waiting: () => service?.gate.waitingRequests ?? 0,
          busy: () => service?.gate.busy ?? 0,
          workers: options.workers,
        }),
      report: options.onFault,
    },
  )
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const server = createServer(listener)
  // Longer than the 60 s after which proxies drop idle connections: whoever asks on one must not meet its end.
  server.keepAliveTimeout = 65_000
  // A stream may take as long as it likes; what is read whole has --timeout, headers have Node's minute.
  server.requestTimeout = 0
  server.on('connection', (socket) => {
    connections.set(socket, 0)
    socket.once('close', () => connections.delete(socket))
  })
  // Before the routes: whatever they do, an answer that ends is counted.
  server.prependListener('request', (request, response) => {
    const begun = performance.now()
    const { socket } = request
    inFlight++
    connections.set(socket, (connections.get(socket) ?? 0) + 1)
    if (state === 'draining') response.setHeader('Connection', 'close')
    response.once('close', () => {
      const seconds = (performance.now() - begun) / 1000
      const path = (request.url ?? '').replace(/\?.*/s, '')
      // 499: the client did not wait for the answer (nginx's number; there is none in the standard).
      const status = response.writableFinished ? response.statusCode : 499
      const route = Object.hasOwn(ROUTES, path) ? path : 'other'
      const method = request.method === ROUTES[path] || request.method === 'HEAD' ? request.method : 'other'
      inFlight--
      metrics.requests.add(1, route, method, String(status))
      metrics.duration.observe(seconds, route)
      options.onRequest?.(
        `${request.method} ${path} ${status} ${(seconds * 1000).toFixed(1)} ms ${socket.remoteAddress ?? '-'}`,
      )
      if (!connections.has(socket)) return
      connections.set(socket, connections.get(socket)! - 1)
      if (state === 'draining') endIdle(connections)
    })
  })
  await listen(server, options)

  const ready = (async () => {
    const engine = await options.open()
    service = new Service(engine, options, metrics, options.onFault)
    // Stopped while it was loading.
    if (state === 'loading') state = 'ready'
  })()
  ready.catch(() => undefined)

  return {
    url: urlOf(server.address() as AddressInfo),
    loopback,
    ready,
    async stop(grace) {
      state = 'draining'
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      endIdle(connections)
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, grace)
      })
      await Promise.race([closed, patience])
      clearTimeout(timer)
      const cut = inFlight
      server.closeAllConnections()
      await ready.catch(() => undefined)
      // What was cut off would be waited for.
      if (cut === 0) await service?.close()
      return cut
    },
  }
}

/** Ends connections that nothing is asked on; Node would keep those open on which nothing was ever asked. */
function endIdle(connections: ReadonlyMap<Socket, number>): void {
  for (const [socket, requests] of connections) if (requests === 0) socket.end()
}

function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/`
}
