import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import { resolveMarkup } from './markup.js'

const SHIPPED = Gazetteer.read(
  readFileSync(new URL('../../models/gazetteer.bin', import.meta.url)),
  'gazetteer.bin',
)

/** Canonical name of the first mention of a text in the corpus markup. */
function first(markup: string, date?: string): string {
  return resolveMarkup(markup, SHIPPED, date === undefined ? {} : { date })[0]!.canonical
}

describe('names that several entities share', () => {
  it.each([
    ['[Frankfurt|LOC] liegt am Main in [Hessen|LOC].', 'Frankfurt am Main'],
    ['[Frankfurt|LOC] und [Słubice|LOC] verbindet die [Oder|LOC].', 'Frankfurt (Oder)'],
    [
      '[Frankfurt|LOC] feiert. [Frankfurt (Oder)|LOC] ist die Partnerstadt von [Yuma|LOC].',
      'Frankfurt (Oder)',
    ],
    ['[Frankfurt|ORG] schlug [Mainz|ORG] und [Freiburg|ORG].', 'Eintracht Frankfurt'],
    ['[Washington|LOC] und [Moskau|LOC] verhandeln.', 'Washington, D.C.'],
    ['[Washington|LOC] zählt aus, in [Seattle|LOC] liegt er vorn.', 'Bundesstaat Washington'],
    ['[Washington|PER] war der erste Präsident.', 'George Washington'],
    ['[Freiburg|ORG] gewann gegen [Bayer Leverkusen|ORG].', 'SC Freiburg'],
    ['[Freiburg|LOC] liegt im [Breisgau|LOC].', 'Freiburg im Breisgau'],
    ['[FDP|ORG] und [SVP|ORG] stritten in [Bern|LOC] und [Zürich|LOC].', 'FDP.Die Liberalen'],
    ['[FDP|ORG] und [SPD|ORG] stritten in [Berlin|LOC].', 'FDP'],
    ['[Bundesrat|ORG] in [Bern|LOC], [Zürich|LOC] und [Basel|LOC] einig', 'Bundesrat (Schweiz)'],
    ['[Georgien|LOC] wählt in [Tiflis|LOC].', 'Georgien'],
    ['[Georgia|LOC] zählt in [Atlanta|LOC].', 'Georgia'],
    ['[Essen|LOC] baut in [Duisburg|LOC].', 'Essen'],
    ['[Paris Hilton|PER] kam.', 'Paris Hilton'],
    ['[Bosch|ORG] stellt in [Stuttgart|LOC] ein.', 'Bosch'],
  ])('%s', (markup, canonical) => {
    expect(first(markup)).toBe(canonical)
  })
})

describe('names with years', () => {
  it.each([
    ['[Nur-Sultan|LOC]', '2020-05-01', 'Astana'],
    ['[Nur-Sultan|LOC]', '2024', 'Astana'],
    ['[Leningrad|LOC]', '1950', 'Sankt Petersburg'],
    ['[Karl-Marx-Stadt|LOC]', '1980', 'Chemnitz'],
    ['[Zaire|LOC]', '1990', 'Demokratische Republik Kongo'],
    ['[Twitter|ORG]', '2020', 'X (Plattform)'],
  ])('%s in %s is still %s', (markup, date, canonical) => {
    expect(first(markup, date)).toBe(canonical)
  })

  it('ranks a name out of use lower', () => {
    const score = (date: string): number => SHIPPED.lookup('Nur-Sultan', { date })[0]!.score
    expect(score('2020-05-01')).toBeGreaterThan(score('2024'))
    expect(score('2022-12-31')).toBeGreaterThan(score('2023-01-01'))
  })
})

describe('bare surnames', () => {
  it('mean somebody whom everybody knows, or nobody', () => {
    expect(first('[Putin|PER] reist.')).toBe('Wladimir Putin')
    expect(first('[Merkels|PER] Buch.')).toBe('Angela Merkel')
    expect(first('[Müller|PER] klagt.')).toBe('Müller')
    expect(first('[Weber|PER] klagt.')).toBe('Weber')
  })
})
