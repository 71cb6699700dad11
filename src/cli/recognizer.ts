import {
  createPool,
  type LoadOptions,
  loadRecognizer,
  type ModelName,
  type Pool,
  parseGazetteer,
  type Recognizer,
} from '../index.js'
import { oneOf } from './arguments.js'
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
export const RECOGNIZER_HELP = `  --model M        accurate (default), fast (several times faster, a little less accurate), or a model file
  --network N      which network of a model file: accurate (default) or fast
  --gazetteer FILE a compiled gazetteer instead of the shipped one; "none" for no names but those of --names
  --names FILE     names of your own that win over the shipped ones: TSV with a header line (name, type, and id, aliases,
                   from, to where you have them) or JSON Lines; bad rows are named and left out`

/** Loads the shipped model by name, or a model and gazetteer from files. */
export async function openRecognizer(options: RecognizerOptions): Promise<Recognizer> {
  return loadRecognizer(loadOptions(options))
}

/** The same on worker threads. */
export async function openPool(options: RecognizerOptions, workers: number): Promise<Pool> {
  return createPool({ ...loadOptions(options), workers })
}

/** Whether `--model` names a file rather than a shipped model. */
export function isModelFile(model: string): boolean {
  return /[./\\]/.test(model)
}

function loadOptions({ model, network, gazetteer, names }: RecognizerOptions): LoadOptions {
  const networks: readonly ModelName[] = ['accurate', 'fast']
  return {
    model:
      model !== undefined && isModelFile(model)
        ? readBytes(model)
        : oneOf('model', model, networks, 'accurate'),
    ...(network === undefined ? {} : { network: oneOf('network', network, networks, 'accurate') }),
    ...(gazetteer === undefined
      ? {}
      : { gazetteerFile: gazetteer === 'none' ? gazetteer : readBytes(gazetteer) }),
    ...(names === undefined ? {} : { gazetteer: readNames(names) }),
  }
}

function readNames(path: string): ReturnType<typeof parseGazetteer>['entries'] {
  const { entries, badRows } = parseGazetteer(readText(path), { source: path, onBadRow: 'skip' })
  for (const { line, reason } of badRows) process.stderr.write(`eigennamen: ${path}:${line}: ${reason}\n`)
  return entries
}
