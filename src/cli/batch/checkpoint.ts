import { readFileSync } from 'node:fs'
import type { Position } from '../../corpus/items.js'
import { replaceFile } from '../../corpus/output.js'
import type { InputStamp } from '../../corpus/sources.js'
import { FileError } from '../../errors.js'
import type { RecognizeOptions } from '../../types.js'
import type { Counts } from './summary.js'

/** Everything that decides what the output is; a run may only be resumed with the same. */
export interface Settings {
  readonly version: string
  readonly recognize: RecognizeOptions
  readonly textField: string
  readonly idField: string
  readonly stdin: string
  /** Names of shipped files, or digests of the user's own. */
  readonly model: string
  readonly gazetteer: string
  readonly names: string
}

/** How far a run has come: documents before the position are in the first `output` and `errors` bytes, no others. */
export interface Checkpoint {
  readonly position: Position
  /** Length of OUT in bytes. */
  readonly output: number
  /** Length of OUT.errors.jsonl in bytes. */
  readonly errors: number
  readonly counts: Counts
}

interface Progress extends Checkpoint {
  readonly format: typeof FORMAT
  readonly settings: Settings
  readonly inputs: readonly InputStamp[]
}

const FORMAT = 'eigennamen batch progress 1'

const SETTING_NAMES: Readonly<Record<keyof Settings, string>> = {
  version: 'the version of eigennamen',
  recognize: '--types, --kinds, --min-score, --date or --detect',
  textField: '--text-field',
  idField: '--id-field',
  stdin: '--stdin',
  model: '--model',
  gazetteer: '--gazetteer',
  names: '--names',
}

/** The file OUT.progress: there from before the first byte of output until after the last one. */
export class Journal {
  readonly path: string
  readonly #settings: Settings
  readonly #inputs: readonly InputStamp[]

  constructor(path: string, settings: Settings, inputs: readonly InputStamp[]) {
    this.path = path
    this.#settings = settings
    this.#inputs = inputs
  }

  write(checkpoint: Checkpoint): void {
    const progress: Progress = {
      format: FORMAT,
      ...checkpoint,
      settings: this.#settings,
      inputs: this.#inputs,
    }
    replaceFile(this.path, (append) => append(`${JSON.stringify(progress)}\n`))
  }

  /**
   * Where the interrupted run stands.
   * @throws FileError if the file is unusable, or inputs or options are not those of that run
   */
  read(): Checkpoint {
    const found = this.#parse()
    for (const key of Object.keys(SETTING_NAMES) as (keyof Settings)[]) {
      const [was, is] = [JSON.stringify(found.settings[key]), JSON.stringify(this.#settings[key])]
      if (was !== is) {
        throw refused(`${SETTING_NAMES[key]} changed since the run was interrupted: it was ${was}, now ${is}`)
      }
    }
    const paths = (stamps: readonly InputStamp[]): string => stamps.map(({ path }) => path).join(' ')
    if (paths(found.inputs) !== paths(this.#inputs)) {
      throw refused(`the inputs were "${paths(found.inputs)}", now they are "${paths(this.#inputs)}"`)
    }
    for (const [index, was] of found.inputs.entries()) {
      const is = this.#inputs[index]!
      if (was.digest !== is.digest) {
        throw refused(
          `the input ${is.path} changed since the run was interrupted: it was ${size(was)}, now ${size(is)}, or was written again in between`,
        )
      }
    }
    return found
  }

  #parse(): Progress {
    let found: unknown
    try {
      found = JSON.parse(readFileSync(this.path, 'utf8'))
    } catch (error) {
      throw refused(`${this.path} is not readable: ${(error as Error).message}`)
    }
    if ((found as Progress | null)?.format !== FORMAT) {
      throw refused(`${this.path} is not the progress of a run of this version; expected "${FORMAT}" in it`)
    }
    return found as Progress
  }
}

function size({ files, bytes }: InputStamp): string {
  return files === 1 ? `${bytes} bytes` : `${files} files of ${bytes} bytes`
}

function refused(reason: string): FileError {
  return new FileError(
    'UNREADABLE_FILE',
    `cannot resume: ${reason}. Resume with what the run began with, or start anew with --force.`,
  )
}
