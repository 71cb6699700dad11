import { beforeAll, describe, expect, it, vi } from 'vitest'
import winkNLP, { type Bow, type WinkMethods } from 'wink-nlp'
import BM25Vectorizer from 'wink-nlp/utilities/bm25-vectorizer'
import similarity from 'wink-nlp/utilities/similarity'
import { loadRecognizer, type Recognizer } from '../../src/index.js'
import { type EigennamenWinkModel, eigennamenModel } from '../../src/wink.js'
import { CASES, knows, sampleText } from './texts.js'

let ner: Recognizer
let model: EigennamenWinkModel
let nlp: WinkMethods
beforeAll(async () => {
  ner = await loadRecognizer()
  model = eigennamenModel(ner)
  nlp = winkNLP(model)
})

/** The text of a wink span, by wink's own tokens alone: what lies before each token, and the token. */
function textOfSpan(doc: ReturnType<WinkMethods['readDoc']>, [first, last]: readonly number[]): string {
  const values = doc.tokens().out(nlp.its.value) as string[]
  const spaces = doc.tokens().out(nlp.its.precedingSpaces) as string[]
  return values
    .slice(first, last! + 1)
    .map((value, index) => (index === 0 ? value : spaces[first! + index] + value))
    .join('')
}

describe('eigennamen/wink', () => {
  it('gives type and value of the entities of a German sentence', () => {
    const doc = nlp.readDoc('Toqajew traf in Nur-Sultan Vertreter der OVKS.')
    expect(
      doc
        .entities()
        .out(nlp.its.detail)
        .map((e) => ({ ...(e as object) })),
    ).toEqual([
      { value: 'Toqajew', type: 'PER' },
      { value: 'Nur-Sultan', type: 'LOC' },
      { value: 'OVKS', type: 'ORG' },
    ])
    expect(doc.entities().out(nlp.its.span)).toEqual([
      [0, 0],
      [3, 3],
      [6, 6],
    ])
    expect(model.entitiesOf(doc).map((e) => e.canonical)).toEqual(
      ner.recognize('Toqajew traf in Nur-Sultan Vertreter der OVKS.').entities.map((e) => e.canonical),
    )
  })

  it.each(CASES)('agrees with the recogniser: %s', (text) => {
    const doc = nlp.readDoc(text)
    const expected = ner.recognize(text).entities
    expect(doc.entities().out(nlp.its.type)).toEqual(expected.map((e) => e.type))
    expect(doc.entities().out(nlp.its.value)).toEqual(expected.map((e) => e.text))
    const spans = doc.entities().out(nlp.its.span) as unknown as number[][]
    expect(spans.map((span) => textOfSpan(doc, span))).toEqual(expected.map((e) => e.text))
    expect(doc.out()).toBe(text.trim())
    for (const entity of model.entitiesOf(doc)) {
      expect(text.slice(entity.start, entity.end)).toBe(entity.text)
    }
  })

  it('keeps offsets, tokens and spans right for random texts', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const text = sampleText(seed)
      const doc = nlp.readDoc(text)
      const expected = ner.recognize(text).entities
      const spans = doc.entities().out(nlp.its.span) as unknown as number[][]
      expect(spans.map((span) => textOfSpan(doc, span))).toEqual(model.entitiesOf(doc).map((e) => e.text))
      expect(model.entitiesOf(doc)).toEqual(
        expected.filter((e, k) => k === 0 || e.start >= expected[k - 1]!.end),
      )
      for (const entity of model.entitiesOf(doc))
        expect(text.slice(entity.start, entity.end)).toBe(entity.text)
      expect(doc.out()).toBe(text.trim())
    }
  })

  it('cuts a word at the names inside it, and leaves other words whole', () => {
    const source = knows(
      ['Russland', 'LOC', 'compound'],
      ['Ukraine', 'LOC', 'compound'],
      ['Merkel', 'PER', 'compound'],
      ['Hans-Peter Müller', 'PER', 'name'],
      ['Peter', 'PER', 'name'],
    )
    const compounds = eigennamenModel(source)
    const text = 'Im Russland-Ukraine-Krieg zeigt Hans-Peter Müller die Merkelraute am Rhein-Ruhr.'
    const doc = winkNLP(compounds).readDoc(text)
    expect(doc.tokens().out().join(' ')).toBe(
      'Im Russland - Ukraine - Krieg zeigt Hans-Peter Müller die Merkel raute am Rhein-Ruhr .',
    )
    expect(doc.entities().out()).toEqual(['Russland', 'Ukraine', 'Hans-Peter Müller', 'Merkel'])
    expect(doc.out()).toBe(text)
    // Of overlapping mentions the first and longest stays.
    expect(compounds.entitiesOf(doc).map((e) => e.text)).not.toContain('Peter')
  })

  it('leaves compounds whole where they are not asked for', () => {
    const names = winkNLP(eigennamenModel(ner, { recognize: { kinds: ['name'] } }))
    const doc = names.readDoc('Der Ukraine-Krieg und Hans-Peter Müller.')
    expect(doc.tokens().out()).toContain('Ukraine-Krieg')
    expect(doc.entities().out()).toEqual(['Hans-Peter Müller'])
  })

  it('has German sentences, and entities by sentence', () => {
    const doc = nlp.readDoc('Am 3. Mai kam Dr. Merkel nach Berlin. Olaf Scholz blieb in Kiel.')
    expect(doc.sentences().out()).toEqual([
      'Am 3. Mai kam Dr. Merkel nach Berlin.',
      'Olaf Scholz blieb in Kiel.',
    ])
    expect(doc.sentences().itemAt(1).entities().out()).toEqual(['Olaf Scholz', 'Kiel'])
    expect(doc.entities().itemAt(1).parentSentence().index()).toBe(0)
    expect(doc.entities().itemAt(2).tokens().out()).toEqual(['Olaf', 'Scholz'])
    expect(doc.tokens().itemAt(8).parentEntity()).toBeUndefined()
  })

  it('marks up and counts', () => {
    const doc = nlp.readDoc('Berlin und Köln. Berlin!')
    doc
      .entities()
      .each((entity: { markup(begin: string, end: string): void }) => entity.markup('<b>', '</b>'))
    expect(doc.out(nlp.its.markedUpText)).toBe('<b>Berlin</b> und <b>Köln</b>. <b>Berlin</b>!')
    expect(doc.entities().out(nlp.its.value, nlp.as.freqTable)).toEqual([
      ['Berlin', 2],
      ['Köln', 1],
    ])
    expect(
      doc
        .entities()
        .filter((e) => e.out() === 'Köln')
        .length(),
    ).toBe(1)
  })

  it('tells types, shapes and cases of German tokens', () => {
    const doc = nlp.readDoc('Überall 1.000 € am 3. Mai: GRÜNE, z. B. 👍🏽 @bmi #Köln a@b.de https://x.de')
    const types = Object.fromEntries(
      (doc.tokens().out() as string[]).map((token, k) => [token, doc.tokens().itemAt(k).out(nlp.its.type)]),
    )
    expect(types).toMatchObject({
      Überall: 'word',
      '1.000': 'number',
      '€': 'currency',
      '3.': 'ordinal',
      ':': 'punctuation',
      '👍🏽': 'emoji',
      '@bmi': 'mention',
      '#Köln': 'hashtag',
      'a@b.de': 'email',
      'https://x.de': 'url',
    })
    const first = doc.tokens().itemAt(0)
    expect(first.out(nlp.its.shape)).toBe('Xxxxx')
    expect(first.out(nlp.its.case)).toBe('titleCase')
    expect(first.out(nlp.its.normal)).toBe('überall')
    expect(first.out(nlp.its.prefix)).toBe('Üb')
    expect(first.out(nlp.its.suffix)).toBe('all')
    expect(first.out(nlp.its.pos)).toBe('X')
    expect(nlp.readDoc('In Berlin.').tokens().out(nlp.its.pos)).toEqual(['X', 'PROPN', 'PUNCT'])
    const derived = winkNLP(
      eigennamenModel(knows(['kasachische', 'LOC', 'derived'], ['1. FC Köln', 'ORG', 'name'])),
    )
    expect(derived.readDoc('Der kasachische 1. FC Köln').tokens().out(nlp.its.pos)).toEqual([
      'X',
      'X',
      'PROPN',
      'PROPN',
      'PROPN',
    ])
    // A stretch between spaces and a token may read the same; both must have the same type.
    expect(nlp.readDoc('2020 2020, 2020.').tokens().itemAt(0).out(nlp.its.type)).toBe('number')
  })

  it('works with custom entities over our types', () => {
    const own = winkNLP(model)
    own.learnCustomEntities([
      { name: 'meeting', patterns: ['[PER] [traf] [PER|ORG]'] },
      { name: 'visit', patterns: ['PER in LOC'] },
      { name: 'literal', patterns: ['^PER Schiene'] },
    ])
    const doc = own.readDoc('Angela Merkel traf Emmanuel Macron. Olaf Scholz in Nur-Sultan, per Schiene')
    expect(
      doc
        .customEntities()
        .out(own.its.detail)
        .map((e) => ({ ...(e as object) })),
    ).toEqual([
      { value: 'Angela Merkel traf Emmanuel Macron', type: 'meeting' },
      { value: 'Olaf Scholz in Nur-Sultan', type: 'visit' },
      { value: 'per Schiene', type: 'literal' },
    ])
    const short = winkNLP(model, ['sbd', 'ner', 'cer'])
    short.learnCustomEntities([{ name: 'visit', patterns: ['PER in LOC'] }])
    expect(() => short.readDoc('Olaf Scholz in Kiel')).toThrow(/"pos" in the pipe/)
  })

  it('keeps to the pipe', () => {
    expect(winkNLP(model, ['sbd', 'ner']).readDoc('Olaf Scholz in Kiel.').entities().out()).toEqual([
      'Olaf Scholz',
      'Kiel',
    ])
    const tokensOnly = winkNLP(model, ['sbd']).readDoc('Olaf Scholz in Kiel.')
    expect(tokensOnly.entities().length()).toBe(0)
    expect(model.entitiesOf(tokensOnly)).toEqual([])
    expect(tokensOnly.tokens().out()).toEqual(['Olaf', 'Scholz', 'in', 'Kiel', '.'])
    expect(() => winkNLP(model, ['ner']).readDoc('Kiel')).toThrow(/Add "sbd" to the pipe/)
  })

  it('keeps instances apart', () => {
    const own = ner.withGazetteer([{ name: 'Quaxbeck', type: 'LOC' }])
    const first = winkNLP(eigennamenModel(own))
    const second = winkNLP(eigennamenModel(ner, { recognize: { types: ['PER'] } }))
    const text = 'Olaf Scholz in Quaxbeck und Berlin.'
    expect(first.readDoc(text).entities().out()).toContain('Quaxbeck')
    expect(second.readDoc(text).entities().out()).toEqual(['Olaf Scholz'])
    expect(() => model.entitiesOf(first.readDoc(text))).toThrow(/read with this model/)
  })

  it('says what it cannot do', () => {
    const doc = nlp.readDoc('Olaf Scholz war nicht in Kiel.')
    expect(() => doc.tokens().out(nlp.its.stem as never)).toThrow(/addons: { stem }/)
    expect(() => doc.tokens().out(nlp.its.lemma as never)).toThrow(/addons: { lemmatize }/)
    expect(() => doc.out(nlp.its.readabilityStats)).toThrow(/addons: { readabilityStats }/)
    expect(doc.tokens().out(nlp.its.negationFlag)).not.toContain(true)
    expect(doc.out(nlp.its.sentiment)).toBe(0)
    const stems = winkNLP(eigennamenModel(ner, { addons: { stem: (word) => word.slice(0, 3) } }))
    expect(
      stems
        .readDoc('Olaf Scholz')
        .tokens()
        .out(stems.its.stem as never),
    ).toEqual(['Ola', 'Sch'])
    expect(() => nlp.readDoc(`Kiel${' '.repeat(70_000)}Bonn`)).toThrow(/65534 spaces in a row/)
    expect(() => eigennamenModel(loadRecognizer() as never)).toThrow(/got a promise/)
    expect(() => eigennamenModel(undefined as never)).toThrow(/expects a recogniser, got undefined/)
    expect(() => eigennamenModel(ner, { recognize: { types: ['PERSON' as never] } })).toThrow(
      /possible are PER/,
    )
  })

  it('keeps signs without width apart from the words beside them', () => {
    const text = 'In \u200dKiel\u00ad und \u00ad Bonn \u200d'
    const doc = winkNLP(eigennamenModel(knows(['Kiel', 'LOC', 'name'], ['Bonn', 'LOC', 'name']))).readDoc(
      text,
    )
    expect(doc.entities().out()).toEqual(['Kiel', 'Bonn'])
    expect(doc.out()).toBe(text)
    expect(doc.sentences().out()).toEqual([text])
  })

  it('answers the rest of the its helpers without harm', () => {
    const doc = nlp.readDoc('Dr. Merkel kam, Olaf Scholz blieb. Köln, Köln!')
    const tokens = doc.tokens()
    const ids = tokens.out(nlp.its.uniqueId) as number[]
    expect(ids.at(-2)).toBe(ids.at(-4))
    expect(new Set(ids).size).toBe(ids.length - 2)
    expect(tokens.out(nlp.its.abbrevFlag)).toEqual(tokens.out().map((token) => token === 'Dr.'))
    expect(tokens.out(nlp.its.contractionFlag)).not.toContain(true)
    expect(tokens.out(nlp.its.stopWordFlag)).not.toContain(true)
    expect(doc.out(nlp.its.sentenceWiseImportance)).toHaveLength(2)
    expect(doc.isOOV('Köln')).toBe(true)
    expect(tokens.out(nlp.its.value, nlp.as.bow)).toMatchObject({ Köln: 2, Scholz: 1 })
    expect(tokens.out(nlp.its.normal, nlp.as.unique)).toContain('köln')
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    doc.printTokens()
    expect(log.mock.calls.flat().join('\n')).toContain('Merkel')
    log.mockRestore()
  })

  it('works with BM25 and similarity of wink-nlp', () => {
    const bm25 = BM25Vectorizer()
    const texts = ['Olaf Scholz in Kiel', 'Angela Merkel in Berlin', 'Berlin und Kiel']
    for (const text of texts) bm25.learn(nlp.readDoc(text).tokens().out(nlp.its.normal) as string[])
    expect(bm25.out(nlp.its.terms as never)).toContain('merkel')
    const bag = (text: string) => nlp.readDoc(text).tokens().out(nlp.its.value, nlp.as.bow) as Bow
    expect(similarity.bow.cosine(bag(texts[0]!), bag(texts[0]!))).toBeCloseTo(1)
  })

  it('reads long texts, and texts without any space', () => {
    const text = 'Olaf Scholz sprach in Kiel mit Vertretern der Ukraine. '.repeat(1000)
    const doc = nlp.readDoc(text)
    expect(doc.entities().length()).toBe(3000)
    const last = model.entitiesOf(doc).at(-1)!
    expect(text.slice(last.start, last.end)).toBe('Ukraine')
    const tight = 'Kiel,'.repeat(5000)
    expect(nlp.readDoc(tight).out()).toBe(tight)
    const hostile = `a@${'.'.repeat(100_000)}@`
    expect(nlp.readDoc(hostile).out()).toBe(hostile)
  })
})
