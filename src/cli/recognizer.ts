import { existsSync } from 'node:fs'
import {
  createPool,
  type LoadOptions,
  loadRecognizer,
  type ModelName,
  type ParsedGazetteer,
  type Pool,
  parseGazetteer,
  type Recognizer,
} from '../index.js'
import { oneOf, UsageError } from './arguments.js'
import { readBytes, readText } from './io.js'

/** Options that all commands with a recogniser share. */
export interface RecognizerOptions {
  /** A shipped model's name, or a file. */
  readonly model?: string
  /** Which network of a model file: `accurate` or `fast`. */
  readonly network?: string
  /** A compiled gazetteer instead of the shipped one; `none` for no names but the caller's. */
  readonly gazetteer?: string
  /** A TSV or JSON Lines file of the caller's own names. */
  readonly names?: string
}

/** Their types, for `parseArguments`. */
export const RECOGNIZER_OPTIONS = {
  model: 'string',
  network: 'string',
  gazetteer: 'string',
  names: 'string',
} as const

/** The lines of a command's help that describe them. */
export const RECOGNIZER_HELP = `  --model M        accurate (default), fast (several times faster, a little less accurate), or the path of a model file
  --network N      which network of a model file: accurate (default) or fast
  --gazetteer FILE a compiled gazetteer instead of the shipped one; "none" for no names but those of --names
  --names FILE     names of your own that win over the shipped ones: TSV with a header line (name, type, and id, aliases,
                   from, to where you have them) or JSON Lines; bad rows are named and left out, the exit code is 1 then
                   (a server goes on)`

/** A recogniser or a pool, ready, and what of its input was unusable. */
export interface Opened<T> {
  readonly engine: T
  /** Rows of `--names` that were named on standard error and left out: some inputs failed, the exit code is 1. */
  readonly badNames: number
}

/** Loads the shipped model by name, or a model and gazetteer from files. */
export async function openRecognizer(options: RecognizerOptions): Promise<Opened<Recognizer>> {
  const { load, badNames } = loadOptions(options)
  return { engine: await loadRecognizer(load), badNames }
}

/** The same on worker threads. */
export async function openPool(options: RecognizerOptions, workers: number): Promise<Opened<Pool>> {
  const { load, badNames } = loadOptions(options)
  return { engine: await createPool({ ...load, workers }), badNames }
}

/** Names of the shipped models, which are networks of one file. */
const SHIPPED: readonly ModelName[] = ['accurate', 'fast']

/**
 * Whether `--model` names a file rather than a shipped model; a file of a shipped one's name is given as `./fast`.
 * @throws UsageError for what is neither
 */
export function isModelFile(model: string): boolean {
  if (SHIPPED.includes(model as ModelName)) return false
  // What looks like a path is read as one, so that the error says why it cannot be.
  if (/[./\\]/.test(model) || existsSync(model)) return true
  throw new UsageError(
    `--model must be ${SHIPPED.join(', ')} or the path of a model file, got "${model}", and there is no such file; check the path`,
  )
}

function loadOptions({ model, network, gazetteer, names }: RecognizerOptions): {
  readonly load: LoadOptions
  readonly badNames: number
} {
  const own = names === undefined ? undefined : readNames(names)
  const load: LoadOptions = {
    model:
      model !== undefined && isModelFile(model)
        ? readBytes(model)
        : oneOf('model', model, SHIPPED, 'accurate'),
    ...(network === undefined ? {} : { network: oneOf('network', network, SHIPPED, 'accurate') }),
    ...(gazetteer === undefined
      ? {}
      : { gazetteerFile: gazetteer === 'none' ? gazetteer : readBytes(gazetteer) }),
    ...(own === undefined ? {} : { gazetteer: own.entries }),
  }
  return { load, badNames: own?.badRows.length ?? 0 }
}

/** Bad rows are named here, once for every recogniser that is opened. */
function readNames(path: string): ParsedGazetteer {
  const parsed = parseGazetteer(readText(path), { source: path, onBadRow: 'skip' })
  for (const { line, reason } of parsed.badRows)
    process.stderr.write(`eigennamen: ${path}:${line}: ${reason}\n`)
  return parsed
}
