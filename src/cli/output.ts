import { accessSync, closeSync, constants, openSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { FileError } from '../errors.js'

/**
 * Where a command prints: standard output, or the file of `--out`. The file is emptied at the first thing written, so that
 * one that is there outlives a run without a result.
 */
export class Output {
  readonly #path: string | undefined
  #file: number | undefined

  /** @throws FileError for a file that cannot be written: now, not after the work */
  constructor(path: string | undefined) {
    this.#path = path === '-' ? undefined : path
    if (this.#path !== undefined) checkWritable(this.#path)
  }

  /** @throws FileError for a file that cannot be opened */
  write(text: string): void {
    if (this.#path === undefined) {
      process.stdout.write(text)
      return
    }
    this.#file ??= open(this.#path)
    writeFileSync(this.#file, text)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
  }
}

/** @throws FileError where the file, or the folder it would lie in, cannot be written; nothing is opened or made */
export function checkWritable(path: string): void {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats?.isDirectory()) throw new Error('it is a folder')
    accessSync(stats === undefined ? dirname(path) : path, constants.W_OK)
  } catch (error) {
    throw cannotWrite(path, error)
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
