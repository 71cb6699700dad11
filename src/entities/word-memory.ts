import { hashString } from '../binary/hash.js'

/** Words remembered; the memory is emptied when it is full. */
const MOST_WORDS = 100_000

/** What was found out about single words, by their hash: the text is cut into strings only for words not seen before. */
export class WordMemory<T> {
  private readonly compute: (word: string) => T
  private readonly known = new Map<number, T>()

  constructor(compute: (word: string) => T) {
    this.compute = compute
  }

  /** Answer for the word at `[start, end)`. */
  get(text: string, start: number, end: number): T {
    const hash = hashString(text, start, end)
    let answer = this.known.get(hash)
    if (answer === undefined && !this.known.has(hash)) {
      if (this.known.size >= MOST_WORDS) this.known.clear()
      answer = this.compute(text.slice(start, end))
      this.known.set(hash, answer)
    }
    return answer as T
  }
}
