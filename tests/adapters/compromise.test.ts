import nlp from 'compromise'
import de from 'de-compromise'
import { beforeAll, describe, expect, it } from 'vitest'
import { type EntityJson, eigennamenPlugin } from '../../src/compromise.js'
import { type Entity, loadRecognizer, type Recognizer } from '../../src/index.js'
import { CASES, knows, sampleText } from './texts.js'

const ENGLISH = 'John Smith of Google met Mary in Paris. Will went to Reading, Nice and Germany.'
const NAMES = '(#Person|#Place|#Organization|#FirstName|#City|#Country|#Company)'
/** Before the plugin: what compromise finds by itself. */
const before = nlp(ENGLISH).match(NAMES).length

let ner: Recognizer
beforeAll(async () => {
  ner = await loadRecognizer()
  nlp.plugin(eigennamenPlugin(ner))
  de.plugin(eigennamenPlugin(ner))
})

/** The entity part of a json object. */
function entityOf({ terms: _terms, ...entity }: EntityJson): unknown {
  return entity
}

/** The recogniser's entities that have a term to stand on: an emoji between other signs is no term to compromise. */
function entities(text: string): readonly Entity[] {
  return ner.recognize(text).entities.filter((entity) => /\p{L}/u.test(entity.text))
}

describe.each([
  ['compromise', nlp],
  ['de-compromise', de],
])('eigennamen/compromise in %s', (_name, library) => {
  it('answers people, places and organisations with canonical names and offsets', () => {
    const text = 'Toqajew traf in Nur-Sultan Vertreter der OVKS.'
    const doc = library(text)
    expect(doc.people().out('array')).toEqual(['Toqajew'])
    expect(doc.places().out('array')).toEqual(['Nur-Sultan'])
    expect(doc.organizations().json()[0]).toMatchObject({ text: 'OVKS', type: 'ORG', start: 41, end: 45 })
    expect(doc.places().json()).toMatchObject([
      { text: 'Nur-Sultan', type: 'LOC', kind: 'name', start: 16, end: 26, canonical: 'Astana', id: 'Q1520' },
    ])
    expect(doc.topics().json().map(entityOf)).toEqual(entities(text))
  })

  it.each(CASES)('agrees with the recogniser: %s', (text) => {
    const found: EntityJson[] = library(text).topics().json()
    expect(found.map(entityOf)).toEqual(entities(text))
    for (const { start, end, text: mention } of found) expect(text.slice(start, end)).toBe(mention)
  })

  it('keeps offsets right for random texts', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const text = sampleText(seed)
      const found: EntityJson[] = library(text).topics().json()
      for (const { start, end, text: mention } of found) expect(text.slice(start, end)).toBe(mention)
      expect(found.filter((e) => /\p{L}/u.test(e.text)).map(entityOf), text).toEqual(entities(text))
    }
  })

  it('keeps hyphenated names one and neighbours apart', () => {
    const doc = library('Hans-Peter Müller, Annegret Kramp-Karrenbauer. In Moskau, Kiew, Minsk.')
    expect(
      doc
        .people()
        .json()
        .map((e: Entity) => e.text),
    ).toEqual(['Hans-Peter Müller', 'Annegret Kramp-Karrenbauer'])
    expect(
      doc
        .places()
        .json()
        .map((e: Entity) => e.text),
    ).toEqual(['Moskau', 'Kiew', 'Minsk'])
    expect(doc.places().length).toBe(3)
  })

  it('answers for parts of a document', () => {
    const doc = library('Olaf Scholz war in Kiel. Angela Merkel war in Berlin.')
    const second = doc.eq(1) as unknown as typeof doc
    expect(second.people().json()).toMatchObject([{ text: 'Angela Merkel', start: 25, end: 38 }])
    expect((doc.match('Merkel') as unknown as typeof doc).people().found).toBe(false)
    expect(doc.people(1).json()).toMatchObject([{ text: 'Angela Merkel' }])
    expect(doc.people().json(1 as never)).toMatchObject({ text: 'Angela Merkel' })
    expect(doc.people().eq(0).json()).toMatchObject([{ canonical: 'Olaf Scholz' }])
    expect(doc.people().last().json()).toMatchObject([{ canonical: 'Angela Merkel' }])
    expect(doc.people().match('Olaf').json()[0].canonical).toBeUndefined()
    expect(
      (doc.clone() as unknown as typeof doc)
        .places()
        .json()
        .map((e: Entity) => e.text),
    ).toEqual(['Kiel', 'Berlin'])
    expect(doc.people().json({ terms: false, normal: true } as never)[0].normal).toBe('olaf scholz')
  })

  it('follows edits', () => {
    const doc = library('Olaf Scholz war in Kiel und Bonn.')
    doc.match('Kiel').replaceWith('Wien')
    expect(
      doc
        .places()
        .json()
        .map((e: Entity) => e.text),
    ).toEqual(['Bonn'])
    doc.compute('eigennamen')
    const text = doc.text()
    const places: Entity[] = doc.places().json()
    expect(places.map((e) => e.text)).toEqual(['Wien', 'Bonn'])
    for (const { start, end, text: mention } of places) expect(text.slice(start, end)).toBe(mention)
  })

  it('works without the taggers, and on nothing', () => {
    expect(library.tokenize('Olaf Scholz war in Kiel.').places().json()).toMatchObject([
      { start: 19, end: 23 },
    ])
    expect(library('').people().json()).toEqual([])
    expect(library(' \n ').places().found).toBe(false)
    expect(library('😀').topics().length).toBe(0)
  })

  it('reads long texts', () => {
    const text = 'Olaf Scholz sprach in Kiel mit Vertretern der Ukraine. '.repeat(300)
    const places: Entity[] = library(text).places().json()
    expect(places).toHaveLength(600)
    expect(text.slice(places[599]!.start, places[599]!.end)).toBe('Ukraine')
  })
})

describe('eigennamenPlugin', () => {
  it('may be applied again, with options or another recogniser', () => {
    const own = ner.withGazetteer([{ name: 'Quaxbeck', type: 'LOC' }])
    nlp.plugin(eigennamenPlugin(own, { recognize: { kinds: ['name'] } }))
    const doc = nlp('Die kasachische Stadt Quaxbeck liegt bei Berlin.')
    expect(
      doc
        .places()
        .json()
        .map((e: Entity) => e.text),
    ).toEqual(['Quaxbeck', 'Berlin'])
    expect(nlp.hooks().filter((hook) => hook === 'eigennamen')).toHaveLength(1)
    expect(de.hooks()).toContain('eigennamen')
    nlp.plugin(eigennamenPlugin(ner))
  })

  it.each([
    ['compromise', nlp],
    ['de-compromise', de],
  ])('tags names, and leaves derived words and compounds to their part of speech: %s', (_name, library) => {
    const source = knows(
      ['kasachische', 'LOC', 'derived'],
      ['Berlin', 'LOC', 'name'],
      ['Russland', 'LOC', 'compound'],
      ['Ukraine', 'LOC', 'compound'],
      ['Merkel', 'PER', 'compound'],
    )
    library.plugin(eigennamenPlugin(source))
    const doc = library('Der kasachische Rat in Berlin sah im Russland-Ukraine-Krieg die Merkelraute.')
    expect(doc.match('#Place').out('array')).toEqual(['Berlin'])
    expect(doc.has('#Person')).toBe(false)
    expect(
      doc
        .places()
        .json()
        .map(({ text, kind }: Entity) => [text, kind]),
    ).toEqual([
      ['kasachische', 'derived'],
      ['Berlin', 'name'],
      ['Russland', 'compound'],
      ['Ukraine', 'compound'],
    ])
    expect(doc.people().text()).toBe('Merkelraute')
    expect(doc.people().json()).toMatchObject([{ text: 'Merkel', canonical: 'Merkel' }])
    library.plugin(eigennamenPlugin(ner))
  })

  it('keeps two names in one term apart, and a name across two sentences whole', () => {
    nlp.plugin(
      eigennamenPlugin(
        knows(['Köln', 'LOC', 'name'], ['Bonn', 'LOC', 'name'], ['1. FC Bern', 'ORG', 'name']),
      ),
    )
    const text = 'Von Köln/Bonn kam der Trainer 1. FC Bern.'
    const doc = nlp(text)
    expect(doc.length).toBe(2)
    expect(
      doc
        .places()
        .json()
        .map((e: Entity) => e.text),
    ).toEqual(['Köln', 'Bonn'])
    expect(doc.organizations().json()).toMatchObject([{ text: '1. FC Bern', start: 30, end: 40 }])
    expect(text.slice(30, 40)).toBe('1. FC Bern')
    nlp.plugin(eigennamenPlugin(ner))
  })

  it('feeds what builds on people, places and organisations', () => {
    const doc = nlp('Olaf Scholz besuchte die SPD in Kiel.')
    expect(doc.redact().text()).toBe('██████████ besuchte die ██████████ in ██████████.')
  })

  it('takes back all that the lexicon of compromise took for names', () => {
    expect(before).toBeGreaterThan(5)
    nlp.plugin(eigennamenPlugin(knows()))
    const doc = nlp(ENGLISH)
    expect(doc.match(NAMES).out('array')).toEqual([])
    expect(doc.topics().found || doc.people().found || doc.places().found).toBe(false)
    expect(doc.match('went').has('#Verb')).toBe(true)
    nlp.plugin(eigennamenPlugin(ner))
  })

  it('refuses what is no recogniser', () => {
    expect(() => eigennamenPlugin(loadRecognizer() as never)).toThrow(/got a promise. Pass what "await/)
    expect(() => eigennamenPlugin(ner, null as never)).toThrow(/object of options, got null/)
  })
})
