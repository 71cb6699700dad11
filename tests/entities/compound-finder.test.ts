import { describe, expect, it } from 'vitest'
import { CompoundFinder } from '../../src/entities/compound-finder.js'
import type { Mention } from '../../src/entities/mention.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'

const finder = new CompoundFinder(
  Gazetteer.empty().with([
    { name: 'FC Bayern', type: 'ORG', aliases: ['Bayern'] },
    { name: 'Angela Merkel', type: 'PER', aliases: ['Merkel'] },
  ]),
  () => false,
)

/** Names inside a word that the tagger took for a compound of an organisation. */
function within(text: string): string[] {
  const mentions: Mention[] = []
  finder.open({ start: 0, end: text.length, text, type: 'ORG', kind: 'compound', score: 0.9 }, mentions)
  return mentions.map((mention) => mention.text)
}

describe('CompoundFinder', () => {
  it('drops words before whose hyphen stands no name', () => {
    expect(within('Ex-Präsident')).toEqual([])
    expect(within('Vize-Kanzler')).toEqual([])
    expect(within('Ex-Bayern-Profi')).toEqual(['Bayern'])
    expect(within('Rengo-Präsident')).toEqual(['Rengo'])
  })
})
