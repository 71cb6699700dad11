import { describe, expect, it } from 'vitest'
import { DerivedFinder } from '../../src/entities/derived.js'
import { DocumentClubs, mayMeanTeam } from '../../src/entities/document-clubs.js'
import type { TokenMention } from '../../src/entities/mention.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import { AliasFlag } from '../../src/gazetteer/table.js'
import { buildTable } from '../../src/gazetteer/table-builder.js'
import type { EntityType } from '../../src/labels/scheme.js'
import { tokenize } from '../../src/text/tokenizer.js'

function entry(name: string, type: EntityType, subtype: string, derived: readonly string[]) {
  const aliases = derived.map((word) => ({ name: word, flags: AliasFlag.Derived, from: 0, to: 0 }))
  return { name, type, subtype, qid: 0, prominence: 80, country: 'DE', aliases }
}

const GAZETTEER = Gazetteer.of(
  buildTable(
    [
      entry('Norwegen', 'LOC', 'country', ['norwegisch', 'Norweger']),
      entry('Iran', 'LOC', 'country', ['Iraner', 'iranisch']),
      entry('Kiel', 'LOC', 'city', ['Kieler']),
      entry('Holstein Kiel', 'ORG', 'club', ['Kieler', 'Störche']),
      entry('SV Meppen', 'ORG', 'club', []),
    ],
    { freeSpelling: true },
  ),
)
const COMMON = new Set(['norwegische', 'Norwegische', 'Störche', 'Lehrer', 'Becher'])

function mention(text: string, name: string, type: EntityType): TokenMention {
  const start = text.indexOf(name)
  return { first: 0, last: 1, start, end: start + name.length, text: name, type, kind: 'name', score: 1 }
}

function found(
  text: string,
  organisations: readonly string[] = [],
  places: readonly string[] = [],
): string[] {
  const tokens = tokenize(text)
  const clubs = new DocumentClubs(
    organisations.map((name) => mention(text, name, 'ORG')),
    GAZETTEER,
  )
  const finder = new DerivedFinder(GAZETTEER, (word) => COMMON.has(word) && word !== 'Störche')
  const traits = Uint8Array.from({ length: tokens.length }, (_, token) =>
    finder.traits(text, tokens.starts[token]!, tokens.ends[token]!),
  )
  return finder
    .find(text, tokens, traits, new Uint8Array(tokens.length), clubs, new Set(places))
    .map(({ start, end, type }) => `${type}:${text.slice(start, end)}`)
}

describe('DerivedFinder', () => {
  it('finds listed adjectives, capital or small, and people abroad', () => {
    expect(found('+++ Norwegische Jets +++ die norwegischen Fischer')).toEqual([
      'LOC:Norwegische',
      'LOC:norwegischen',
    ])
    expect(found('Viele Exiliraner lachten.')).toEqual(['LOC:Exiliraner'])
  })

  it('opens nothing but adjectives of two places', () => {
    expect(found('das norwegisch-iranische Abkommen')).toEqual(['LOC:norwegisch-iranische'])
    expect(found('das norwegisch-bunte Tuch')).toEqual([])
  })

  it('takes a nickname of many meanings for a club only where the document names the club', () => {
    expect(found('Die Störche nisten.')).toEqual([])
    expect(found('Holstein Kiel siegt. Die Störche jubeln.', ['Holstein Kiel'])).toEqual(['ORG:Störche'])
  })

  it('takes a word in -er for an inhabitant where the document names the place', () => {
    expect(found('Zwei Ferlacher klagen.')).toEqual([])
    expect(found('In Ferlach klagen zwei Ferlacher.', [], ['Ferlach'])).toEqual(['LOC:Ferlacher'])
    // A common word stays one, whatever place there is.
    expect(found('In Lehr lebt ein Lehrer.', [], ['Lehr'])).toEqual([])
  })
})

describe('DocumentClubs', () => {
  const clubs = (text: string, names: readonly string[]): DocumentClubs =>
    new DocumentClubs(
      names.map((name) => mention(text, name, 'ORG')),
      GAZETTEER,
    )

  it('knows the words formed of its clubs and of words in their names', () => {
    const text = 'SV Meppen gewinnt.'
    expect(clubs(text, ['SV Meppen']).has('Meppener')).toBe(true)
    expect(clubs(text, ['SV Meppen']).has('Kieler')).toBe(false)
    expect(clubs(text, []).has('Meppener')).toBe(false)
  })

  it('takes any listed word for its club on a sports page', () => {
    const text = 'SV Meppen gegen Holstein Kiel'
    expect(clubs(text, ['SV Meppen', 'Holstein Kiel']).has('Kieler')).toBe(true)
  })
})

describe('mayMeanTeam', () => {
  const team = (text: string, word: string): boolean => {
    const tokens = tokenize(text)
    let token = 0
    while (text.slice(tokens.starts[token]!, tokens.ends[token]!) !== word) token++
    return mayMeanTeam(text, tokens, token)
  }

  it('wants an article and no noun behind, or a noun that clubs have', () => {
    expect(team('Da jubelten die Kieler.', 'Kieler')).toBe(true)
    expect(team('Da jubelten die Kieler Bürger.', 'Kieler')).toBe(false)
    expect(team('Da jubelte Kieler Prominenz', 'Kieler')).toBe(false)
    expect(team('der Kieler Torwart', 'Kieler')).toBe(true)
    expect(team('die Vorarlbergerin in Diensten', 'Vorarlbergerin')).toBe(false)
    const tokens = tokenize('gegen die Bad Kieler ging')
    expect(mayMeanTeam('gegen die Bad Kieler ging', tokens, 2, 4)).toBe(true)
  })
})
