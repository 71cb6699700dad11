import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { ArgumentError } from '../errors.js'

/** What tells two paths of one file: no links, no `./`. Of a file that is not there yet, its absolute path. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return resolve(path)
  }
}

/** Opening an output empties it: an input that is one would be lost before it is read. */
export function inputIsWritten(path: string): ArgumentError {
  return new ArgumentError(
    'INVALID_ARGUMENT',
    `${path} is both an input and written to. Name another output.`,
  )
}
