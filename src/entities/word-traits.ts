/** What a word may be by itself, whatever stands around it: bits. */
export const Trait = {
  /** It is derived from a name. */
  Derived: 1 << 0,
  /** It is formed like an inhabitant of some place. */
  Inhabitant: 1 << 1,
  /** It is a compound of known parts. */
  Compound: 1 << 2,
  /** It begins with a capital. */
  Capital: 1 << 3,
} as const

/** Set once a word was looked at. */
const KNOWN = 1 << 7

/** Traits of words, found out once a word type: later on a token costs a look into an array. */
export class WordTraits {
  private readonly compute: (text: string, start: number, end: number) => number
  private byType = new Uint8Array(1 << 12)
  private generation = -1

  /** @param compute traits of the word at `[start, end)` */
  constructor(compute: (text: string, start: number, end: number) => number) {
    this.compute = compute
  }

  /** Says how often the numbers of types were given anew; older answers are dropped. */
  begin(generation: number): void {
    if (generation === this.generation) return
    this.generation = generation
    this.byType.fill(0)
  }

  /** Traits of the word at `[start, end)`, whose type has this number. */
  of(type: number, text: string, start: number, end: number): number {
    if (type >= this.byType.length) this.grow(type)
    const known = this.byType[type]!
    return known === 0 ? this.enter(type, text, start, end) : known
  }

  private enter(type: number, text: string, start: number, end: number): number {
    const traits = this.compute(text, start, end) | KNOWN
    this.byType[type] = traits
    return traits
  }

  private grow(type: number): void {
    let length = this.byType.length
    while (length <= type) length *= 2
    const grown = new Uint8Array(length)
    grown.set(this.byType)
    this.byType = grown
  }
}
