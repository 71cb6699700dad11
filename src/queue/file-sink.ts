import { existsSync, readFileSync } from 'node:fs'
import { LineFile, removeFile, replaceFile } from '../corpus/output.js'
import { FileError } from '../errors.js'
import type { Place, Sink } from './collect.js'
import type { Result } from './results.js'

const FORMAT = 'eigennamen queue progress 1'

interface Progress {
  readonly format: typeof FORMAT
  readonly place: Place
  /** Lengths in bytes of OUT and OUT.errors.jsonl at that place. */
  readonly output: number
  readonly errors: number
}

/**
 * Results in a file of lines, OUT; failures in OUT.errors.jsonl; the place in OUT.progress, which ties it to lengths of the two. An
 * interrupted run cuts them to these lengths and goes on. Both are what `eigennamen batch` writes.
 */
export class FileSink implements Sink {
  readonly #path: string
  #files: { readonly out: LineFile; readonly errors: LineFile } | undefined

  /** @throws FileError for a compressed file, which cannot be cut at any line */
  constructor(path: string) {
    if (/\.(gz|zst)$/i.test(path)) {
      throw new FileError(
        'UNREADABLE_FILE',
        `cannot collect into ${path}: expected a name without .gz or .zst. Collect into a plain file and compress it afterwards.`,
      )
    }
    this.#path = path
  }

  async place(): Promise<Place | undefined> {
    if (!existsSync(this.#journal)) return undefined
    const { place, output, errors } = this.#read()
    this.#open(output, errors)
    return place
  }

  async write(results: readonly Result[], place: Place): Promise<void> {
    if (this.#files === undefined) {
      if (existsSync(this.#path)) {
        throw new FileError(
          'UNREADABLE_FILE',
          `${this.#path} is there already, without the progress of a collector. Name another file, or remove it.`,
        )
      }
      // The place comes first: of a file without one nobody would know whose it is.
      this.#save(place, 0, 0)
      this.#open(0, 0)
    }
    const { out, errors } = this.#files!
    for (const result of results) {
      if ('line' in result) out.append(result.line)
      else errors.append(JSON.stringify(result.failure))
    }
    for (const file of [out, errors]) {
      file.settle()
      file.sync()
    }
    this.#save(place, out.bytes, errors.bytes)
  }

  async finish(): Promise<void> {
    this.close()
    if (existsSync(this.#errors) && readFileSync(this.#errors).length === 0) removeFile(this.#errors)
    removeFile(this.#journal)
  }

  close(): void {
    this.#files?.out.close()
    this.#files?.errors.close()
    this.#files = undefined
  }

  get #journal(): string {
    return `${this.#path}.progress`
  }

  get #errors(): string {
    return `${this.#path}.errors.jsonl`
  }

  #open(output: number, errors: number): void {
    this.#files = { out: new LineFile(this.#path, output), errors: new LineFile(this.#errors, errors) }
  }

  #save(place: Place, output: number, errors: number): void {
    const progress: Progress = { format: FORMAT, place, output, errors }
    replaceFile(this.#journal, (append) => append(`${JSON.stringify(progress)}\n`))
  }

  #read(): Progress {
    let found: unknown
    try {
      found = JSON.parse(readFileSync(this.#journal, 'utf8'))
    } catch (error) {
      throw new FileError('UNREADABLE_FILE', `cannot read ${this.#journal}: ${(error as Error).message}.`, {
        cause: error,
      })
    }
    if ((found as Progress | null)?.format === FORMAT) return found as Progress
    throw new FileError(
      'UNREADABLE_FILE',
      `${this.#journal} is not the progress of a collector; expected "${FORMAT}" in it. Name another output.`,
    )
  }
}
