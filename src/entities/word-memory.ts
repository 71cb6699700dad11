import { hashString } from '../binary/hash.js'
import { detached, isAt } from '../text/slices.js'

/** Words remembered; the memory is emptied when it is full. */
const MOST_WORDS = 100_000

interface Known<T> {
  readonly word: string
  readonly answer: T
}

/** What was found out about single words, by their hash: the text is cut into strings only for words not seen before. */
export class WordMemory<T> {
  private readonly compute: (word: string) => T
  private readonly known = new Map<number, Known<T>>()

  constructor(compute: (word: string) => T) {
    this.compute = compute
  }

  /** Answer for the word at `[start, end)`. */
  get(text: string, start: number, end: number): T {
    const hash = hashString(text, start, end)
    const known = this.known.get(hash)
    if (known !== undefined && isAt(known.word, text, start, end)) return known.answer
    const word = detached(text.slice(start, end))
    const answer = this.compute(word)
    if (this.known.size >= MOST_WORDS) this.known.clear()
    this.known.set(hash, { word, answer })
    return answer
  }
}
