/**
 * Slots of a table for what is computed once a word type. When no slot is free the table is emptied: what a text needs next is
 * soon there again, and nothing has to be kept about what is old.
 */
export class TypeSlots {
  /** Slots in use; they are given in ascending order. */
  used = 0
  private readonly capacity: number
  /** Slot of each type, counted from 1; 0 for none. */
  private slotOf = new Int32Array(1 << 12)

  /** @param capacity number of slots, no less than the tokens of a batch */
  constructor(capacity: number) {
    this.capacity = capacity
  }

  forget(): void {
    this.slotOf.fill(0)
    this.used = 0
  }

  /** Slot of a type that has one. */
  slot(type: number): number {
    return this.slotOf[type]! - 1
  }

  /** Makes room for as many new types; this may empty the table. */
  reserve(count: number): void {
    if (this.used + count > this.capacity) this.forget()
  }

  /**
   * Gives a slot to each of these types that has none and calls `enter` for it. Room was made by `reserve`.
   * @returns the first slot that was given; all from there to `used` are new
   */
  give(types: Int32Array, count: number, enter: (type: number, place: number) => void): number {
    const first = this.used
    for (let i = 0; i < count; i++) {
      const type = types[i]!
      if (type >= this.slotOf.length) this.grow(type)
      if (this.slotOf[type] !== 0) continue
      enter(type, this.used - first)
      this.slotOf[type] = ++this.used
    }
    return first
  }

  private grow(type: number): void {
    let length = this.slotOf.length
    while (length <= type) length *= 2
    const grown = new Int32Array(length)
    grown.set(this.slotOf)
    this.slotOf = grown
  }
}
