const CACHE = 'eigennamen-models'
/** A header of kept files: what told their version when they were fetched. */
const STAMP = 'X-Stamp'

/** Bytes of the files loaded so far, and in all as far as is known. */
export type OnProgress = (loaded: number, total: number) => void

/** Files with their bytes, and whether all of them were kept from an earlier visit. */
export interface Loaded {
  readonly bytes: readonly Uint8Array[]
  readonly fromCache: boolean
}

/**
 * Fetches files, and keeps them for later visits, which ask the server only whether they have changed and do without an answer.
 * @throws Error where a file is neither kept nor to be had
 */
export async function loadFiles(urls: readonly URL[], onProgress: OnProgress): Promise<Loaded> {
  const progress = urls.map(() => ({ loaded: 0, total: 0 }))
  const tell = (): void => {
    // A sum of what only some files told would jump backwards.
    const known = progress.every(({ total }) => total > 0)
    const sum = (key: 'loaded' | 'total'): number => progress.reduce((all, file) => all + file[key], 0)
    onProgress(sum('loaded'), known ? sum('total') : 0)
  }
  const store = await openStore()
  const files = await Promise.all(
    urls.map(async (url, index) => {
      const kept = await store?.match(url)
      const isCurrent = kept !== undefined && (await stillCurrent(url, kept))
      const response = isCurrent ? kept : await fetchFile(url)
      const bytes = await readAll(response, (loaded, total) => {
        progress[index] = { loaded, total: Math.max(total, loaded) }
        tell()
      })
      if (!isCurrent) await keep(store, url, bytes, stampOf(response))
      return { bytes, isCurrent }
    }),
  )
  return { bytes: files.map(({ bytes }) => bytes), fromCache: files.every(({ isCurrent }) => isCurrent) }
}

/** There is none on pages without TLS, nor where the user forbids it; they load anew each time. */
async function openStore(): Promise<Cache | undefined> {
  try {
    return await caches.open(CACHE)
  } catch {
    return undefined
  }
}

async function fetchFile(url: URL): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`cannot fetch ${url}: ${response.status} ${response.statusText}`)
  return response
}

/** Whether the server still has this version; where it does not answer, it must do. */
async function stillCurrent(url: URL, kept: Response): Promise<boolean> {
  try {
    const head = await fetch(url, { method: 'HEAD', cache: 'no-cache' })
    return !head.ok || stampOf(head) === kept.headers.get(STAMP)
  } catch {
    return true
  }
}

/** What tells versions of a file apart. */
function stampOf({ headers }: Response): string {
  return headers.get('etag') ?? `${headers.get('last-modified')} ${headers.get('content-length')}`
}

async function readAll(response: Response, onProgress: OnProgress): Promise<Uint8Array> {
  const total = Number(response.headers.get('content-length') ?? 0)
  const pieces: Uint8Array[] = []
  let loaded = 0
  const reader = response.body!.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    pieces.push(value)
    loaded += value.length
    onProgress(loaded, total)
  }
  const bytes = new Uint8Array(loaded)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

async function keep(store: Cache | undefined, url: URL, bytes: Uint8Array, stamp: string): Promise<void> {
  const headers = { [STAMP]: stamp, 'Content-Length': String(bytes.length) }
  try {
    await store?.put(url, new Response(bytes as BodyInit, { headers }))
  } catch {
    // No room: the next visit loads it again.
  }
}
