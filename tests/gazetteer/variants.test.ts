import { describe, expect, it } from 'vitest'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import { buildTable } from '../../src/gazetteer/table-builder.js'
import { alignmentCost, soundOf } from '../../src/gazetteer/variants/alignment.js'
import { readGraphemes } from '../../src/gazetteer/variants/graphemes.js'
import { orthographyOf, symbolPrice } from '../../src/gazetteer/variants/orthography.js'
import { soundKeys } from '../../src/gazetteer/variants/sound-key.js'
import { bareName } from '../../src/gazetteer/variants/words.js'
import type { EntityType } from '../../src/labels/scheme.js'
import { Random } from '../../src/training/random.js'

/** name, type, country, aliases. */
const ENTRIES: readonly [string, EntityType, string, string?][] = [
  ['Wolodymyr Selenskyj', 'PER', 'UA', 'Selenskyj'],
  ['Wladimir Putin', 'PER', 'RU', 'Putin'],
  ['Alexej Miller', 'PER', 'RU'],
  ['Joe Biden', 'PER', 'US', 'Biden'],
  ['Qassym-Schomart Toqajew', 'PER', 'KZ', 'Toqajew'],
  ['Micheil Saakaschwili', 'PER', 'GE'],
  ['Nikol Paschinjan', 'PER', 'AM'],
  ['Ali Chamenei', 'PER', 'IR', 'Chamenei'],
  ['Muammar al-Gaddafi', 'PER', 'LY', 'Gaddafi'],
  ['Mao Zedong', 'PER', 'CN'],
  ['Xi Jinping', 'PER', 'CN'],
  ['Kim Jong-un', 'PER', 'KP'],
  ['Kim Jong-il', 'PER', 'KP'],
  ['Shinzō Abe', 'PER', 'JP'],
  ['Viktor Orbán', 'PER', 'HU'],
  ['İlkay Gündoğan', 'PER', 'TR'],
  ['Christian Meyer', 'PER', 'DE'],
  ['Olaf Scholz', 'PER', 'DE', 'Scholz'],
  ['Iran', 'LOC', 'IR'],
  ['Irak', 'LOC', 'IQ'],
  ['Niger', 'LOC', 'NE'],
  ['Nigeria', 'LOC', 'NG'],
  ['Slowakei', 'LOC', 'SK'],
  ['Slowenien', 'LOC', 'SI'],
  ['Kiew', 'LOC', 'UA'],
  ['Kiel', 'LOC', 'DE'],
  ['Charkiw', 'LOC', 'UA'],
  ['Łódź', 'LOC', 'PL'],
  ['Aserbaidschan', 'LOC', 'AZ'],
  ['Deutsche Bahn', 'ORG', 'DE'],
  ['Deutsche Bank', 'ORG', 'DE'],
]

const GAZETTEER = Gazetteer.of(
  buildTable(
    ENTRIES.map(([name, type, country, aliases]) => ({
      name,
      type,
      qid: 0,
      prominence: 95,
      country,
      subtype: '',
      aliases: (aliases ?? '').split('|').map((alias) => ({ name: alias, flags: 0, from: 0, to: 0 })),
    })),
    { freeSpelling: false },
  ),
)

const first = (name: string): string | undefined => GAZETTEER.lookup(name)[0]?.canonical

describe('other spellings', () => {
  it.each([
    ['Zelenskyy', 'Wolodymyr Selenskyj'],
    ['Volodymyr Zelensky', 'Wolodymyr Selenskyj'],
    ["Zelens'kyj", 'Wolodymyr Selenskyj'],
    ['Vladimir Poutine', 'Wladimir Putin'],
    ['Wladimir Wladimirowitsch Putin', 'Wladimir Putin'],
    ['V. Putin', 'Wladimir Putin'],
    ['A. Miller', 'Alexej Miller'],
    ['Kassym-Jomart Tokayev', 'Qassym-Schomart Toqajew'],
    ['Tokaïev', 'Qassym-Schomart Toqajew'],
    ['Mikheil Saakashvili', 'Micheil Saakaschwili'],
    ['Nikol Pachinian', 'Nikol Paschinjan'],
    ['Khamenei', 'Ali Chamenei'],
    ['Qaddafi', 'Muammar al-Gaddafi'],
    ['Moammar Qaddafi', 'Muammar al-Gaddafi'],
    ['Mao Tse-tung', 'Mao Zedong'],
    ["Hsi Chin-p'ing", 'Xi Jinping'],
    ['Kim Dschong-un', 'Kim Jong-un'],
    ['Abe Shinzo', 'Shinzō Abe'],
    ['Orban Viktor', 'Viktor Orbán'],
    ['Gundogan', undefined],
    ['Ilkay Gundogan', 'İlkay Gündoğan'],
    ['Kharkiv', 'Charkiw'],
    ['LODZ', 'Łódź'],
  ])('%s', (spelling, canonical) => {
    expect(first(spelling)).toBe(canonical)
  })

  it('says how it got there', () => {
    expect(GAZETTEER.lookup('Zelenskyy')[0]).toMatchObject({ method: 'transliteration', alias: 'Selenskyj' })
    expect(GAZETTEER.lookup('Aserbaidchan')[0]).toMatchObject({ method: 'fuzzy', canonical: 'Aserbaidschan' })
    expect(GAZETTEER.lookup('Zelenskyy')[0]!.score).toBeLessThan(GAZETTEER.lookup('Selenskyj')[0]!.score)
  })

  it.each([
    'Surin',
    'Christian Meier',
    'Christian Maier',
    'Schulz',
    'Scholze',
    'Kim Jong-nam',
    'Patin',
    'Baden',
    'Xyzzyq',
    'Iren',
    'Nigel',
    'Deutsche Bann',
    'Kohl',
    'Gudrun',
    'A. Müller',
    'Müller A.',
    'A. Myller',
  ])('says nothing to %s', (name) => {
    expect(GAZETTEER.lookup(name)).toEqual([])
  })

  it('never merges names that stand side by side', () => {
    for (const [name] of ENTRIES)
      expect(GAZETTEER.lookup(name).map(({ canonical }) => canonical)).toEqual([name])
  })
})

describe('sound keys', () => {
  it('meet over romanisations', () => {
    const meets = (a: string, b: string): boolean =>
      soundKeys(bareName(a)).some((key) => soundKeys(bareName(b)).includes(key))
    expect(meets('Chruschtschow', 'Khrushchev')).toBe(true)
    expect(meets('Deng Xiaoping', 'Teng Hsiao-ping')).toBe(true)
    expect(meets('Teheran', 'Tehran')).toBe(true)
    expect(meets('Kiel', 'Kiew')).toBe(false)
  })

  it('are few, and none for the empty name', () => {
    expect(soundKeys('xhqjcx chjqhxc').length).toBeLessThanOrEqual(12)
    expect(soundKeys('')).toEqual([''])
  })

  it('read the longest grapheme first, and some only at the end of a word', () => {
    expect(readGraphemes('schtschow').map(({ letters }) => letters)).toEqual(['schtsch', 'o', 'w'])
    expect(readGraphemes('zija').map(({ letters }) => letters)).toEqual(['z', 'i', 'j', 'a'])
    expect(readGraphemes('serhij').map(({ letters }) => letters)).toEqual(['s', 'e', 'r', 'h', 'ij'])
    expect(readGraphemes('a€b').map(({ letters }) => letters)).toEqual(['a', 'b'])
  })
})

describe('alignment', () => {
  const cyrillic = orthographyOf('RU', '', false)!

  it('agrees with trying all alignments', () => {
    const random = new Random(7)
    const letters = ['a', 'e', 'i', 'sch', 'w', 'k', 'ch', 'j', 'n', 's', 'z']
    const word = (): string =>
      Array.from({ length: 1 + random.integer(4) }, () => letters[random.integer(letters.length)]).join('')
    for (let round = 0; round < 300; round++) {
      const a = soundOf(word())
      const b = soundOf(word())
      expect(alignmentCost(a, b, cyrillic, Number.POSITIVE_INFINITY)).toBeCloseTo(cheapest(a, b), 9)
    }
    function cheapest(a: readonly number[], b: readonly number[]): number {
      if (a.length === 0) return b.reduce((sum, symbol) => sum + symbolPrice(symbol, 0, cyrillic), 0)
      if (b.length === 0) return a.reduce((sum, symbol) => sum + symbolPrice(symbol, 0, cyrillic), 0)
      const alike = a[0] === b[0] ? 0 : (a[0]! & b[0]!) !== 0 ? 0.02 : symbolPrice(a[0]!, b[0]!, cyrillic)
      return Math.min(
        alike + cheapest(a.slice(1), b.slice(1)),
        symbolPrice(a[0]!, 0, cyrillic) + cheapest(a.slice(1), b),
        symbolPrice(b[0]!, 0, cyrillic) + cheapest(a, b.slice(1)),
      )
    }
  })

  it('knows what varies where', () => {
    const cost = (a: string, b: string, country: string): number =>
      alignmentCost(soundOf(a), soundOf(b), orthographyOf(country, '', false)!, 9)
    expect(cost('peking', 'beking', 'CN')).toBeLessThan(cost('peking', 'beking', 'RU'))
    expect(orthographyOf('DE', 'Müller', true)).toBeUndefined()
    expect(orthographyOf('', 'Iwan Petrow', false)?.name).toBe('cyrillic')
    expect(orthographyOf('', 'Hans Müller', false)).toBeUndefined()
    expect(orthographyOf('', 'Hans Müller', true)?.name).toBe('*')
  })
})
