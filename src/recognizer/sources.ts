import { ArgumentError, describe } from '../errors.js'
import type { GazetteerEntry } from '../gazetteer/entry.js'
import { NETWORKS, type NetworkName } from '../tagger/network-names.js'
import { checkOptions, invalidOption } from './check.js'
import type { FileRequest, Files, LoadProgress, ShippedFile } from './files.js'

/** Names of the shipped models: the networks of one file, `'accurate'` and the several times faster `'fast'`. */
export type ModelName = NetworkName

/** Where a binary file comes from: bytes, or a URL to fetch. */
export type BinarySource = Uint8Array | ArrayBuffer | URL

/** Options of `loadRecognizer`. */
export interface LoadOptions {
  /** A shipped model by name (default `'accurate'`), a model's bytes, or its URL. */
  readonly model?: ModelName | BinarySource
  /** Which network of a model given as bytes or URL to use, default `'accurate'`; a model's name says it already. */
  readonly network?: ModelName
  /** The compiled gazetteer, if not the shipped one; `'none'` for the caller's own names alone. */
  readonly gazetteerFile?: BinarySource | 'none'
  /** Names of the caller's own; they win over the shipped ones. `parseGazetteer` reads them from a file. */
  readonly gazetteer?: readonly GazetteerEntry[]
  /** Told of every part that arrives by fetch; once for a file that is read from disk or cache. Not for bytes passed in. */
  readonly onProgress?: (progress: LoadProgress) => void
  /** Ends the loading: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal
  /** Name of a cache of the Cache API, in which fetched files are kept for the next visit. Browsers only; Node ignores it. */
  readonly cache?: string
}

const KNOWN = [
  'model',
  'network',
  'gazetteerFile',
  'gazetteer',
  'onProgress',
  'signal',
  'cache',
] as const satisfies readonly (keyof LoadOptions)[]
const MODEL_FILE: ShippedFile = 'news.model'
const GAZETTEER_FILE = 'gazetteer.bin'

/** What a recogniser is made of, read but not yet opened. Plain data: it can be handed to another thread. */
export interface Sources {
  readonly model: Uint8Array
  /** What errors call the model. */
  readonly modelName: string
  readonly network: ModelName
  readonly gazetteer: Uint8Array | 'none'
  readonly gazetteerName: string
  readonly own: readonly GazetteerEntry[]
}

/**
 * Reads the files that the options name. `caller` stands in errors; `others` are options that it has beside these.
 * @throws ArgumentError for impossible options, FileError if a file cannot be read, the signal's reason if it was aborted
 */
export async function readSources(
  options: LoadOptions = {},
  files: Files,
  caller: string,
  others: readonly string[] = [],
): Promise<Sources> {
  if (typeof options !== 'object' || options === null) {
    throw new ArgumentError(
      'INVALID_ARGUMENT',
      `${caller} expects an object of options, got ${describe(options)}. Pass e.g. { model: "fast" }.`,
    )
  }
  checkOptions(options, [...KNOWN, ...others])
  const { model: source = 'accurate', gazetteerFile, gazetteer: own = [], signal } = options
  if (!Array.isArray(own)) {
    const remedy = 'Read a file with parseGazetteer and pass its entries; gazetteerFile takes a compiled one'
    throw invalid('gazetteer', 'an array of entries { name, type, ... }', own, remedy)
  }
  const network = networkOf(options)
  const request = requests(options)
  signal?.throwIfAborted()
  const [model, gazetteer] = await Promise.all([
    readModel(source, files, request('model')),
    readGazetteer(gazetteerFile, files, request('gazetteer')),
  ])
  signal?.throwIfAborted()
  return {
    model,
    modelName: sourceName(source, 'the model'),
    network,
    gazetteer,
    gazetteerName: sourceName(gazetteerFile, GAZETTEER_FILE),
    own,
  }
}

/** What goes with the reading of each file. */
function requests({ onProgress, signal, cache }: LoadOptions): (file: LoadProgress['file']) => FileRequest {
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw invalid('onProgress', 'a function', onProgress, 'Pass e.g. ({ file, loaded, total }) => { ... }')
  }
  if (signal !== undefined && typeof signal?.throwIfAborted !== 'function') {
    throw invalid('signal', 'an AbortSignal', signal, 'Pass the signal of an AbortController')
  }
  if (cache !== undefined && (typeof cache !== 'string' || cache === '')) {
    throw invalid('cache', 'the name of a cache', cache, 'Pass e.g. "eigennamen", or leave it out')
  }
  return (file) => ({
    report: onProgress && ((loaded, total) => onProgress({ file, loaded, total })),
    signal,
    cache,
  })
}

async function readGazetteer(
  source: LoadOptions['gazetteerFile'],
  files: Files,
  request: FileRequest,
): Promise<Uint8Array | 'none'> {
  if (source === 'none') return source
  return source === undefined
    ? files.shipped(GAZETTEER_FILE, request)
    : readBinary(source, 'gazetteerFile', files, request)
}

/** The network that the options name. */
function networkOf({ model = 'accurate', network }: LoadOptions): ModelName {
  if (typeof model === 'string' && !NETWORKS.includes(model)) {
    throw invalidOption(
      `unknown model ${describe(model)}; shipped are ${NETWORKS.join(' and ')}. Pass bytes or a URL for a model of your own`,
    )
  }
  if (network === undefined) return typeof model === 'string' ? model : 'accurate'
  if (!NETWORKS.includes(network)) {
    throw invalid('network', `"${NETWORKS.join('" or "')}"`, network, 'Leave it out for the accurate one')
  }
  if (typeof model === 'string' && network !== model) {
    throw invalidOption(
      `the model "${model}" is the network "${model}", got network "${network}". Give one of the two`,
    )
  }
  return network
}

async function readModel(
  model: ModelName | BinarySource,
  files: Files,
  request: FileRequest,
): Promise<Uint8Array> {
  return typeof model === 'string'
    ? files.shipped(MODEL_FILE, request)
    : readBinary(model, 'model', files, request)
}

async function readBinary(
  source: BinarySource,
  option: string,
  files: Files,
  request: FileRequest,
): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  if (source instanceof URL) return files.at(source, request)
  throw invalid(option, 'a Uint8Array, an ArrayBuffer or a URL', source, 'Read the file first')
}

function invalid(option: string, expected: string, value: unknown, remedy: string): ArgumentError {
  return invalidOption(`"${option}" must be ${expected}, got ${describe(value)}. ${remedy}`)
}

function sourceName(source: unknown, fallback: string): string {
  if (source instanceof URL) return source.href
  return typeof source === 'string' ? `the shipped model "${source}"` : fallback
}
