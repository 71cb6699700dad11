import { detached } from '../text/slices.js'

/** Answers remembered; the memory is emptied when it is full. */
const MOST = 20_000
/** Longest key that is remembered, in UTF-16 units: longer names come once, and would keep their text alive. */
const LONGEST = 120

/** What was found out about names, by name. */
export class Memory<T> {
  private readonly known = new Map<string, T>()

  /** The answer for a key, made when it is first asked for; `make` must depend on nothing but the key. */
  get(key: string, make: () => T): T {
    const found = this.known.get(key)
    if (found !== undefined) return found
    const answer = make()
    if (key.length > LONGEST) return answer
    if (this.known.size >= MOST) this.known.clear()
    this.known.set(detached(key), answer)
    return answer
  }
}
