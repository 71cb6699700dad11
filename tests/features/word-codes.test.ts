import { describe, expect, it } from 'vitest'
import { openContainer, writeContainer } from '../../src/binary/container.js'
import { WordCodes } from '../../src/lexicon/word-codes.js'

describe('WordCodes', () => {
  it('gives every code back, common or rare, also after writing and reading', () => {
    // 400 different codes: 255 of them twice, the others once.
    const codes = Array.from({ length: 655 }, (_, i) => 7 * (i % 400) + 1)
    const packed = WordCodes.pack(codes)
    const bytes = writeContainer({ kind: 'tagger' }, packed.toSections())
    const read = WordCodes.fromContainer(openContainer(bytes, 'tagger', 'test'))
    for (const [row, code] of codes.entries()) {
      expect(packed.at(row)).toBe(code)
      expect(read.at(row)).toBe(code)
    }
    expect(packed.toSections()['lexicon.codes']!.byteLength).toBe(655)
  })
})
