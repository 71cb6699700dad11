import { fetchBytes } from '../recognizer/fetch.js'
import type { Files, ShippedFile } from '../recognizer/files.js'
import { cached } from './cache.js'

/**
 * The addresses of the shipped files, beside the folder of the built module. Each is written out in full: so bundlers see an
 * asset, take it along and put its new address here.
 */
const SHIPPED: Readonly<Record<ShippedFile, () => URL>> = {
  'news.model': () => new URL('../models/news.model', import.meta.url),
  'gazetteer.bin': () => new URL('../models/gazetteer.bin', import.meta.url),
}

const PASS = 'pass a URL or bytes: loadRecognizer({ model, gazetteerFile }).'

/** Files of a browser: fetched, and kept in the Cache API where the caller names a cache. */
export const browserFiles: Files = {
  shipped: (name, request) => {
    const url = SHIPPED[name]()
    const remedy = `Serve the "models" folder of the package beside "dist", or ${PASS}`
    return cached(url, request, () => fetchBytes(url, request, remedy))
  },
  at: (url, request) => cached(url, request, () => fetchBytes(url, request, `Check the address, or ${PASS}`)),
}
