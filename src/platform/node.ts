import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { FileError } from '../errors.js'
import { fetchBytes } from '../recognizer/fetch.js'
import type { FileRequest, Files } from '../recognizer/files.js'

/** Files of Node: read from the disk; only http and https addresses are fetched. There is no cache and no need of one. */
export const nodeFiles: Files = {
  async shipped(name, request) {
    // Both src/platform/node.ts and dist/index.js are asked for; the folder lies beside `dist`, two above the source.
    const candidates = ['../models/', '../../models/'].map(
      (folder) => new URL(folder + name, import.meta.url),
    )
    let failure: unknown
    for (const url of candidates) {
      try {
        return await read(url, request)
      } catch (error) {
        request.signal?.throwIfAborted()
        failure = error
      }
    }
    throw new FileError(
      'UNREADABLE_FILE',
      `cannot read the shipped model ${JSON.stringify(name)}; looked in ${candidates.map((url) => fileURLToPath(url)).join(' and ')}. ` +
        'Install the package again, or pass the bytes: loadRecognizer({ model: bytes }).',
      { cause: failure },
    )
  },

  async at(url, request) {
    if (url.protocol !== 'file:') return fetchBytes(url, request, 'Check the address.')
    try {
      return await read(url, request)
    } catch (error) {
      request.signal?.throwIfAborted()
      throw new FileError(
        'UNREADABLE_FILE',
        `cannot read ${url}: ${(error as Error).message}. Check the path.`,
        {
          cause: error,
        },
      )
    }
  },
}

async function read(url: URL, { report, signal }: FileRequest): Promise<Uint8Array> {
  const bytes = await readFile(url, { signal })
  report?.(bytes.length, bytes.length)
  return bytes
}
