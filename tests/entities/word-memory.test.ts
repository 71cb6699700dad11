import { describe, expect, it } from 'vitest'
import { hashString } from '../../src/binary/hash.js'
import { WordMemory } from '../../src/entities/word-memory.js'

/** Two words of the same hash. */
function collision(): [string, string] {
  const seen = new Map<number, string>()
  for (let i = 0; ; i++) {
    const word = `Wort${i}`
    const other = seen.get(hashString(word))
    if (other !== undefined) return [other, word]
    seen.set(hashString(word), word)
  }
}

describe('WordMemory', () => {
  it('computes a word once, wherever it stands', () => {
    const asked: string[] = []
    const memory = new WordMemory((word) => {
      asked.push(word)
      return word.length
    })
    expect(memory.get('der Kreml schweigt', 4, 9)).toBe(5)
    expect(memory.get('Kreml', 0, 5)).toBe(5)
    expect(memory.get('im Kreml-Palast', 3, 15)).toBe(12)
    expect(asked).toEqual(['Kreml', 'Kreml-Palast'])
  })

  it('tells words of the same hash apart', () => {
    const [one, other] = collision()
    const memory = new WordMemory((word) => word)
    for (const word of [one, other, one]) expect(memory.get(word, 0, word.length)).toBe(word)
  })
})
