import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { findSources } from '../../corpus/sources.js'
import { numberIn, oneOf, parseArguments, UsageError } from '../arguments.js'
import type { Settings } from '../batch/checkpoint.js'
import { runFilter } from '../batch/filter.js'
import { type Engine, EXIT } from '../batch/recognize.js'
import { filesWritten, indexFiles, runBatch } from '../batch/run.js'
import { readBytes } from '../io.js'
import { RECOGNIZE_HELP, RECOGNIZE_OPTIONS, recognizeOptions } from '../recognize-options.js'
import {
  isModelFile,
  openPool,
  openRecognizer,
  RECOGNIZER_HELP,
  RECOGNIZER_OPTIONS,
  type RecognizerOptions,
} from '../recognizer.js'
import { version } from '../version.js'
import type { Command } from './command.js'

const MOST_WORKERS = 256
const CHECKPOINT_SECONDS = 2
/** Texts in hand for each worker, finished ones that wait for their turn included. */
const WINDOW = 8

export const batch: Command = {
  summary: 'read a whole corpus, on several cores, and go on after an interruption',
  help: `Usage: eigennamen batch INPUT... --out FILE [options]

INPUT is a .jsonl file (a record a line), a .txt file (a document a line), either of them as .gz or .zst, a folder (each .txt
in it is one article, each .jsonl as above; recursive, in the order of the paths), or "-" for standard input.
FILE gets a line of JSON for each document, in the order of the inputs: a record is passed through with "entities" added,
a text becomes { "id", "text", "language", "entities" }. A FILE ending in .gz is compressed.

  --out FILE         .jsonl or .jsonl.gz; "-" for standard output, the default where standard input is the only input
  --workers N        worker threads; default one less than the cores; 0 and 1 mean none beside the main one
  --text-field PATH  field with the text, e.g. body.text; default text
  --id-field PATH    field with the id, for reports; default id
  --stdin F          what standard input holds: jsonl (default) or txt
  --resume           go on where the same command was interrupted, by Ctrl-C or a crash; the output is the same to the byte
  --force            overwrite FILE
  --checkpoint N     seconds between two places to resume from; default ${CHECKPOINT_SECONDS}
  --aggregate INDEX  write the entities of the whole corpus to INDEX, as JSON Lines: canonical, type, id, mentions,
                     documents, and the partners most often named in the same documents
${RECOGNIZE_HELP}
${RECOGNIZER_HELP}

Lines that cannot be read are named on standard error and in FILE.errors.jsonl, and the rest goes on; the exit code is 1 then,
as it is where rows of --names were left out.
While a run is under way FILE.progress lies beside FILE; --resume refuses if inputs or options are others than it says.

To standard output a line is written as soon as it is its turn, so that batch can stand in the middle of a pipe. Such a run cannot
be resumed and writes no file of errors; 141 is the exit code if the reader went away.

Examples:
  eigennamen batch artikel/ --out entities.jsonl
  eigennamen batch news-2023.jsonl.zst news-2024.jsonl.gz --text-field body.text --out entities.jsonl.gz --resume
  zcat dump.gz | eigennamen batch - --stdin txt --out entities.jsonl --workers 4 --aggregate index.jsonl
  tail -f news.jsonl | eigennamen batch - | jq -c .entities
`,
  async run(args) {
    const { options, rest } = parseArguments(args, {
      ...RECOGNIZE_OPTIONS,
      out: 'string',
      workers: 'string',
      'text-field': 'string',
      'id-field': 'string',
      stdin: 'string',
      resume: 'boolean',
      force: 'boolean',
      checkpoint: 'string',
      aggregate: 'string',
      ...RECOGNIZER_OPTIONS,
    })
    const { aggregate } = options
    const out = options.out ?? (rest.length === 1 && rest[0] === '-' ? '-' : undefined)
    if (rest.length === 0) throw new UsageError('batch takes at least one input; "-" is standard input')
    if (rest.filter((input) => input === '-').length > 1)
      throw new UsageError('standard input can be read only once')
    if (out === undefined) throw new UsageError('--out must name a file, or "-" for standard output')
    const piped = out === '-'
    for (const name of ['resume', 'force', 'checkpoint'] as const)
      if (piped && options[name] !== undefined)
        throw new UsageError(`--${name} needs --out FILE: what went to standard output is gone`)
    const workers = numberIn('workers', options.workers, 0, MOST_WORKERS) ?? availableParallelism() - 1
    if (!Number.isInteger(workers)) throw new UsageError(`--workers must be a whole number, got ${workers}`)
    const stdin = oneOf('stdin', options.stdin, ['jsonl', 'txt'], 'jsonl')
    const wanted = recognizeOptions(options)
    if (aggregate !== undefined && resolve(aggregate) === resolve(out))
      throw new UsageError('--aggregate and --out name the same file')
    if (aggregate !== undefined && !existsSync(dirname(aggregate)))
      throw new UsageError(`the folder of --aggregate ${aggregate} does not exist; make it first`)
    const textField = options['text-field'] ?? 'text'
    const idField = options['id-field'] ?? 'id'
    let badNames = 0
    const plan = {
      inputs: findSources(
        rest,
        stdin === 'jsonl' ? 'records' : 'lines',
        piped ? indexFiles(aggregate) : filesWritten(out, aggregate),
      ),
      fields: { text: textField, id: idField, language: options.detect ?? false },
      aggregate,
      terminal: process.stderr,
      async open() {
        const engine = workers < 2 ? await inThisThread(options) : await onThreads(options, workers)
        // Impossible options show here, before anything is written, and not once a document.
        await engine.recognize('')
        return engine
      },
    }
    if (piped) return withNames(await runFilter({ ...plan, out: process.stdout }))
    const settings: Settings = {
      version: version(),
      recognize: wanted,
      textField,
      idField,
      stdin,
      ...stampsOf(options),
    }
    const code = await runBatch({
      ...plan,
      out,
      settings,
      resume: options.resume ?? false,
      force: options.force ?? false,
      checkpointEvery: (numberIn('checkpoint', options.checkpoint, 0, 86_400) ?? CHECKPOINT_SECONDS) * 1000,
    })
    return withNames(code)

    /** Names that were left out are inputs that failed. */
    function withNames(code: number): number {
      return code === EXIT.done && badNames > 0 ? EXIT.failures : code
    }

    async function inThisThread(from: RecognizerOptions): Promise<Engine> {
      const opened = await openRecognizer(from)
      badNames = opened.badNames
      return {
        window: 1,
        recognize: async (text) => opened.engine.recognize(text, wanted),
        close: async () => undefined,
      }
    }

    async function onThreads(from: RecognizerOptions, threads: number): Promise<Engine> {
      const { engine: pool, ...opened } = await openPool(from, threads)
      badNames = opened.badNames
      return {
        window: threads * WINDOW,
        recognize: (text) => pool.recognize(text, wanted),
        close: () => pool.close(),
      }
    }
  },
}

/** Shipped files by name, the user's own by their content. */
function stampsOf({
  model = 'accurate',
  gazetteer,
  names,
}: RecognizerOptions): Pick<Settings, 'model' | 'gazetteer' | 'names'> {
  const digest = (path: string): string =>
    createHash('sha256').update(readBytes(path)).digest('hex').slice(0, 32)
  return {
    model: isModelFile(model) ? digest(model) : model,
    gazetteer: gazetteer === undefined || gazetteer === 'none' ? (gazetteer ?? 'shipped') : digest(gazetteer),
    names: names === undefined ? 'none' : digest(names),
  }
}
