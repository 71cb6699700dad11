import type { Deadline } from './deadline.js'
import { Problem, RETRY_AFTER } from './problem.js'

interface Waiting {
  readonly begin: () => void
}

/**
 * Back-pressure. At most `slots` texts are with the recogniser; at most `maxQueue` requests wait for their first turn, further
 * ones are refused at once. Turns are given in the order of asking, text by text, so that a long stream does not shut out
 * short requests. A text keeps its slot until it is really done, even where its request was given up: a worker cannot be
 * interrupted, and what it is busy with must not be forgotten.
 */
export class Gate {
  readonly #slots: number
  readonly #maxQueue: number
  readonly #line: Waiting[] = []
  #busy = 0
  #waitingRequests = 0

  constructor(slots: number, maxQueue: number) {
    this.#slots = slots
    this.#maxQueue = maxQueue
  }

  /** Texts with the recogniser. */
  get busy(): number {
    return this.#busy
  }

  /** Requests none of whose texts had a turn yet. */
  get waitingRequests(): number {
    return this.#waitingRequests
  }

  /** @throws Problem 503 where too many requests wait already */
  checkRoom(): void {
    if (this.#waitingRequests < this.#maxQueue + Math.max(0, this.#slots - this.#busy)) return
    throw new Problem(
      503,
      'QUEUE_FULL',
      `${this.#waitingRequests} requests wait already, and all workers are busy. Try again later, or start the server with more --workers or a longer --max-queue.`,
      { headers: RETRY_AFTER },
    )
  }

  /**
   * Lets a request in; its texts may then ask for turns. It counts as waiting from the first text on that asks for one until
   * it has had one: a stream whose first line has not come yet keeps nobody out.
   * @throws Problem 503 where too many requests wait already
   */
  enter(): Visit {
    this.checkRoom()
    let hadTurn = false
    let isCounted = false
    let asking = 0
    const count = (): void => {
      const isWaiting = !hadTurn && asking > 0
      if (isWaiting !== isCounted) this.#waitingRequests += isWaiting ? 1 : -1
      isCounted = isWaiting
    }
    return {
      run: async (work, deadline) => {
        if (this.#busy < this.#slots && deadline.givenUp === undefined) this.#busy++
        else {
          asking++
          count()
          try {
            await this.#turn(deadline)
          } finally {
            asking--
            count()
          }
        }
        hadTurn = true
        count()
        const done = (async () => work())()
        done.then(
          () => this.#free(),
          () => this.#free(),
        )
        return deadline.race(done, (why) =>
          why === 'client gone'
            ? clientGone()
            : new Problem(504, 'TIMEOUT', 'the text was not done in time. Cut it, or raise --timeout.'),
        )
      },
    }
  }

  async #turn(deadline: Deadline): Promise<void> {
    let place: Waiting | undefined
    const begun = new Promise<void>((resolve) => {
      place = { begin: resolve }
      this.#line.push(place)
    })
    try {
      await deadline.race(begun, (why) =>
        why === 'client gone'
          ? clientGone()
          : new Problem(503, 'QUEUE_TIMEOUT', 'no worker was free in time. Try again later.', {
              headers: RETRY_AFTER,
            }),
      )
    } catch (error) {
      const index = this.#line.indexOf(place!)
      // Given its turn in the same moment: hand it on.
      if (index < 0) this.#free()
      else this.#line.splice(index, 1)
      throw error
    }
  }

  #free(): void {
    const next = this.#line.shift()
    if (next === undefined) this.#busy--
    else next.begin()
  }
}

/** One request inside the gate. */
export interface Visit {
  /**
   * Runs work on one text when it is its turn.
   * @throws Problem 503 where no turn came in time, 504 where the work took too long
   */
  run<T>(work: () => Promise<T>, deadline: Deadline): Promise<T>
}

/** Nobody reads it; it only ends the request. */
function clientGone(): Problem {
  return new Problem(499, 'CLIENT_GONE', 'the client closed the connection.')
}
