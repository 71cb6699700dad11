/** Why a request is given up. */
export type GivenUp = 'timeout' | 'client gone'

/** The time a request has, and the client's patience: whichever ends first gives it up. `end` must be called. */
export class Deadline {
  #givenUp: GivenUp | undefined
  readonly #listeners = new Set<(why: GivenUp) => void>()
  readonly #timer: NodeJS.Timeout
  readonly #client: AbortSignal | undefined
  readonly #onAbort = (): void => this.#giveUp('client gone')

  /** `milliseconds` from now; `client` aborts when the connection is closed. */
  constructor(milliseconds: number, client?: AbortSignal) {
    this.#timer = setTimeout(() => this.#giveUp('timeout'), milliseconds)
    this.#client = client
    if (client?.aborted) this.#giveUp('client gone')
    client?.addEventListener('abort', this.#onAbort)
  }

  get givenUp(): GivenUp | undefined {
    return this.#givenUp
  }

  /** Settles as the promise does, or rejects with what `fault` answers as soon as the request is given up. */
  race<T>(promise: Promise<T>, fault: (why: GivenUp) => Error): Promise<T> {
    if (this.#givenUp !== undefined) {
      promise.catch(() => undefined)
      return Promise.reject(fault(this.#givenUp))
    }
    return new Promise((resolve, reject) => {
      const listener = (why: GivenUp): void => reject(fault(why))
      this.#listeners.add(listener)
      promise.then(resolve, reject).finally(() => this.#listeners.delete(listener))
    })
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#client?.removeEventListener('abort', this.#onAbort)
    this.#listeners.clear()
  }

  #giveUp(why: GivenUp): void {
    if (this.#givenUp !== undefined) return
    this.#givenUp = why
    for (const listener of this.#listeners) listener(why)
  }
}
