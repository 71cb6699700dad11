import { hashString } from '../binary/hash.js'
import { TypeTable } from '../features/type-table.js'
import { WordType } from '../features/word-type.js'
import type { Lexicon } from '../lexicon/lexicon.js'
import type { PhraseSet } from '../lexicon/phrases.js'
import type { NetworkModel } from '../network/network-model.js'
import { TypeInputs } from '../network/type-inputs.js'
import { detached, isAt } from '../text/slices.js'

const FIRST_CAPACITY = 1 << 12
const DEFAULT_LIMIT = 1 << 17

/**
 * Everything about a word that depends on the word alone, computed once a type: its facts and the network's input. A hit allocates
 * nothing, not even the word: code units are hashed and compared in place.
 */
export class TypeCache {
  /** Input of each type, `types x size`. */
  inputs: Int16Array
  /** Elements of an input. */
  readonly size: number
  readonly table = new TypeTable()
  /** How often the cache was emptied: numbers of types mean the same words as long as this stays the same. */
  generation = 0
  private words: string[] = []
  private slots = new Int32Array(FIRST_CAPACITY * 4)
  private readonly typeInputs: TypeInputs
  private readonly lexicon: Lexicon
  private readonly phrases: PhraseSet
  private readonly limit: number

  /** @param limit types kept; one more empties the cache. 131,072 types take about 40 MB. */
  constructor(network: NetworkModel, lexicon: Lexicon, phrases: PhraseSet, limit = DEFAULT_LIMIT) {
    this.typeInputs = new TypeInputs(network)
    this.size = this.typeInputs.size
    this.inputs = new Int16Array(FIRST_CAPACITY * this.size)
    this.lexicon = lexicon
    this.phrases = phrases
    this.limit = limit
  }

  get count(): number {
    return this.words.length
  }

  /** Makes room for as many new types, so that none that was just looked up is dropped before it was used; true if all were dropped. */
  prepare(count: number): boolean {
    if (this.words.length + count <= this.limit) return false
    this.words = []
    this.table.clear()
    this.slots.fill(0)
    this.generation++
    return true
  }

  /** Number of the type of `text.slice(start, end)`. */
  typeOf(text: string, start: number, end: number): number {
    const hash = hashString(text, start, end)
    const mask = this.slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const found = this.slots[slot]!
      if (found === 0) return this.enter(text.slice(start, end), slot)
      if (isAt(this.words[found - 1]!, text, start, end)) return found - 1
    }
  }

  private enter(word: string, slot: number): number {
    const type = this.words.length
    if ((type + 1) * this.size > this.inputs.length) this.growInputs()
    const wordType = new WordType(word, this.lexicon)
    this.typeInputs.write(wordType, this.inputs, type * this.size)
    this.words.push(detached(word))
    this.table.push(wordType.facts, this.phrases)
    this.slots[slot] = type + 1
    if (this.words.length * 2 > this.slots.length) this.growSlots()
    return type
  }

  /** Room for twice as many types. */
  private growInputs(): void {
    const grown = new Int16Array(this.inputs.length * 2)
    grown.set(this.inputs)
    this.inputs = grown
  }

  private growSlots(): void {
    const slots = new Int32Array(this.slots.length * 2)
    for (const [type, word] of this.words.entries()) {
      let slot = hashString(word) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = type + 1
    }
    this.slots = slots
  }
}
