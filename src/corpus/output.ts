import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { gzipSync } from 'node:zlib'
import { FileError } from '../errors.js'

/** A gzip member is closed whenever this many bytes are collected: bytes of the output never depend on where a run stopped. */
const MEMBER = 1 << 18
const BUFFER = 1 << 16

/**
 * A file of lines that can be cut back to a length it had before and continued, byte for byte as if nothing had happened.
 *
 * With gzip it is a row of members of about 256 KiB of lines each, and only their ends are such lengths. All writing is
 * synchronous, so that a signal handler never finds it half done.
 */
export class LineFile {
  readonly path: string
  readonly #gzip: boolean
  readonly #fd: number
  #bytes: number
  #pending: string[] = []
  #pendingLength = 0

  /**
   * Opens a file and cuts it to its first `bytes`; 0 makes a new one.
   * @throws FileError if it cannot be written or is shorter
   */
  constructor(path: string, bytes: number) {
    this.path = path
    this.#gzip = /\.gz$/i.test(path)
    this.#bytes = bytes
    try {
      this.#fd = openSync(path, bytes === 0 ? 'w' : 'r+')
    } catch (error) {
      throw unwritable(path, error)
    }
    const { size } = fstatSync(this.#fd)
    if (size < bytes) {
      throw new FileError(
        'UNREADABLE_FILE',
        `${path} has ${size} bytes, but ${bytes} were written to it before the run was interrupted. ` +
          'It was changed since; begin anew (batch: with --force).',
      )
    }
    ftruncateSync(this.#fd, bytes)
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether everything is on disk, so that `bytes` is a length to come back to. */
  get settled(): boolean {
    return this.#pendingLength === 0
  }

  /** True if this line completed a gzip member. */
  append(line: string): boolean {
    this.#pending.push(line, '\n')
    this.#pendingLength += line.length + 1
    if (this.#pendingLength < (this.#gzip ? MEMBER : BUFFER)) return false
    this.#write()
    return this.#gzip
  }

  /** Writes what is collected, unless that would end a gzip member early. */
  settle(): void {
    if (!this.#gzip) this.#write()
  }

  /** Waits until the bytes are on the disk itself. */
  sync(): void {
    fdatasyncSync(this.#fd)
  }

  close(): void {
    if (this.#pendingLength > 0 || (this.#gzip && this.#bytes === 0)) this.#write()
    this.sync()
    closeSync(this.#fd)
  }

  #write(): void {
    const text = Buffer.from(this.#pending.join(''))
    const bytes = this.#gzip ? gzipSync(text) : text
    try {
      for (let at = 0; at < bytes.length; )
        at += writeSync(this.#fd, bytes, at, bytes.length - at, this.#bytes + at)
    } catch (error) {
      throw unwritable(this.path, error)
    }
    this.#bytes += bytes.length
    this.#pending = []
    this.#pendingLength = 0
  }
}

/**
 * Puts a whole file in place at once: whoever opens the path finds the old one or the new one, never a part.
 * @throws FileError if it cannot be written
 */
export function replaceFile(path: string, write: (append: (text: string) => void) => void): void {
  const draft = draftOf(path)
  try {
    const fd = openSync(draft, 'w')
    try {
      write((text) => {
        const bytes = Buffer.from(text)
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
      })
      fdatasyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(draft, path)
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** Where `replaceFile` writes before the file is whole. */
export function draftOf(path: string): string {
  return `${path}.new`
}

export function removeFile(path: string): void {
  if (existsSync(path)) unlinkSync(path)
}

function unwritable(path: string, error: unknown): FileError {
  return new FileError(
    'UNREADABLE_FILE',
    `cannot write ${path}: ${(error as Error).message}. Check the folder and the room on the disk; a run that was interrupted goes on with --resume.`,
    { cause: error },
  )
}
