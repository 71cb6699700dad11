import { describe, expect, it } from 'vitest'
import { splitSentences } from '../../src/text/sentences.js'
import { tokenize } from '../../src/text/tokenizer.js'
import { readCases } from './cases.js'

function sentences(text: string): string[] {
  const tokens = tokenize(text)
  const starts = splitSentences(text, tokens)
  return Array.from({ length: starts.length - 1 }, (_, i) =>
    text.slice(tokens.starts[starts[i]!], tokens.ends[starts[i + 1]! - 1]),
  )
}

describe('splitSentences', () => {
  for (const { input, expected } of readCases(new URL('sentences.cases.txt', import.meta.url))) {
    it(input.replaceAll('\n', '⏎'), () =>
      expect(sentences(input)).toEqual(expected.map((line) => line.replaceAll('⏎', '\n'))),
    )
  }

  it('has no sentence in an empty text', () => expect(sentences(' \n ')).toEqual([]))
})
