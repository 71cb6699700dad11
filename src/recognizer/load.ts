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
  /** Names of the caller's own; they win over the shipped ones. `parseGazetteer` reads them from a file. */
  readonly gazetteer?: readonly GazetteerEntry[]
}

/** Reads a file of the package's `models` folder; Node and browsers do it differently. */
export type ReadShipped = (name: string) => Promise<Uint8Array>

const MODEL_FILES: Readonly<Record<ModelName, string>> = { accurate: 'news.model', fast: 'news.model' }
const GAZETTEER_FILE = 'gazetteer.bin'

/** What a recogniser is made of, read but not yet opened. Plain data: it can be handed to another thread. */
export interface Sources {
  readonly model: Uint8Array
  /** What errors call the model. */
  readonly modelName: string
  readonly gazetteer: Uint8Array | 'none'
  readonly gazetteerName: string
  readonly own: readonly GazetteerEntry[]
}

/** Binds the loader to a platform's way of reading the shipped files. */
export function createLoader(readShipped: ReadShipped): (options?: LoadOptions) => Promise<Recognizer> {
  return async (options) => openSources(await readSources(options, readShipped, 'loadRecognizer'))
}

/**
 * Reads the files that the options name. `caller` stands in errors.
 * @throws ArgumentError for impossible options, FileError if a file cannot be read
 */
export async function readSources(
  options: LoadOptions = {},
  readShipped: ReadShipped,
  caller: string,
): Promise<Sources> {
  if (typeof options !== 'object' || options === null) {
    throw new ArgumentError(
      'INVALID_ARGUMENT',
      `${caller} expects an object of options, got ${describe(options)}. Pass e.g. { model: "fast" }.`,
    )
  }
  const { model: source = 'accurate', gazetteerFile, gazetteer: own = [] } = options
  const [model, gazetteer] = await Promise.all([
    readModel(source, readShipped),
    readGazetteer(gazetteerFile, readShipped),
  ])
  return {
    model,
    modelName: sourceName(source, 'the model'),
    gazetteer,
    gazetteerName: sourceName(gazetteerFile, GAZETTEER_FILE),
    own,
  }
}

/** @throws ModelError for unusable bytes, GazetteerError for a bad entry of the caller's own */
export function openSources({ model, modelName, gazetteer, gazetteerName, own }: Sources): Recognizer {
  const shipped = gazetteer === 'none' ? Gazetteer.empty() : Gazetteer.read(gazetteer, gazetteerName)
  return new Recognizer(readTaggerModel(model, modelName), own.length > 0 ? shipped.with(own) : shipped)
}

async function readGazetteer(
  source: LoadOptions['gazetteerFile'],
  readShipped: ReadShipped,
): Promise<Uint8Array | 'none'> {
  if (source === 'none') return source
  return source === undefined ? readShipped(GAZETTEER_FILE) : readBinary(source, 'gazetteerFile')
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
