import { describe, expect, it } from 'vitest'
import { knownCompound, namesInCompound, namesInDerived } from '../../src/entities/compound.js'
import { resolve } from '../../src/entities/resolve.js'
import { parseAnnotated } from '../../src/formats/annotated.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import { resolveMarkup } from './markup.js'

const GAZETTEER = Gazetteer.empty().with([
  { name: 'Russland', type: 'LOC', id: 'Q159' },
  { name: 'Ukraine', type: 'LOC', id: 'Q212' },
  { name: 'Europäische Union', type: 'ORG', id: 'Q458', aliases: ['EU'] },
  { name: 'Kreml', type: 'ORG' },
  { name: 'Baden-Württemberg', type: 'LOC' },
  { name: 'Angela Merkel', type: 'PER', aliases: ['Merkel'] },
  { name: 'Freiburg', type: 'LOC' },
  { name: 'Union', type: 'ORG', aliases: ['Unions'] },
])

/** Resolves the mentions of a text in the corpus markup; answers `surface=canonical#cluster(method)`. */
function resolved(markup: string): string[] {
  return resolveMarkup(markup, GAZETTEER).map(
    ({ mention, canonical, cluster, candidate }) =>
      `${mention.text}=${canonical}#${cluster}${candidate === undefined ? '' : `(${candidate.method})`}`,
  )
}

describe('resolve', () => {
  it('gives surnames to the full name before them', () => {
    expect(resolved('[Ida Horn|PER] kam. [Horn|PER] sprach, [Horns|PER] Rede war kurz.')).toEqual([
      'Ida Horn=Ida Horn#0',
      'Horn=Ida Horn#0',
      'Horns=Ida Horn#0',
    ])
  })

  it('knows father and son apart, and what both are called', () => {
    expect(resolved('[Ida Horn|PER] und [Max Horn sen.|PER] kamen. [Horn|PER] sprach.')).toEqual([
      'Ida Horn=Ida Horn#0',
      'Max Horn sen.=Max Horn sen.#1',
      'Horn=Max Horn sen.#1',
    ])
    expect(resolved('[Max Horn|PER] ist der Sohn von [Max Horn senior|PER].')).toEqual([
      'Max Horn=Max Horn#0',
      'Max Horn senior=Max Horn senior#1',
    ])
  })

  it('keeps two people of one surname apart by nearness', () => {
    expect(resolved('[Ida Horn|PER] kam. [Horn|PER] ging. [Max Horn|PER] blieb. [Horn|PER] auch.')).toEqual([
      'Ida Horn=Ida Horn#0',
      'Horn=Ida Horn#0',
      'Max Horn=Max Horn#1',
      'Horn=Max Horn#1',
    ])
  })

  it('prefers the person of the document to the one of the gazetteer', () => {
    expect(resolved('[Max Merkel|PER] war Trainer. [Merkel|PER] gewann.')).toEqual([
      'Max Merkel=Max Merkel#0',
      'Merkel=Max Merkel#0',
    ])
    expect(resolved('[Merkel|PER] gewann.')).toEqual(['Merkel=Angela Merkel#0(exact)'])
  })

  it('knows people by the title before a surname, which stays outside the mention', () => {
    const gazetteer = GAZETTEER.with([
      { name: 'Karl Horn', type: 'PER', aliases: ['Horn'] },
      { name: 'Ida Horn', type: 'PER', aliases: ['Kardinal Horn', 'Frau Horn'] },
      { name: 'Kardinal Abt', type: 'ORG' },
    ])
    const names = (markup: string): string[] =>
      resolveMarkup(markup, gazetteer).map(
        ({ mention, canonical, candidate }) =>
          `${mention.text}=${canonical}${candidate === undefined ? '' : `(${candidate.method})`}`,
      )
    expect(names('Kardinal [Horn|PER] kam. [Horn|PER] sprach.')).toEqual([
      'Horn=Ida Horn(exact)',
      'Horn=Ida Horn(coreference)',
    ])
    expect(names('Die Rede des Kardinals [Horn|PER], Kardinal [Horns|PER] Rede.')).toEqual([
      'Horn=Ida Horn(exact)',
      'Horns=Ida Horn(inflection)',
    ])
    expect(names('[Karl Horn|PER] las, was Kardinal [Horn|PER] schrieb.')[1]).toBe('Horn=Ida Horn(exact)')
    // A form of address, no such title in the gazetteer, a comma between, or an entry of another type.
    expect(names('Frau [Horn|PER]')).toEqual(['Horn=Karl Horn(exact)'])
    expect(names('Bischof [Horn|PER]')).toEqual(['Horn=Karl Horn(exact)'])
    expect(names('der Kardinal, [Horn|PER]')).toEqual(['Horn=Karl Horn(exact)'])
    expect(names('Kardinal [Abt|PER]')).toEqual(['Abt=Abt'])
  })

  it('ties an acronym to the name it stands behind, wherever it occurs', () => {
    expect(resolved('Die [Allgemeine Hafengesellschaft|ORG] ([AHG|ORG]) baut. Die [AHG|ORG] plant.')).toEqual(
      [
        'Allgemeine Hafengesellschaft=Allgemeine Hafengesellschaft#0',
        'AHG=Allgemeine Hafengesellschaft#0',
        'AHG=Allgemeine Hafengesellschaft#0',
      ],
    )
  })

  it('means by a famous surname the famous bearer, if the document names him, whoever else bears it', () => {
    expect(
      resolved('[Angela Merkel|PER] und ihr Mann [Ulrich Merkel|PER] kamen. [Merkel|PER] sprach.').map(
        (shown) => shown.split('#')[0],
      ),
    ).toEqual(['Angela Merkel=Angela Merkel', 'Ulrich Merkel=Ulrich Merkel', 'Merkel=Angela Merkel'])
  })

  it('takes no name in brackets for an abbreviation of the one before', () => {
    const canonical = (markup: string): string[] => resolved(markup).map((shown) => shown.split('#')[0]!)
    expect(canonical('In [Horn|LOC] ([Ukraine|LOC]) und in der [Ukraine|LOC].')).toEqual([
      'Horn=Horn',
      'Ukraine=Ukraine',
      'Ukraine=Ukraine',
    ])
    expect(canonical('Tore: [Horn|PER] ([Rot|PER]). [Rot|PER] jubelt.')).toEqual([
      'Horn=Horn',
      'Rot=Rot',
      'Rot=Rot',
    ])
    expect(canonical('[Werder Horndorf|ORG] ([Hansa|ORG]) und [Hansa|ORG].')).toEqual([
      'Werder Horndorf=Werder Horndorf',
      'Hansa=Hansa',
      'Hansa=Hansa',
    ])
    expect(canonical('[Ständige Imkerkommission|ORG] ([Stiko|ORG])')[1]).toBe(
      'Stiko=Ständige Imkerkommission',
    )
    expect(canonical('[Freies Horndorfer Land|LOC] ([FHL|LOC])')[1]).toBe('FHL=Freies Horndorfer Land')
  })

  it('ties a short form to its only longer form', () => {
    expect(resolved('[Werder Bremen|ORG] siegt. [Werder|ORG] jubelt.')).toEqual([
      'Werder Bremen=Werder Bremen#0',
      'Werder=Werder Bremen#0',
    ])
  })

  it('stays linear in the number of mentions', () => {
    const markup =
      '[Ida Horn|PER] und [Horn|PER] von der [Allgemeinen Hafengesellschaft|ORG] ([AHG|ORG]) und [Werder|ORG]. '.repeat(
        40_000,
      )
    const before = performance.now()
    const { text, mentions } = parseAnnotated(`=== t\n${markup}`, 'test')[0]!
    const found = resolve(
      mentions.map((mention) => ({ ...mention, score: 1 })),
      text,
      GAZETTEER,
      {},
    )
    expect(new Set(found.map(({ cluster }) => cluster)).size).toBe(3)
    expect(performance.now() - before).toBeLessThan(15_000)
  })

  it('takes a genitive s away only where something vouches for it', () => {
    expect(resolved('[Vassilenkos|PER] Rede')).toEqual(['Vassilenkos=Vassilenko#0'])
    expect(resolved('[Klaus|PER] und [Anders|PER] reden')).toEqual(['Klaus=Klaus#0', 'Anders=Anders#1'])
    expect(resolved("[Fritz'|PER] Hut")).toEqual(["Fritz'=Fritz#0"])
  })

  it('leads derived words to places of the gazetteer and of the document', () => {
    expect(
      resolved('Der [Freiburger|LOCderiv] Rat tagt, [Neudorf|LOC] auch, der [Neudorfer|LOCderiv] Rat.'),
    ).toEqual(['Freiburger=Freiburg#0(inflection)', 'Neudorf=Neudorf#1', 'Neudorfer=Neudorf#1'])
  })
})

describe('namesInCompound', () => {
  const names = (word: string, type: 'LOC' | 'ORG' | 'PER'): string[] =>
    namesInCompound(word, type, GAZETTEER).map(({ start, end }) => word.slice(start, end))

  it('finds every known name before the last part', () => {
    expect(names('Russland-Ukraine-Krieg', 'LOC')).toEqual(['Russland', 'Ukraine'])
    expect(names('EU-Kommissionspräsidentin', 'ORG')).toEqual(['EU'])
    expect(names('Baden-Württemberg-Wahl', 'LOC')).toEqual(['Baden-Württemberg'])
    expect(names('Merkel-Vertrauter', 'PER')).toEqual(['Merkel'])
    expect(names('Kremlsprecher', 'ORG')).toEqual(['Kreml'])
  })

  it('takes all parts before the last where it knows none, and the whole word where it cannot be divided', () => {
    expect(names('Ida-Horn-Preis', 'PER')).toEqual(['Ida-Horn'])
    expect(names('Horn / Abx -Streit', 'ORG')).toEqual(['Horn / Abx'])
    expect(names('Hafenchef', 'ORG')).toEqual(['Hafenchef'])
    // The s links the parts, though somebody listed it.
    expect(names('Unionsfraktion', 'ORG')).toEqual(['Union'])
  })

  it('takes a part that is called exactly so, of whatever type, before an inflected name', () => {
    const gazetteer = GAZETTEER.with([
      { name: 'Hama', type: 'LOC' },
      { name: 'Hamas', type: 'ORG' },
      { name: 'Israel', type: 'LOC' },
    ])
    const meant = (word: string): unknown[] =>
      namesInCompound(word, 'LOC', gazetteer).map(({ candidate }) => candidate?.canonical)
    expect(meant('Israel-Hamas-Konflikt')).toEqual(['Israel', 'Hamas'])
    expect(meant('Israel-Hama-Straße')).toEqual(['Israel', 'Hama'])
    expect(meant('Israels-Ukraine-Konflikt')).toEqual(['Israel', 'Ukraine'])
  })
})

describe('names of the document', () => {
  it('give compounds and derived words their longer names', () => {
    expect(
      resolved('Der [1. FC Horndorf|ORG] siegt, sagt der [FC|ORGpart]-Trainer.').map((s) => s.split('#')[0]),
    ).toEqual(['1. FC Horndorf=1. FC Horndorf', 'FC=1. FC Horndorf'])
    expect(resolved('Ein [Horndorfer|LOCderiv] kam.')).toEqual(['Horndorfer=Horndorf#0'])
  })

  it('keep a caller’s entry apart from a shipped one of the same number', () => {
    const shipped = Gazetteer.empty().with([{ name: 'Union Hafen', type: 'ORG' }])
    const both = shipped.with([{ name: 'Union Süd', type: 'ORG', aliases: ['Union'] }])
    const [long, short] = resolveMarkup('[Union Hafen|ORG] und [Union|ORG].', both)
    expect([long!.canonical, short!.canonical]).toEqual(['Union Hafen', 'Union Süd'])
    expect(long!.cluster).not.toBe(short!.cluster)
  })
})

describe('namesInDerived', () => {
  it('opens adjectives that join two names, and frees a first part that is derived alone', () => {
    const names = (word: string): string[] =>
      namesInDerived(word, GAZETTEER).map(({ start, end }) => word.slice(start, end))
    expect(names('ukrainisch-freiburgische')).toEqual(['ukrainisch', 'freiburgische'])
    expect(names('Freiburger')).toEqual([])
    expect(names('süd-freiburgische')).toEqual([])
    expect(names('ukrainisch-orthodoxe')).toEqual([])
  })
})

describe('knownCompound', () => {
  const isCommon = (word: string): boolean => ['Krieg', 'Chef', 'Gruppe'].includes(word)
  const names = (word: string): string[] =>
    knownCompound(word, GAZETTEER, isCommon).map(({ start, end }) => word.slice(start, end))

  it('opens a compound all of whose parts are known', () => {
    expect(names('Russland-Ukraine-Krieg')).toEqual(['Russland', 'Ukraine'])
    expect(names('Baden-Württemberg-Chef')).toEqual(['Baden-Württemberg'])
    // The s links the parts.
    expect(names('Kremls-Chef')).toEqual(['Kreml'])
  })

  it('leaves everything else alone', () => {
    for (const word of [
      'Russland-Xyz-Krieg',
      'Xyz-Krieg',
      'Russland-Ukraine',
      'EU-Gruppe',
      'Russland',
      '-Krieg',
      'Russland-',
    ]) {
      expect(names(word), word).toEqual([])
    }
  })
})
