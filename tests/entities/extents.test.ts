import { describe, expect, it } from 'vitest'
import { DerivedFinder } from '../../src/entities/derived.js'
import { Extents } from '../../src/entities/extents.js'
import type { TokenMention } from '../../src/entities/mention.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import type { EntityKind, EntityType } from '../../src/labels/scheme.js'
import { tokenize } from '../../src/text/tokenizer.js'
import { taggedMention } from './markup.js'

const isCommon = (word: string): boolean => word === 'Zoos'
function extentsWith(gazetteer: Gazetteer): Extents {
  return new Extents(new DerivedFinder(gazetteer, isCommon), gazetteer, isCommon)
}

/** What the tagged mentions become. */
function split(
  extents: Extents,
  text: string,
  ...names: readonly [string, EntityType, number?, EntityKind?][]
): TokenMention[] {
  const tokens = tokenize(text)
  const mentions = names.map(([name, type, score = 0.99, kind]) =>
    taggedMention(text, tokens, name, type, score, kind),
  )
  const found: TokenMention[] = []
  for (const [at, mention] of mentions.entries())
    extents.split(mention, text, tokens, found, mentions[at + 1]?.first)
  for (const { start, end, text: name } of found) expect(text.slice(start, end)).toBe(name)
  return found
}

const extents = extentsWith(Gazetteer.empty())

/** Texts of the mended mentions, where `names` are tagged with a type and a score. */
function mended(text: string, ...names: readonly [string, EntityType, number?][]): string[] {
  return split(extents, text, ...names).map(({ text: name }) => name)
}

describe('Extents', () => {
  it('takes the noun off that only says what an organisation is, where the tagger doubts it', () => {
    const text = 'Der Dachverband Rengo warnt.'
    expect(mended(text, ['Dachverband Rengo', 'ORG', 0.7])).toEqual(['Rengo'])
    expect(mended(text, ['Dachverband Rengo', 'ORG', 0.9])).toEqual(['Dachverband Rengo'])
    expect(mended('Verband Zoos', ['Verband Zoos', 'ORG', 0.5])).toEqual(['Verband Zoos'])
  })

  it('cuts at a bracket without its partner, or takes in the one right behind a place', () => {
    expect(mended('Die LB (LBBW) AG wächst.', ['LBBW) AG', 'ORG'])).toEqual(['LBBW'])
    expect(mended('Der Bund (BFB) hilft.', ['Bund (BFB', 'ORG'])).toEqual(['Bund'])
    expect(mended('In (Halle sind alle.', ['(Halle', 'LOC'])).toEqual(['Halle'])
    expect(mended('In Halle (Saale) regnet es.', ['Halle (Saale', 'LOC'])).toEqual(['Halle (Saale)'])
    expect(mended('In Halle (Saale) regnet es.', ['Halle (Saale)', 'LOC'])).toEqual(['Halle (Saale)'])
    expect(mended('Die X [Y] (Z] kam.', ['X [Y] (Z]', 'ORG'])).toEqual(['X [Y]'])
  })

  it('takes an adjective in capitals for the beginning of a name that the gazetteer knows', () => {
    const known = Gazetteer.empty().with([{ name: 'Westeuropäische Union', type: 'ORG' }])
    const official = extentsWith(known)
    const spans = (text: string, adjective: string): string[] =>
      split(official, text, [adjective, 'LOC', 0.9, 'derived']).map(
        (mention) => `${mention.type}:${mention.kind}:${mention.text}`,
      )
    expect(spans('In der Westeuropäischen Union gilt das.', 'Westeuropäischen')).toEqual([
      'ORG:name:Westeuropäischen Union',
    ])
    expect(spans('In der westeuropäischen Union gilt das.', 'westeuropäischen')).toEqual([
      'LOC:derived:westeuropäischen',
    ])
    expect(spans('Westeuropäische Union', 'Westeuropäische')).toEqual(['LOC:derived:Westeuropäische'])
    expect(spans('In der Westeuropäischen Bank', 'Westeuropäischen')).toEqual([
      'LOC:derived:Westeuropäischen',
    ])
  })

  it('parts an origin from a doubtful organisation, and the noun before its name', () => {
    const known = Gazetteer.empty().with([{ name: 'Tiflis', type: 'LOC' }])
    const origins = extentsWith(known)
    const parts = (score: number): string[] =>
      split(origins, 'Es siegt das Tifliser Profiteam Black Lion.', [
        'Tifliser Profiteam Black Lion',
        'ORG',
        score,
      ]).map((mention) => `${mention.type}:${mention.text}`)
    expect(parts(0.4)).toEqual(['LOC:Tifliser', 'ORG:Black Lion'])
    expect(parts(0.95)).toEqual(['ORG:Tifliser Profiteam Black Lion'])
  })

  it('takes in what tells father and son apart', () => {
    expect(mended('Donald Trump Jr. kam.', ['Donald Trump', 'PER'])).toEqual(['Donald Trump Jr.'])
    expect(mended('Dr. Hans Horn sen. kam.', ['Dr. Hans Horn', 'PER'])).toEqual(['Hans Horn sen.'])
    expect(mended('Ida Horn junior', ['Ida Horn', 'PER'])).toEqual(['Ida Horn junior'])
    expect(mended('Ida Horn\njunior', ['Ida Horn', 'PER'])).toEqual(['Ida Horn'])
    expect(mended('Ida Horn jr Kiel', ['Ida Horn', 'PER'], ['jr Kiel', 'LOC'])).toEqual([
      'Ida Horn',
      'jr Kiel',
    ])
    expect(mended('Horn Jr. wächst.', ['Horn', 'ORG'])).toEqual(['Horn'])
  })

  it('takes academic titles off people, and drops what is a title alone', () => {
    expect(mended('Dr. h.c. Hans Horn kam.', ['h.c. Hans Horn', 'PER'])).toEqual(['Hans Horn'])
    expect(mended('Prof. Dr. Dr. h.c. mult. Ida Horn', ['Prof. Dr. Dr. h.c. mult. Ida Horn', 'PER'])).toEqual(
      ['Ida Horn'],
    )
    expect(mended('Dr. rer. nat. Ida Horn', ['rer. nat. Ida Horn', 'PER'])).toEqual(['Ida Horn'])
    expect(mended('Dipl.-Ing. Ida Horn', ['Dipl.-Ing. Ida Horn', 'PER'])).toEqual(['Ida Horn'])
    expect(mended('Dr. h.c. mult. Ida Horn', ['h.c. mult', 'PER'], ['Ida Horn', 'PER'])).toEqual(['Ida Horn'])
    expect(mended('PD Dr. Ida Horn', ['PD', 'ORG'], ['Ida Horn', 'PER'])).toEqual(['Ida Horn'])
    // Names that only look like titles.
    expect(mended('Phil Horn kam.', ['Phil Horn', 'PER'])).toEqual(['Phil Horn'])
    expect(mended('Mag Horn kam.', ['Mag Horn', 'PER'])).toEqual(['Mag Horn'])
    expect(mended('Die PD siegt.', ['PD', 'ORG'])).toEqual(['PD'])
    expect(mended('Dr. Horn AG', ['Dr. Horn AG', 'ORG'])).toEqual(['Dr. Horn AG'])
  })
})
