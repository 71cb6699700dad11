import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { ArgumentError, type Document, loadRecognizer, type Recognizer } from '../../src/index.js'
import { readTaggerModel, writeTaggerModel } from '../../src/tagger/tagger-model.js'
import { Random } from '../../src/training/random.js'

const MODEL = new URL('../../models/news.model', import.meta.url)
const ARTICLE = readFileSync(new URL('../../corpus/samples/astana.txt', import.meta.url), 'utf8')

let ner: Recognizer
beforeAll(async () => {
  ner = await loadRecognizer()
})

/** `text=canonical` of all mentions. */
function found(text: string, options = {}): string[] {
  return ner
    .recognize(text, options)
    .entities.map((entity) => `${entity.type} ${entity.text}=${entity.canonical}`)
}

describe('recognize', () => {
  it('reads the example of the contract', () => {
    const doc = ner.recognize('Toqajew traf in Nur-Sultan Vertreter der OVKS.')
    expect(doc.entities.map(({ type, text, canonical }) => [type, text, canonical])).toEqual([
      ['PER', 'Toqajew', 'Qassym-Schomart Toqajew'],
      ['LOC', 'Nur-Sultan', 'Astana'],
      ['ORG', 'OVKS', 'Organisation des Vertrags über kollektive Sicherheit'],
    ])
    expect(doc.entities[1]).toMatchObject({
      start: 16,
      end: 26,
      kind: 'name',
      id: 'Q1520',
      link: { method: 'exact', alias: 'Nur-Sultan' },
    })
    expect(doc.language).toEqual({ code: 'deu', isGerman: true })
    expect(JSON.parse(JSON.stringify(doc.entities))).toEqual(doc.entities)
  })

  it('opens compounds into their names', () => {
    const inner = (text: string): string[] =>
      ner
        .recognize(text)
        .entities.filter(({ kind }) => kind === 'compound')
        .map(({ text: name, canonical, host }) => `${name} = ${canonical} in ${host?.text}`)
    expect(inner('Der Russland-Ukraine-Krieg dauert an.')).toEqual([
      'Russland = Russland in Russland-Ukraine-Krieg',
      'Ukraine = Ukraine in Russland-Ukraine-Krieg',
    ])
    expect(inner('Die EU-Kommissionspräsidentin und der Kremlsprecher schwiegen.')).toEqual([
      'EU = Europäische Union in EU-Kommissionspräsidentin',
      'Kreml = Kreml in Kremlsprecher',
    ])
    expect(inner('Der SPD-Chef lobte einen Merkel-Vertrauten.')).toEqual([
      'SPD = SPD in SPD-Chef',
      'Merkel = Angela Merkel in Merkel-Vertrauten',
    ])
  })

  it('takes a common word for a company before what only companies have', () => {
    expect(found('Mit der Schwarz-Tochter wächst der Handel.')).toEqual(['ORG Schwarz=Schwarz-Gruppe'])
    expect(found('Die Schwarz-Liste ist lang.')).toEqual([])
  })

  it('knows the Union of Europe from a party', () => {
    expect(found('Die Außengrenzen der Union sind lang.')).toEqual([])
    expect(found('Die Union streitet mit der SPD über die EU.')[0]).toBe('ORG Union=CDU/CSU')
  })

  it('carries no name over a line break between two sentences, but over one inside a sentence', () => {
    const headlines = [
      'Hertha zu Gast bei Babelsberg 03\nLübbenau testet Kahn mit Solardach',
      'TKMS liefert U-Boot an Singapur\nHolstein angelt sich Norweger',
      'Der mit den zwei Koras\nBakary Sissouma ist tot.',
    ]
    for (const { text } of headlines.flatMap((headline) => ner.recognize(headline).entities))
      expect(text).not.toContain('\n')
    const wrapped = 'Zum Spiel des FC\nBayern München kamen\nam Samstag viele Gäste aus\nganz Süddeutschland.'
    expect(ner.recognize(wrapped).entities.map(({ text }) => text)).toContain('FC\nBayern München')
  })

  it('knows derived words from names, and clubs by their towns', () => {
    const found = (text: string): string[] =>
      ner
        .recognize(text)
        .entities.map(
          ({ type, kind, text: surface, canonical }) => `${type} ${kind} ${surface} = ${canonical}`,
        )
    expect(found('Der Chor der bulgarisch-orthodoxen Gemeinde sang.')).toContain(
      'LOC derived bulgarisch = Bulgarien',
    )
    expect(found('Wie pfälzisch sind Sie?')).toEqual(['LOC derived pfälzisch = Pfalz'])
    expect(found('Auf dem Dach nisteten die Störche.')).toEqual([])
    expect(found('Das nepalesische Wetteramt warnte.')).toContain('LOC derived nepalesische = Nepal')
  })

  it('ties the spellings of the sample article together', () => {
    const doc = ner.recognize(ARTICLE)
    const spellings = (canonical: string): string[] =>
      [...new Set(doc.entities.filter((e) => e.canonical === canonical).map((e) => e.text))].sort()
    expect(spellings('Qassym-Schomart Toqajew')).toEqual([
      'Qassym-Schomart Toqajew',
      'Tokajew',
      'Toqajew',
      'Toqajews',
    ])
    expect(spellings('Kasachstan')).toEqual(['Kasachstan', 'kasachische'])
    expect(spellings('Astana')).toEqual(['Astana', 'Nur-Sultan'])
    expect(spellings('Anton Vassilenko')).toEqual(['Anton Vassilenko', 'Vassilenko'])
    const war = doc.entities.filter((e) => e.host?.text === 'Russland-Ukraine-Krieg')
    expect(war.map(({ text, canonical, kind }) => [text, canonical, kind])).toEqual([
      ['Russland', 'Russland', 'compound'],
      ['Ukraine', 'Ukraine', 'compound'],
    ])
  })

  it('keeps offsets exact whatever the input is', () => {
    const random = new Random(11)
    const pieces = [
      ..."aÄß.,-/'„“ \nİẞ\u00AD\u200D",
      '👍',
      '\uD83D',
      '\uDC4D',
      ' Putins ',
      ' Berlin',
      'er ',
      'EU-',
      'Kiel',
      ' der Deutschen Bahn ',
      '\u0000',
    ]
    for (let round = 0; round < 400; round++) {
      let text = ''
      for (let i = random.integer(30); i >= 0; i--) text += pieces[random.integer(pieces.length)]
      const doc = ner.recognize(text)
      for (const { start, end, text: surface, host, score } of doc.entities) {
        expect(text.slice(start, end)).toBe(surface)
        expect(surface).not.toBe('')
        if (host) expect(text.slice(host.start, host.end)).toBe(host.text)
        expect(score).toBeGreaterThan(0)
        expect(score).toBeLessThanOrEqual(1)
      }
      for (const token of doc.tokens) expect(text.slice(token.start, token.end)).toBe(token.text)
    }
  })

  it('handles empty, huge and shapeless texts', () => {
    expect(ner.recognize('').entities).toEqual([])
    expect(ner.recognize(' \n').sentences).toEqual([])
    const long = 'Angela Merkel besuchte Berlin und sprach mit der SPD , '.repeat(4000)
    const doc = ner.recognize(long)
    expect(doc.entities.filter(({ canonical }) => canonical === 'Berlin')).toHaveLength(4000)
    expect(ner.recognize('a'.repeat(1_000_000)).tokens).toHaveLength(1)
    for (const word of ['Aer', 'Abc-', 'Abc ', 'A\n', '-']) ner.recognize(word.repeat(20_000))
  })

  it('returns what the options ask for', () => {
    const text = 'Die kasachische Regierung zahlt Siemens 5 Euro für den Russland-Plan.'
    expect(found(text, { types: ['ORG'] })).toEqual(['ORG Siemens=Siemens'])
    expect(found(text, { kinds: ['derived'] })).toEqual(['LOC kasachische=Kasachstan'])
    expect(found(text, { types: ['MISC'] }).join()).toContain('Euro')
    expect(found(text, { minScore: 1 }).length).toBeLessThan(found(text).length)
  })

  it('tells the language when asked and drops nothing', () => {
    const text = 'The chancellor of Germany met the president of France in Berlin on Tuesday.'
    const english = ner.recognize(text, { language: 'detect' })
    expect(english.language).toEqual({ code: 'eng', isGerman: false })
    expect(english.entities).toEqual(ner.recognize(text).entities)
    expect(ner.recognize('Hm.', { language: 'detect' }).language.code).toBe('und')
  })

  it('refuses what it cannot take, and says what to do', () => {
    const fault = (run: () => unknown): string => {
      try {
        run()
      } catch (error) {
        expect(error).toBeInstanceOf(ArgumentError)
        return (error as Error).message
      }
      return 'no error'
    }
    expect(fault(() => ner.recognize(42 as never))).toMatch(
      /expects the text as a string, got 42\. Decode bytes first/,
    )
    expect(fault(() => ner.recognize(undefined as never))).toMatch(/got undefined/)
    expect(fault(() => ner.recognize('x', { type: ['PER'] } as never))).toMatch(
      /unknown option "type"; known are types/,
    )
    expect(fault(() => ner.recognize('x', { types: ['PERSON'] as never }))).toMatch(
      /types holds "PERSON"; possible are PER, ORG, LOC, MISC/,
    )
    expect(fault(() => ner.recognize('x', { minScore: 2 }))).toMatch(
      /minScore must be a number from 0 to 1, got 2/,
    )
    expect(fault(() => ner.recognize('x', { date: '1.1.2020' }))).toMatch(/date must be an ISO date/)
    expect(fault(() => ner.recognize('x', { date: '2020-13-45' }))).toMatch(
      /date must be an ISO date of the calendar such as "2020-05-01", got "2020-13-45"/,
    )
    expect(fault(() => ner.lookup('Merkel', { type: 'XX' as never }))).toMatch(
      /^type must be one of PER, ORG, LOC, MISC, got "XX"\. Leave it out/,
    )
    expect(fault(() => ner.lookup('Merkel', { types: ['PER'] } as never))).toMatch(
      /unknown option "types"; known are type, date\. Check the spelling/,
    )
    expect(fault(() => ner.lookup('Nur-Sultan', { date: 'heute' }))).toMatch(/got "heute"/)
    expect(fault(() => ner.lookup('Merkel', 'PER' as never))).toMatch(/options must be an object, got "PER"/)
    expect(fault(() => ner.withGazetteer({ name: 'A', type: 'PER' } as never))).toMatch(
      /withGazetteer expects an array of entries, got an object\. Pass e\.g\. \[/,
    )
    expect(fault(() => ner.recognizeTokens('x' as never))).toMatch(/expects an array of non-empty strings/)
    expect(fault(() => ner.recognizeTokens(['a', '']))).toMatch(/got ""/)
  })
})

describe('recognizeTokens', () => {
  it('keeps the tokens and refers to them joined by one space', () => {
    const doc = ner.recognizeTokens(['Angela', 'Merkel', 'besucht', 'Frankfurt/Main', '.'])
    expect(doc.text).toBe('Angela Merkel besucht Frankfurt/Main .')
    expect(doc.tokens.map(({ text }) => text)).toEqual(['Angela', 'Merkel', 'besucht', 'Frankfurt/Main', '.'])
    expect(doc.entities[0]).toMatchObject({
      start: 0,
      end: 13,
      text: 'Angela Merkel',
      canonical: 'Angela Merkel',
    })
  })

  it('takes sentences', () => {
    const doc = ner.recognizeTokens([
      ['Berlin', '.'],
      ['Und', 'Kiel'],
    ])
    expect(doc.sentences).toEqual([
      { start: 0, end: 8 },
      { start: 9, end: 17 },
    ])
  })
})

describe('index', () => {
  it('counts the distinct entities, most often named first', () => {
    const [first] = ner.recognize('Putin und Merz. Putins Plan. Wladimir Putin.').index()
    expect(first).toMatchObject({ canonical: 'Wladimir Putin', type: 'PER', count: 3 })
    expect(first!.mentions.map(({ text }) => text)).toEqual(['Putin', 'Putins', 'Wladimir Putin'])
  })
})

describe('lookup and own names', () => {
  it('answers candidates', () => {
    expect(ner.lookup('Tokayev')[0]).toMatchObject({ canonical: 'Qassym-Schomart Toqajew', type: 'PER' })
    expect(ner.lookup('kasachische')[0]).toMatchObject({ canonical: 'Kasachstan' })
    expect(ner.lookup('Irak').some(({ canonical }) => canonical === 'Iran')).toBe(false)
    expect(ner.lookup('Xyzzyq')).toEqual([])
  })

  it('takes own names without touching the original', () => {
    const own = ner.withGazetteer([
      { name: 'Kieler Hafenwerke', type: 'ORG', id: 'own:1', aliases: ['Siemens'] },
    ])
    expect(own.recognize('Siemens baut.').entities[0]).toMatchObject({
      canonical: 'Kieler Hafenwerke',
      id: 'own:1',
    })
    expect(ner.recognize('Siemens baut.').entities[0]).toMatchObject({ canonical: 'Siemens' })
  })
})

describe('stream', () => {
  it('yields in order', async () => {
    const texts = ['Kiel.', 'Bonn.', 'Trier.']
    const out: string[] = []
    for await (const doc of ner.stream(texts)) out.push(doc.text)
    expect(out).toEqual(texts)
  })

  it('refuses what holds no texts, and a text alone', async () => {
    for (const [texts, found] of [
      [null, 'null'],
      [undefined, 'undefined'],
      ['Kiel.', '"Kiel."'],
      [{}, 'an object'],
    ]) {
      await expect(ner.stream(texts as never).next()).rejects.toMatchObject({
        name: 'ArgumentError',
        code: 'INVALID_ARGUMENT',
        message: `stream expects an array of texts or another iterable, got ${found}. Pass e.g. [text], or use recognize for one text.`,
      })
    }
    const later = (async function* () {
      yield 'Kiel.'
    })()
    expect((await ner.stream(later).next()).value.text).toBe('Kiel.')
    expect((await ner.stream(new Set(['Bonn.'])).next()).value.text).toBe('Bonn.')
  })
})

describe('loadRecognizer', () => {
  it('refuses unknown models and broken bytes', async () => {
    await expect(loadRecognizer({ model: 'best' as never })).rejects.toThrow(
      /unknown model "best"; shipped are accurate and fast/,
    )
    await expect(loadRecognizer({ model: new Uint8Array(100) })).rejects.toMatchObject({
      code: 'MODEL_FORMAT',
    })
    await expect(loadRecognizer({ gazetteer: [{ name: '', type: 'LOC' }] })).rejects.toMatchObject({
      code: 'GAZETTEER_ENTRY',
    })
  })

  it('has a fast network of its own in the same file', async () => {
    const found = ({ entities }: Document): string[] => entities.map(({ start, type }) => `${start} ${type}`)
    const fast = (await loadRecognizer({ model: 'fast' })).recognize(ARTICLE)
    const accurate = new Set(found(ner.recognize(ARTICLE)))
    expect(fast.entities).not.toEqual(ner.recognize(ARTICLE).entities)
    expect(found(fast).filter((item) => accurate.has(item)).length).toBeGreaterThan(0.85 * accurate.size)
    const bytes = readFileSync(MODEL)
    const chosen = await loadRecognizer({ model: bytes, network: 'fast' })
    expect(chosen.recognize(ARTICLE).entities).toEqual(fast.entities)
    const shipped = await loadRecognizer({ model: bytes })
    expect(shipped.recognize(ARTICLE).entities).toEqual(ner.recognize(ARTICLE).entities)
  })

  it('refuses networks that are unknown, at odds with the name or not in the file', async () => {
    await expect(loadRecognizer({ network: 'small' as never })).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringContaining('"network" must be "accurate" or "fast", got "small"'),
    })
    await expect(loadRecognizer({ model: 'fast', network: 'accurate' })).rejects.toThrow(
      /the model "fast" is the network "fast", got network "accurate"/,
    )
    const { fast: _fast, ...header } = readTaggerModel(readFileSync(MODEL), 'shipped').header
    const model = { ...readTaggerModel(readFileSync(MODEL), 'shipped'), fast: undefined, header }
    await expect(loadRecognizer({ model: writeTaggerModel(model), network: 'fast' })).rejects.toThrow(
      /the model "news" has no fast network/,
    )
  })
})
