import { version } from '../../package.json'
import { isIntact } from '../binary/container.js'
import type { FileRequest } from '../recognizer/files.js'

/** Query parameter of the keys: the version of the library that an entry was kept by. */
const VERSION = 'eigennamen-version'

/**
 * The file from the named cache of the Cache API, else fetched and kept there.
 *
 * The key is the address with the library's version, so that a new release never meets the model of an old one; what older
 * versions kept is dropped when something new is. Only intact files are kept or taken. A cache that cannot be used (no secure
 * context, no room left) costs a fetch and nothing else.
 */
export async function cached(
  url: URL,
  { cache: name, report, signal }: FileRequest,
  fetchFile: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const cache = name === undefined ? undefined : await open(name, url)
  if (cache === undefined) return fetchFile()
  const key = new URL(url)
  key.hash = ''
  key.searchParams.set(VERSION, version)
  const kept = await take(cache, key)
  signal?.throwIfAborted()
  if (kept !== undefined) {
    report?.(kept.length, kept.length)
    return kept
  }
  const bytes = await fetchFile()
  // Not awaited: writing it down takes longer than opening it, and nobody waits for the next visit.
  if (isIntact(bytes)) void keep(cache, key, bytes)
  return bytes
}

async function open(name: string, { protocol }: URL): Promise<Cache | undefined> {
  if (typeof caches === 'undefined' || !/^https?:$/.test(protocol)) return undefined
  return caches.open(name).catch(() => undefined)
}

async function take(cache: Cache, key: URL): Promise<Uint8Array | undefined> {
  try {
    const response = await cache.match(key)
    if (response === undefined) return undefined
    const bytes = new Uint8Array(await response.arrayBuffer())
    return isIntact(bytes) ? bytes : undefined
  } catch {
    return undefined
  }
}

async function keep(cache: Cache, key: URL, bytes: Uint8Array): Promise<void> {
  try {
    for (const { url } of await cache.keys()) {
      const kept = new URL(url).searchParams.get(VERSION)
      if (kept !== null && kept !== version) await cache.delete(url)
    }
    await cache.put(key, new Response(bytes as Uint8Array<ArrayBuffer>))
  } catch {
    // No room: the file is fetched again the next time.
  }
}
