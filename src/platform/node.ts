import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { FileError } from '../errors.js'

/** Reads a file shipped in the package's `models` folder. */
export async function readShipped(name: string): Promise<Uint8Array> {
  // Both src/platform/node.ts and dist/index.js are asked for; the folder lies beside `dist`, two above the source.
  const candidates = ['../models/', '../../models/'].map((folder) => new URL(folder + name, import.meta.url))
  let failure: unknown
  for (const url of candidates) {
    try {
      return await readFile(url)
    } catch (error) {
      failure = error
    }
  }
  throw new FileError(
    'UNREADABLE_FILE',
    `cannot read the shipped model ${JSON.stringify(name)}; looked in ${candidates.map((url) => fileURLToPath(url)).join(' and ')}. ` +
      'Install the package again, or pass the bytes: loadRecognizer({ model: bytes }).',
    { cause: failure },
  )
}
