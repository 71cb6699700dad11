import { FileError } from '../errors.js'

/** Fetches a file of the package's `models` folder, which lies beside the folder of the built module. */
export async function readShipped(name: string): Promise<Uint8Array> {
  const url = new URL(`../models/${name}`, import.meta.url)
  const response = await fetch(url)
  if (!response.ok) {
    throw new FileError(
      'UNREADABLE_FILE',
      `cannot fetch the model ${url}: ${response.status} ${response.statusText}. ` +
        'Serve the "models" folder of the package beside "dist", or pass a URL or bytes: loadRecognizer({ model, gazetteerFile }).',
    )
  }
  return new Uint8Array(await response.arrayBuffer())
}
