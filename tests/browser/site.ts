import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
}

/** A folder served over loopback. Every folder in `mounts` is a prefix of its own; what is asked for is written down. */
export interface Site {
  readonly origin: string
  /** Paths asked for, in order. Emptied by whoever looks. */
  readonly asked: string[]
  close(): void
}

export interface SiteOptions {
  /** Path prefix -> folder; the longest prefix wins. */
  readonly mounts: Readonly<Record<string, string>>
  /** Sends the headers that let a page share memory with its workers. */
  readonly isolated?: boolean
}

/**
 * Nothing is kept by the browser's own cache. Other origins may read. `?gzip` answers compressed, `?page` answers a web page
 * with status 200, as servers of single-page applications do for whatever they do not have.
 */
export async function serve({ mounts, isolated = false }: SiteOptions): Promise<Site> {
  const asked: string[] = []
  const prefixes = Object.keys(mounts).sort((a, b) => b.length - a.length)
  const server: Server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url!, 'http://x')
    asked.push(pathname)
    const prefix = prefixes.find((start) => pathname.startsWith(start))
    const path = prefix === undefined ? '' : join(mounts[prefix]!, pathname.slice(prefix.length))
    const headers: Record<string, string> = {
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    }
    if (isolated) {
      headers['cross-origin-opener-policy'] = 'same-origin'
      headers['cross-origin-embedder-policy'] = 'require-corp'
    }
    if (search === '?page') {
      response.writeHead(200, { ...headers, 'content-type': TYPES['.html'] }).end('<!doctype html>')
      return
    }
    if (path === '' || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404, headers).end()
      return
    }
    let bytes: Buffer = readFileSync(path)
    if (search === '?gzip') {
      bytes = gzipSync(bytes, { level: 1 })
      headers['content-encoding'] = 'gzip'
    }
    headers['content-type'] = TYPES[extname(path)] ?? 'application/octet-stream'
    headers['content-length'] = String(bytes.length)
    response.writeHead(200, headers).end(bytes)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
