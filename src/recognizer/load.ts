import { ArgumentError, describe, FileError } from '../errors.js'
import type { GazetteerEntry } from '../gazetteer/entry.js'
import { Gazetteer } from '../gazetteer/gazetteer.js'
import { readTaggerModel } from '../tagger/tagger-model.js'
import { Recognizer } from './recognizer.js'

/** Names of the shipped models. One model is best at both today, so both names lead to it. */
export type ModelName = 'accurate' | 'fast'

/** Where a binary file comes from: bytes, or a URL to fetch. */
export type BinarySource = Uint8Array | ArrayBuffer | URL

/** Options of `loadRecognizer`. */
export interface LoadOptions {
  /** A shipped model by name (default `'accurate'`), a model's bytes, or its URL. */
  readonly model?: ModelName | BinarySource
  /** The compiled gazetteer, if not the shipped one; `'none'` for the caller's own names alone. */
  readonly gazetteerFile?: BinarySource | 'none'
  /** Names of the caller's own; they win over the shipped ones. */
  readonly gazetteer?: readonly GazetteerEntry[]
}

/** Reads a file of the package's `models` folder; Node and browsers do it differently. */
export type ReadShipped = (name: string) => Promise<Uint8Array>

const MODEL_FILES: Readonly<Record<ModelName, string>> = { accurate: 'news.model', fast: 'news.model' }
const GAZETTEER_FILE = 'gazetteer.bin'

/** Binds the loader to a platform's way of reading the shipped files. */
export function createLoader(readShipped: ReadShipped): (options?: LoadOptions) => Promise<Recognizer> {
  return async (options = {}) => {
    if (typeof options !== 'object' || options === null) {
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `loadRecognizer expects an object of options, got ${describe(options)}. Pass e.g. { model: "fast" }.`,
      )
    }
    const model = options.model ?? 'accurate'
    const [modelBytes, gazetteer] = await Promise.all([
      readModel(model, readShipped),
      readGazetteer(options.gazetteerFile, readShipped),
    ])
    const own = options.gazetteer ?? []
    return new Recognizer(
      readTaggerModel(modelBytes, sourceName(model, 'the model')),
      own.length > 0 ? gazetteer.with(own) : gazetteer,
    )
  }
}

async function readGazetteer(
  source: LoadOptions['gazetteerFile'],
  readShipped: ReadShipped,
): Promise<Gazetteer> {
  if (source === 'none') return Gazetteer.empty()
  const bytes =
    source === undefined ? await readShipped(GAZETTEER_FILE) : await readBinary(source, 'gazetteerFile')
  return Gazetteer.read(bytes, sourceName(source, GAZETTEER_FILE))
}

async function readModel(model: ModelName | BinarySource, readShipped: ReadShipped): Promise<Uint8Array> {
  if (typeof model !== 'string') return readBinary(model, 'model')
  const file = MODEL_FILES[model]
  if (file === undefined) {
    throw new ArgumentError(
      'INVALID_OPTION',
      `unknown model ${describe(model)}; shipped are ${Object.keys(MODEL_FILES).join(' and ')}. Pass bytes or a URL for a model of your own.`,
    )
  }
  return readShipped(file)
}

async function readBinary(source: BinarySource, option: string): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  if (!(source instanceof URL)) {
    throw new ArgumentError(
      'INVALID_OPTION',
      `"${option}" must be a Uint8Array, an ArrayBuffer or a URL, got ${describe(source)}. Read the file first.`,
    )
  }
  const response = await fetch(source)
  if (!response.ok) {
    throw new FileError(
      'UNREADABLE_FILE',
      `cannot fetch ${source}: ${response.status} ${response.statusText}. Check the address.`,
    )
  }
  return new Uint8Array(await response.arrayBuffer())
}

function sourceName(source: unknown, fallback: string): string {
  if (source instanceof URL) return source.href
  return typeof source === 'string' ? `the shipped model "${source}"` : fallback
}
