import { describe, expect, it } from 'vitest'
import { DerivedFinder } from '../../src/entities/derived.js'
import { DocumentClubs } from '../../src/entities/document-clubs.js'
import { Retyper } from '../../src/entities/retyping.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import { AliasFlag } from '../../src/gazetteer/table.js'
import { buildTable } from '../../src/gazetteer/table-builder.js'
import type { EntityKind, EntityType } from '../../src/labels/scheme.js'
import { tokenize } from '../../src/text/tokenizer.js'
import { taggedMention } from './markup.js'

function entry(name: string, derived: readonly string[]) {
  const aliases = derived.map((word) => ({ name: word, flags: AliasFlag.Derived, from: 0, to: 0 }))
  return { name, type: 'LOC', subtype: 'country', qid: 0, prominence: 80, country: 'DE', aliases } as const
}

const gazetteer = Gazetteer.of(
  buildTable(
    [
      entry('Iran', ['Iraner', 'iranisch']),
      entry('Schweden', ['Schwede', 'Schweden', 'schwedisch']),
      entry('Pfalz', ['pfälzisch', 'Pfälzer']),
    ],
    { freeSpelling: true },
  ),
)
const retyper = new Retyper(new DerivedFinder(gazetteer, () => false), gazetteer)

/** Type and kind of a word that was tagged so. */
function retyped(text: string, word: string, type: EntityType, kind: EntityKind): string {
  const tokens = tokenize(text)
  const mention = taggedMention(text, tokens, word, type, 0.9, kind)
  const found = retyper.retype(mention, text, tokens, new DocumentClubs([], gazetteer), new Set())
  return `${found.type} ${found.kind}`
}

describe('Retyper', () => {
  it('knows people abroad from compounds, and leaves compounds alone', () => {
    expect(retyped('Viele Exiliraner lachten.', 'Exiliraner', 'LOC', 'compound')).toBe('LOC derived')
    expect(retyped('Der Iran-Besuch endete.', 'Iran-Besuch', 'LOC', 'compound')).toBe('LOC compound')
  })

  it('takes a country with an article of the plural for its people', () => {
    expect(retyped('Dann trafen die Schweden.', 'Schweden', 'LOC', 'name')).toBe('LOC derived')
    expect(retyped('Er lebt in Schweden.', 'Schweden', 'LOC', 'name')).toBe('LOC name')
  })

  it('takes a country in a list of peoples for its people', () => {
    expect(retyped('Schweden, Iraner und Pfälzer feiern.', 'Schweden', 'LOC', 'name')).toBe('LOC derived')
    expect(retyped('Schweden und Pfälzer feiern.', 'Schweden', 'LOC', 'name')).toBe('LOC derived')
    expect(retyped('Schweden und Pfälzer Weine', 'Schweden', 'LOC', 'name')).toBe('LOC name')
    expect(retyped('In Schweden, Iraner sagen es, regnet es.', 'Schweden', 'LOC', 'name')).toBe('LOC name')
    expect(retyped('Schweden und Iran sprechen.', 'Schweden', 'LOC', 'name')).toBe('LOC name')
  })

  it('takes a small language word for an adjective', () => {
    expect(retyped('Wie pfälzisch sind Sie?', 'pfälzisch', 'MISC', 'name')).toBe('LOC derived')
  })
})
