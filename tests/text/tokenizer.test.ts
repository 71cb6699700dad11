import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/text/tokenizer.js'
import { Random } from '../../src/training/random.js'
import { readCases } from './cases.js'

function words(text: string): string[] {
  const tokens = tokenize(text)
  return Array.from({ length: tokens.length }, (_, i) => text.slice(tokens.starts[i], tokens.ends[i]))
}

describe('tokenize', () => {
  for (const { input, expected } of readCases(new URL('tokenizer.cases.txt', import.meta.url))) {
    it(input, () => expect(words(input).join(' ')).toBe(expected[0]))
  }

  it('keeps soft hyphens and zero-width characters inside words and drops them at their end', () => {
    expect(words('Bundes\u00ADregierung und\u200B Ende')).toEqual(['Bundes\u00ADregierung', 'und', 'Ende'])
  })

  it('finds nothing in nothing', () => {
    for (const empty of ['', ' ', '\n\t\u00A0\u200B']) expect(words(empty)).toEqual([])
  })

  it('covers every visible character exactly once, in order, for random text', () => {
    const random = new Random(7)
    const alphabet = [
      ..."aÄß.,-/'’„“ \n1:&@#*İẞ\u00AD\u200D\uFE0F",
      '👍',
      '\uD83D',
      '\uDC4D',
      'Dr.',
      ' z. B. ',
      '3. ',
      'IV.',
      'www.',
    ]
    for (let round = 0; round < 3000; round++) {
      let text = ''
      for (let i = random.integer(25); i >= 0; i--) text += alphabet[random.integer(alphabet.length)]
      const tokens = tokenize(text)
      let covered = 0
      for (let i = 0; i < tokens.length; i++) {
        expect(tokens.starts[i]).toBeGreaterThanOrEqual(covered)
        expect(tokens.ends[i]).toBeGreaterThan(tokens.starts[i]!)
        expect(text.slice(covered, tokens.starts[i])).toMatch(/^[\s\u00AD\u200B-\u200D\u2060\uFEFF]*$/)
        covered = tokens.ends[i]!
      }
      expect(text.slice(covered)).toMatch(/^[\s\u00AD\u200B-\u200D\u2060\uFEFF]*$/)
    }
  })

  it('is linear: a million characters without a space take no longer a character than a thousand', () => {
    for (const unit of ['a', '.', 'a.', '-', '1.', "'", '/a', '@a', 'a*', '👍\u200D']) {
      const text = unit.repeat(1_000_000 / unit.length)
      const before = performance.now()
      tokenize(text)
      expect(performance.now() - before, `${JSON.stringify(unit)} repeated`).toBeLessThan(5000)
    }
  })
})
