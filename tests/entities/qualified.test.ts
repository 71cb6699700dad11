import { describe, expect, it } from 'vitest'
import type { Mention } from '../../src/entities/mention.js'
import { joinQualifiers } from '../../src/entities/qualified.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import { buildTable } from '../../src/gazetteer/table-builder.js'

const place = (name: string, subtype: string) => ({
  name,
  type: 'LOC' as const,
  qid: 0,
  prominence: 80,
  country: 'DE',
  subtype,
  aliases: [],
})
// Kinds of places are known of compiled entries only.
const GAZETTEER = Gazetteer.of(
  buildTable(
    [
      place('Frankfurt (Oder)', 'city'),
      place('Oder', 'river'),
      place('Gori (Georgien)', 'city'),
      place('Georgien', 'country'),
    ],
    { freeSpelling: false },
  ),
)

/** Texts of the mentions after joining, where the words are tagged as places. */
function joined(text: string, ...words: string[]): string[] {
  const mentions = words.map((word): Mention => {
    const start = text.indexOf(word)
    return { start, end: start + word.length, text: word, type: 'LOC', kind: 'name', score: 0.9 }
  })
  const found = joinQualifiers(mentions, text, GAZETTEER)
  for (const mention of found) expect(text.slice(mention.start, mention.end)).toBe(mention.text)
  return found.map((mention) => mention.text)
}

describe('joinQualifiers', () => {
  it('takes the river behind a town along where the town is called so', () => {
    expect(joined('In Frankfurt (Oder) und Berlin.', 'Frankfurt', 'Oder', 'Berlin')).toEqual([
      'Frankfurt (Oder)',
      'Berlin',
    ])
    expect(joined('In Frankfurt (Oder).', 'Frankfurt')).toEqual(['Frankfurt (Oder)'])
  })

  it('leaves a country in brackets, and what the gazetteer does not know, alone', () => {
    expect(joined('In Gori (Georgien).', 'Gori', 'Georgien')).toEqual(['Gori', 'Georgien'])
    expect(joined('In Horn (Oder).', 'Horn', 'Oder')).toEqual(['Horn', 'Oder'])
    expect(joined('In Frankfurt (Main).', 'Frankfurt', 'Main')).toEqual(['Frankfurt', 'Main'])
  })
})
