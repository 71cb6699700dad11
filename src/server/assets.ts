import { createReadStream, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** The playground page and what it loads, from the folder of the package. A list, so that no path leads elsewhere. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['dist/playground/index.html', 'text/html; charset=utf-8'],
  '/playground.css': ['dist/playground/playground.css', 'text/css; charset=utf-8'],
  '/playground.js': ['dist/playground/playground.js', 'text/javascript; charset=utf-8'],
  '/recogniser.js': ['dist/playground/recogniser.js', 'text/javascript; charset=utf-8'],
  '/offline.js': ['dist/playground/offline.js', 'text/javascript; charset=utf-8'],
  '/browser.js': ['dist/browser.js', 'text/javascript; charset=utf-8'],
  '/models/news.model': ['models/news.model', 'application/octet-stream'],
  '/models/gazetteer.bin': ['models/gazetteer.bin', 'application/octet-stream'],
}

export const ASSET_PATHS = Object.keys(FILES)
/** What the library for browsers is cut into, beside it. */
export const CHUNK_PATHS = '/:chunk{(?:browser|chunk)-[A-Za-z0-9_-]+\\.js}'

/** Everything from here, nothing from elsewhere, no scripts or styles in the page itself, and in no frame. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  // Asked for each time, but sent only if changed.
  'Cache-Control': 'no-cache',
}

/** The file of a path of `ASSET_PATHS` or `CHUNK_PATHS`; undefined where it is not there, as in sources that were not built. */
export async function asset(root: URL, path: string, request: Request): Promise<Response | undefined> {
  const [file, type] = FILES[path] ?? [`dist${path}`, 'text/javascript; charset=utf-8']
  const url = new URL(file, root)
  let stats: Stats
  try {
    stats = await stat(url)
  } catch {
    return undefined
  }
  const etag = `"${stats.size.toString(36)}-${Math.floor(stats.mtimeMs).toString(36)}"`
  const headers = { ...HEADERS, ETag: etag }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const full = { ...headers, 'Content-Type': type, 'Content-Length': String(stats.size) }
  if (request.method === 'HEAD') return new Response(null, { headers: full })
  const bytes = Readable.toWeb(createReadStream(fileURLToPath(url))) as ReadableStream<Uint8Array>
  return new Response(bytes, { headers: full })
}
