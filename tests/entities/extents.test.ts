import { describe, expect, it } from 'vitest'
import { DerivedFinder } from '../../src/entities/derived.js'
import { Extents } from '../../src/entities/extents.js'
import type { TokenMention } from '../../src/entities/mention.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import type { EntityType } from '../../src/labels/scheme.js'
import { tokenize } from '../../src/text/tokenizer.js'

const gazetteer = Gazetteer.empty()
const isCommon = (word: string): boolean => word === 'Zoos'
const extents = new Extents(new DerivedFinder(gazetteer, isCommon), gazetteer, isCommon)

/** Texts of the mended mentions, where `names` are tagged with a type and a score. */
function mended(text: string, ...names: readonly [string, EntityType, number?][]): string[] {
  const tokens = tokenize(text)
  const mentions = names.map(([name, type, score = 0.99]): TokenMention => {
    const start = text.indexOf(name)
    const end = start + name.length
    const first = tokens.starts.indexOf(start)
    const last = tokens.ends.indexOf(end) + 1
    return { first, last, start, end, text: name, type, kind: 'name', score }
  })
  const found: TokenMention[] = []
  for (const mention of mentions) extents.split(mention, text, tokens, found)
  for (const { start, end, text: name } of found) expect(text.slice(start, end)).toBe(name)
  return found.map(({ text: name }) => name)
}

describe('Extents', () => {
  it('takes the noun off that only says what an organisation is, where the tagger doubts it', () => {
    const text = 'Der Dachverband Rengo warnt.'
    expect(mended(text, ['Dachverband Rengo', 'ORG', 0.7])).toEqual(['Rengo'])
    expect(mended(text, ['Dachverband Rengo', 'ORG', 0.9])).toEqual(['Dachverband Rengo'])
    expect(mended('Verband Zoos', ['Verband Zoos', 'ORG', 0.5])).toEqual(['Verband Zoos'])
  })
})
