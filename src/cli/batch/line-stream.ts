const BUFFER = 1 << 16

/** What a shell reports of a program whose reader went away: 128 and the number of SIGPIPE. */
const CLOSED_PIPE = 141

/**
 * Lines for a pipe. They are written before the program waits for anything, at the latest in its next turn, and together where
 * many come in one turn. A slow reader slows the writer down; one that goes away ends the program.
 */
export class LineStream {
  readonly #out: NodeJS.WritableStream
  #pending: string[] = []
  #length = 0
  #scheduled = false
  #room: Promise<unknown> | undefined

  constructor(out: NodeJS.WritableStream) {
    this.#out = out
    // Before any other listener: the rest of the corpus would be lost unnoticed behind an exit code of 0.
    out.prependListener('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(CLOSED_PIPE)
    })
  }

  /** Resolves once there is room for more. */
  async append(line: string): Promise<void> {
    this.#pending.push(line, '\n')
    this.#length += line.length + 1
    if (this.#length >= BUFFER) this.flush()
    else if (!this.#scheduled) {
      this.#scheduled = true
      setImmediate(() => {
        this.#scheduled = false
        this.flush()
      })
    }
    await this.#room
    this.#room = undefined
  }

  flush(): void {
    if (this.#length === 0) return
    const text = this.#pending.join('')
    this.#pending = []
    this.#length = 0
    if (!this.#out.write(text)) this.#room = new Promise((resolve) => this.#out.once('drain', resolve))
  }

  /** Resolves once everything has left the program. */
  async end(): Promise<void> {
    this.flush()
    await new Promise<void>((resolve) => this.#out.write('', () => resolve()))
  }
}
