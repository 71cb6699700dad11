import type { Context } from 'hono'
import { cors } from 'hono/cors'
import { Hono } from 'hono/tiny'
import { ASSET_PATHS, asset, CHUNK_PATHS } from './assets.js'
import { type Media, mediaOf, readBody } from './body.js'
import { Deadline } from './deadline.js'
import { checkHost, checkOrigin, checkToken } from './guards.js'
import {
  batchInput,
  decodeUtf8,
  optionsOf,
  parseJsonBytes,
  queryInput,
  STREAM_QUERY,
  TEXT_QUERY,
  textInput,
} from './input.js'
import { answerStream } from './ndjson.js'
import { openapi } from './openapi.js'
import { Problem, RETRY_AFTER, toProblem } from './problem.js'
import type { Limits, Service } from './service.js'

export interface AppOptions extends Limits {
  readonly version: string
  /** Folder of the package, with `dist` and `models`. */
  readonly root: URL
  readonly token: string | undefined
  /** Origin of the pages that may ask, or `*`. */
  readonly cors: string | undefined
  /** Whether the server is bound to loopback, so that only names of this machine may lead to it. */
  readonly loopback: boolean
}

/** What the routes see of the running server. */
export interface Backend {
  /** @throws Problem 503 while loading or stopping */
  service(): Service
  /** Figures in Prometheus' text format. */
  metrics(): string
  /** Told of faults that clients do not see. */
  report(error: unknown): void
}

/** Routes with their methods; also the labels of the metrics. */
export const ROUTES: Readonly<Record<string, 'GET' | 'POST'>> = {
  '/v1/recognize': 'POST',
  '/v1/batch': 'POST',
  '/v1/stream': 'POST',
  '/v1/lookup': 'GET',
  '/openapi.json': 'GET',
  '/healthz': 'GET',
  '/readyz': 'GET',
  '/metrics': 'GET',
  ...Object.fromEntries(ASSET_PATHS.map((path) => [path, 'GET'])),
}

type Handler = (c: Context) => Response | Promise<Response>

/** The routes as a function from request to answer (https://hono.dev). */
export function createApp(options: AppOptions, backend: Backend): Hono {
  const app = new Hono()
  const description = openapi(options.version, options.token !== undefined)

  app.use(async (c, next) => {
    if (options.loopback) checkHost(c.req.header('host'))
    await next()
    c.res.headers.set('X-Content-Type-Options', 'nosniff')
    c.res.headers.set('Referrer-Policy', 'no-referrer')
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  })
  if (options.cors !== undefined) {
    const exposeHeaders = ['Retry-After']
    app.use(
      '/v1/*',
      cors({ origin: options.cors, allowMethods: ['GET', 'POST'], exposeHeaders, maxAge: 600 }),
    )
  }
  const guarded = async (c: Context, next: () => Promise<void>): Promise<void> => {
    checkOrigin(c.req.header('origin'), c.req.header('host'), options.cors)
    if (options.token !== undefined) checkToken(c.req.header('authorization'), options.token)
    await next()
  }
  app.use('/v1/*', guarded)
  app.use('/metrics', guarded)

  /** Runs with the time that a request has. */
  const inTime = async <T>(c: Context, run: (deadline: Deadline) => Promise<T>): Promise<T> => {
    const deadline = new Deadline(options.timeout, c.req.raw.signal)
    try {
      return await run(deadline)
    } finally {
      deadline.end()
    }
  }
  /** The body, refused unread where nobody could work on it. */
  const read = async (c: Context, accepted: readonly Media[], deadline: Deadline) => {
    const media = mediaOf(c.req.raw, accepted)
    backend.service().gate.checkRoom()
    return { media, bytes: await readBody(c.req.raw, options.maxBody, deadline) }
  }

  const handlers: Readonly<Record<string, Handler>> = {
    '/v1/recognize': (c) =>
      inTime(c, async (deadline) => {
        const { media, bytes } = await read(c, ['application/json', 'text/plain'], deadline)
        const query = queryOf(c, media === 'text/plain' ? TEXT_QUERY : [])
        const value = media === 'text/plain' ? { ...query, text: decodeUtf8(bytes) } : parseJsonBytes(bytes)
        return c.json(await backend.service().recognize(textInput(value), deadline))
      }),
    '/v1/batch': (c) =>
      inTime(c, async (deadline) => {
        const { bytes } = await read(c, ['application/json'], deadline)
        queryOf(c, [])
        return c.json(await backend.service().batch(batchInput(parseJsonBytes(bytes)), deadline))
      }),
    '/v1/stream': (c) => {
      mediaOf(c.req.raw, ['application/x-ndjson'])
      const wanted = optionsOf(queryOf(c, STREAM_QUERY), '')
      const { body, signal } = c.req.raw
      return answerStream(backend.service(), body, wanted, signal, (error) => backend.report(error))
    },
    '/v1/lookup': (c) => c.json(backend.service().lookup(new URL(c.req.url).searchParams)),
    '/openapi.json': (c) => c.json(description),
    '/healthz': (c) => c.json({ status: 'ok' }),
    '/readyz': (c) => {
      backend.service()
      return c.json({ status: 'ready' })
    },
    '/metrics': (c) =>
      c.body(backend.metrics(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  }
  const page: Handler = async (c) => {
    const found = await asset(options.root, c.req.path, c.req.raw)
    if (found !== undefined) return found
    throw new Problem(404, 'NOT_FOUND', `${c.req.path} is not built. Run npm run build.`)
  }
  for (const [path, method] of Object.entries(ROUTES)) {
    app.on(method, path, handlers[path] ?? page)
    app.all(path, (c) => {
      const message = `${c.req.method} is not known here; ${path} takes ${method}.`
      throw new Problem(405, 'METHOD_NOT_ALLOWED', message, { headers: { Allow: method } })
    })
  }
  app.get(CHUNK_PATHS, page)
  app.notFound((c) => {
    const known = Object.keys(ROUTES).filter((path) => path in handlers)
    return answer(c, new Problem(404, 'NOT_FOUND', `no route ${c.req.path}; known are ${known.join(', ')}.`))
  })
  app.onError((error, c) => {
    const problem = toProblem(error)
    if (problem.code === 'INTERNAL') backend.report(error)
    return answer(c, problem)
  })
  return app
}

/** The refusal of a server that is not there yet, or not any more. */
export function unavailable(state: 'loading' | 'draining'): Problem {
  return state === 'loading'
    ? new Problem(503, 'LOADING', 'the model is being loaded. Try again in a second.', {
        headers: RETRY_AFTER,
      })
    : new Problem(503, 'DRAINING', 'the server is stopping. Ask another one.', { headers: RETRY_AFTER })
}

function queryOf(c: Context, known: readonly string[]): ReturnType<typeof queryInput> {
  return queryInput(new URL(c.req.url).searchParams, known)
}

function answer(c: Context, { status, body, headers }: Problem): Response {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  return c.json(body, status as 400)
}
