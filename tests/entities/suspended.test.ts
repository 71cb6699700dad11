import { describe, expect, it } from 'vitest'
import { knownCompound, namesInCompound } from '../../src/entities/compound.js'
import { resolve } from '../../src/entities/resolve.js'
import { completeSuspended } from '../../src/entities/suspended.js'
import { Gazetteer } from '../../src/gazetteer/gazetteer.js'
import { markedMentions } from './markup.js'

const GAZETTEER = Gazetteer.empty().with([
  { name: 'Nordkorea', type: 'LOC' },
  { name: 'Südkorea', type: 'LOC' },
  { name: 'Oberfranken', type: 'LOC' },
  { name: 'Mittelfranken', type: 'LOC' },
  { name: 'Département Nord', type: 'LOC', aliases: ['Nord'] },
  { name: 'Leipzig-Süd', type: 'LOC', aliases: ['Süd'] },
  { name: 'SPD', type: 'ORG' },
])

/** Resolved mentions of a text in the corpus markup: `surface=canonical(kind)`. */
function completed(markup: string): string[] {
  const { text, mentions } = markedMentions(markup)
  const found = completeSuspended(mentions, text, GAZETTEER)
  for (const { start, end, text: surface } of found) expect(text.slice(start, end)).toBe(surface)
  return resolve(found, text, GAZETTEER, {}).map(
    ({ mention, canonical }) => `${mention.text}=${canonical}(${mention.kind})`,
  )
}

describe('completeSuspended', () => {
  it('takes the head of the word after it', () => {
    expect(completed('[Nord-|LOC] und [Südkorea|LOC] reden.')).toEqual([
      'Nord-=Nordkorea(compound)',
      'Südkorea=Südkorea(name)',
    ])
    expect(completed('[Süd-|LOC] wie [Nordkoreas|LOC] Armee')[0]).toBe('Süd-=Südkorea(compound)')
    expect(completed('die [Nord-|LOC] und [Südkoreaner|LOCderiv]')[0]).toBe('Nord-=Nordkorea(derived)')
    expect(completed('[Ober-|LOC], [Mittel-|LOC] und [Unterfranken|LOC]')).toEqual([
      'Ober-=Oberfranken(compound)',
      'Mittel-=Mittelfranken(compound)',
      'Unterfranken=Unterfranken(name)',
    ])
  })

  it('leaves out what it cannot complete: a direction alone is no name', () => {
    expect(completed('[Alt-|LOC] und [Neukorea|LOC]')).toEqual(['Neukorea=Neukorea(name)'])
    expect(completed('[Nord-|LOC] und [Leipzig-Süd|LOC]')).toEqual(['Leipzig-Süd=Leipzig-Süd(name)'])
    expect(completed('[Nord-|LOC] oder der Rest von [Südkorea|LOC]')).toEqual(['Südkorea=Südkorea(name)'])
    expect(completed('im [Nord-|LOC] und Südteil')).toEqual([])
  })

  it('leaves other suspended words as they are', () => {
    expect(completed('[SPD-|ORGpart] und [Grünen|ORGpart]-Politiker')[0]).toBe('SPD-=SPD(compound)')
    expect(completed('[Nord|LOC] und [Südkorea|LOC]')[0]).toBe('Nord=Département Nord(name)')
  })
})

describe('directions inside compounds', () => {
  it('are no names', () => {
    const isCommon = (word: string): boolean => word === 'Konflikt'
    expect(knownCompound('Nord-Süd-Konflikt', GAZETTEER, isCommon)).toEqual([])
    expect(namesInCompound('Nord-Süd-Konflikt', 'LOC', GAZETTEER)).toEqual([{ start: 0, end: 8 }])
  })
})
