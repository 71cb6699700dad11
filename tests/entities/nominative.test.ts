import { describe, expect, it } from 'vitest'
import { baseForm } from '../../src/entities/base-form.js'
import { nominative } from '../../src/entities/nominative.js'
import type { EntityType } from '../../src/labels/scheme.js'

describe('nominative', () => {
  it.each([
    ['Nationalen Allianz', 'Nationale Allianz'],
    ['Sächsischen Rechnungshof', 'Sächsischer Rechnungshof'],
    ['Sächsische Rechnungshof', 'Sächsischer Rechnungshof'],
    ['Deutschen Roten Kreuz', 'Deutsches Rotes Kreuz'],
    ['Neuen Osnabrücker Zeitung', 'Neue Osnabrücker Zeitung'],
    ['Instituts für Finanzdienstleistungen', 'Institut für Finanzdienstleistungen'],
    ['Kommunalen Arbeitgeberverbands Nord', 'Kommunaler Arbeitgeberverband Nord'],
    ['Großen Preis von Monaco', 'Großer Preis von Monaco'],
    ['Technischen Hilfswerks', 'Technisches Hilfswerk'],
  ])('%s', (mention, title) => {
    expect(nominative(mention)).toBe(title)
    expect(nominative(title)).toBe(title)
  })

  it.each(['Siemens', 'Klaus Harms', 'SC Freiburg', 'Les Républicains', 'Hannoversche', 'Zimmers', 'Paris'])(
    'leaves %s alone',
    (name) => {
      expect(nominative(name)).toBe(name)
    },
  )
})

describe('baseForm', () => {
  const base = (text: string, type: EntityType): string =>
    baseForm(
      { start: 0, end: text.length, text, type, kind: 'name', score: 1 },
      () => false,
      (word) => word === 'CDU',
    )

  it('drops legal forms and capitals throughout', () => {
    expect(base('Rhein-Neckar-Verkehr GmbH', 'ORG')).toBe('Rhein-Neckar-Verkehr')
    expect(base('Meyer GmbH & Co. KG', 'ORG')).toBe('Meyer')
    expect(base('TAUERNTUNNEL', 'LOC')).toBe('Tauerntunnel')
    expect(base('KEHLER RHEINBRÜCKE', 'LOC')).toBe('Kehler Rheinbrücke')
    expect(base('UNRWA', 'ORG')).toBe('UNRWA')
    expect(base('AG', 'ORG')).toBe('AG')
  })

  it('leaves acronyms their capitals and small words small, where a name is in capitals throughout', () => {
    expect(base('STURM IN NORDDEUTSCHLAND', 'ORG')).toBe('Sturm in Norddeutschland')
    expect(base('VERBAND FÜR DAS HANDWERK', 'ORG')).toBe('Verband für das Handwerk')
    expect(base('IN DER AUE', 'LOC')).toBe('In der Aue')
    expect(base('URSULA VON DER LEYEN', 'PER')).toBe('Ursula von der Leyen')
    expect(base('VON DER LEYEN', 'PER')).toBe('von der Leyen')
    expect(base('CDU UND SPD HESSEN', 'ORG')).toBe('CDU und SPD Hessen')
    expect(base('KARL VIII. HORN', 'PER')).toBe('Karl VIII. Horn')
    expect(base('EU-ZENTRUM', 'LOC')).toBe('EU-Zentrum')
  })

  it('undoes what is the genitive for sure, and nothing else', () => {
    expect(base("Marx'", 'PER')).toBe('Marx')
    expect(base('Tichanowskis', 'PER')).toBe('Tichanowskis')
    expect(base('Lukaschenkos', 'PER')).toBe('Lukaschenko')
    expect(base('Klaus', 'PER')).toBe('Klaus')
  })
})
