import { closeSync, openSync, writeFileSync } from 'node:fs'
import { FileError } from '../errors.js'

/** Where a command prints: standard output, or the file of `--out`, which is emptied first. */
export class Output {
  readonly #file: number | undefined

  /** @throws FileError for a file that cannot be written */
  constructor(path: string | undefined) {
    this.#file = path === undefined || path === '-' ? undefined : open(path)
  }

  write(text: string): void {
    if (this.#file === undefined) process.stdout.write(text)
    else writeFileSync(this.#file, text)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

export function cannotWrite(path: string, error: unknown): FileError {
  return new FileError(
    'UNREADABLE_FILE',
    `cannot write ${path}: ${(error as Error).message}. Name a file in a folder that exists and may be written.`,
    { cause: error },
  )
}
