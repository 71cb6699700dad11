import { describe, expect, it } from 'vitest'
import { Trait, WordTraits } from '../../src/entities/word-traits.js'

describe('WordTraits', () => {
  it('looks at each word type once, until the types get new numbers', () => {
    const asked: string[] = []
    const traits = new WordTraits((text, start, end) => {
      const word = text.slice(start, end)
      asked.push(word)
      return word === 'Torgauer' ? Trait.Derived | Trait.Capital : 0
    })
    const text = 'Torgauer und'
    traits.begin(0)
    for (let round = 0; round < 2; round++) {
      expect(traits.of(70_000, text, 0, 8) & Trait.Derived).not.toBe(0)
      expect(traits.of(1, text, 9, 12) & (Trait.Derived | Trait.Capital)).toBe(0)
    }
    expect(asked).toEqual(['Torgauer', 'und'])
    traits.begin(0)
    traits.begin(1)
    expect(traits.of(70_000, text, 9, 12) & Trait.Derived).toBe(0)
    expect(asked).toEqual(['Torgauer', 'und', 'und'])
  })
})
