import { describe, expect, it } from 'vitest'
import { DraftStore } from '../../src/training/gazetteer/draft.js'
import { type Candidate, QidTies } from '../../src/training/gazetteer/qid-ties.js'

const HEAD = 'canonical_de\ttype\tsubtype\tqid\taliases\tprominence\tsource\tcc\tvalid\tlicence_class'
const ROWS = [
  'Łańcut\tLOC\tcity\tQ1\tLandshut\t40\tgeonames\tPL\t\tB',
  'Landshut\tLOC\tcity\t\tLandishuta\t47\tgeonames\tDE\t\tB',
  'Casablanca\tLOC\tcity\tQ2\tWhite House\t72\tgeonames\tMA\t\tB',
  'Istanbul\tLOC\tcity\tQ3\tKonstantinopel\t81\tgeonames\tTR\t\tB',
  'Istanbul\tLOC\tregion\tQ4\t\t60\tnaturalearth\tTR\t\tA',
  'Right Romania Alliance\tORG\tparty\tQ5\tARD\t28\tpartyfacts\tRO\t\tB',
  'Robert Bosch\tORG\tcompany\tQ6\tBosch\t30\tror\tDE\t\tA',
  'United Nations\tORG\tauthority\tQ7\tUN\t15\tror\tUS\t\tA',
  'G20\tORG\tbrand_supermarket\tQ8\t\t26\tnsi\t\t\tA',
  'Thomas Müller\tPER\tpolitician\tQ9\t\t60\teverypolitician\t\t\tC',
  'Olaf Scholz\tPER\tpolitician\tQ10\t\t85\teverypolitician\t\t\tC',
  'Puma\tORG\tbrand_fuel\tQ11\t\t58\tnsi\tDE\t\tA',
  'Puma\tORG\tbrand_clothes\tQ12\t\t26\tnsi\t\t\tA',
]
const TABLE = [HEAD, ...ROWS].join('\n')
const ties = new QidTies(TABLE, '')
const tie = (name: string, type: Candidate['type'], facts: Partial<Candidate> = {}): number | undefined =>
  ties.tieOf({ name, type, country: '', subtype: '', names: [], ...facts })?.qid

describe('identifiers of gazetteer entries', () => {
  it('come from a row of the same country and kind', () => {
    expect(tie('Istanbul', 'LOC', { country: 'TR', subtype: 'city' })).toBe(3)
    expect(tie('Bosch', 'ORG', { country: 'DE', subtype: 'company' })).toBe(6)
    expect(tie('Olaf Scholz', 'PER', { country: 'DE', subtype: 'head_of_government' })).toBe(10)
  })

  it('are not those of a namesake in another country', () => {
    expect(tie('Landshut', 'LOC', { country: 'DE', subtype: 'city' })).toBeUndefined()
    expect(tie('ARD', 'ORG', { country: 'DE', subtype: 'media_broadcaster' })).toBeUndefined()
    expect(
      tie('Weißes Haus', 'LOC', { country: 'US', subtype: 'building', names: ['White House'] }),
    ).toBeUndefined()
  })

  it('are not those of another kind of entity', () => {
    expect(tie('G20', 'ORG', { subtype: 'intl_org' })).toBeUndefined()
    expect(tie('Thomas Müller', 'PER', { country: 'DE', subtype: 'athlete' })).toBeUndefined()
    expect(tie('Thomas Müller', 'PER')).toBeUndefined()
  })

  it('come to international bodies whatever their seat, if a second name agrees', () => {
    expect(tie('Vereinte Nationen', 'ORG', { country: 'UN', subtype: 'intl_org', names: ['UN'] })).toBe(
      undefined,
    )
    expect(
      tie('Vereinte Nationen', 'ORG', {
        country: 'UN',
        subtype: 'intl_org',
        names: ['UN', 'United Nations'],
      }),
    ).toBe(7)
  })

  it('are left open between two rows, unless the table of this project decides', () => {
    expect(tie('Puma', 'ORG', { country: 'DE', subtype: 'company' })).toBe(11)
    expect(tie('Puma', 'ORG', { subtype: 'company' })).toBeUndefined()
    const settled = new QidTies(TABLE, '# comment\nPuma\tORG\tQ12\nOlaf Scholz\tPER\t-\n')
    const facts = { country: 'DE', subtype: 'company', names: [] }
    expect(settled.tieOf({ name: 'Puma', type: 'ORG', ...facts })?.qid).toBe(12)
    expect(settled.tieOf({ name: 'Olaf Scholz', type: 'PER', ...facts })).toBeUndefined()
    expect(() => new QidTies(TABLE, 'Puma\tORG\tQ99\n')).toThrow(/Puma has the QID "Q99".*expected/)
  })
})

describe('entities that came twice', () => {
  const enter = (store: DraftStore, name: string, aliases: string[], facts: object = {}) => {
    const draft = store.enter({ name, type: 'PER', prominence: 40, source: 'test', ...facts })
    for (const alias of aliases) store.addAlias(draft, { name: alias, flags: 0, from: 0, to: 0 })
    return draft
  }

  it('become one, under the name of the more prominent', () => {
    const store = new DraftStore()
    enter(store, 'Aljaksandr Lukaschenka', ['Lukaschenka'])
    enter(store, 'Alexander Lukaschenko', ['Aljaksandr Lukaschenka'], {
      prominence: 95,
      country: 'BY',
      subtype: 'head_of_state',
    })
    store.mergeDoubles()
    expect(store.all.map(({ name }) => name)).toEqual(['Alexander Lukaschenko'])
    expect([...store.all[0]!.aliases.keys()]).toEqual(['Aljaksandr Lukaschenka', 'Lukaschenka'])
    expect(store.named('Aljaksandr Lukaschenka', 'PER')).toBeUndefined()
  })

  it('stay two where both are known for something or come from different countries', () => {
    const store = new DraftStore()
    const politician = { prominence: 80, country: 'DE', subtype: 'politician' }
    enter(store, 'Manfred Ernst Weber', [], { country: 'DE', subtype: 'athlete' })
    enter(store, 'Manfred Weber', ['Manfred Ernst Weber'], politician)
    enter(store, 'Maria Anna Schmidt', [], { country: 'HU' })
    enter(store, 'Maria Schmidt', ['Maria Anna Schmidt'], politician)
    store.mergeDoubles()
    expect(store.all).toHaveLength(4)
  })
})
