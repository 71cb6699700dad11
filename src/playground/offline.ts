/** The page's service worker: keeps its files, so that it opens without a network. The worker keeps the models itself. */
const CACHE = 'eigennamen-page'
const PAGE = ['./', 'playground.css', 'playground.js', 'recogniser.js', '../browser.js']

interface Extendable extends Event {
  waitUntil(promise: Promise<unknown>): void
}
interface Fetching extends Extendable {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
const scope = self as unknown as {
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}

scope.addEventListener('install', (event) => {
  event.waitUntil(
    Promise.all(PAGE.map((path) => keepWithImports(new URL(path, self.location.href)))).then(() =>
      scope.skipWaiting(),
    ),
  )
})
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  const isOurs =
    request.method === 'GET' &&
    url.origin === self.location.origin &&
    /\/$|\.(?:html|css|js)$/.test(url.pathname)
  if (isOurs) event.respondWith(freshOrKept(request))
})

/** A new version where there is a network, else the one of the last visit. */
async function freshOrKept(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  try {
    const response = await fetch(request)
    if (response.ok) await cache.put(request, response.clone())
    return response
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true })
    if (kept !== undefined) return kept
    throw error
  }
}

const seen = new Set<string>()

/** A script may be cut into several files, whose names only it knows. */
async function keepWithImports(url: URL): Promise<void> {
  if (seen.has(url.href)) return
  seen.add(url.href)
  const response = await fetch(url, { cache: 'no-cache' })
  if (!response.ok) return
  await (await caches.open(CACHE)).put(url, response.clone())
  if (!url.pathname.endsWith('.js')) return
  const imports = (await response.text()).matchAll(/(?:from|import)\s*\(?\s*["'](\.{1,2}\/[\w./-]+\.js)["']/g)
  await Promise.all([...imports].map(([, path]) => keepWithImports(new URL(path!, url))))
}
