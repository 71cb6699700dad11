import { describe, expect, it } from 'vitest'
import { withoutEuropeanUnion } from '../../src/entities/european-union.js'
import { tokenize } from '../../src/text/tokenizer.js'
import { taggedMention } from './markup.js'

/** What is left of the names that are tagged as organisations. */
function left(text: string, ...names: readonly string[]): string[] {
  const tokens = tokenize(text)
  const mentions = names.map((name) =>
    taggedMention(text, tokens, name, 'ORG', 0.9, 'name', text.lastIndexOf(name)),
  )
  return withoutEuropeanUnion(mentions, text, tokens).map(({ text: name }) => name)
}

describe('withoutEuropeanUnion', () => {
  it('drops a bare Union where the text speaks of the European one', () => {
    expect(left('Die Mitgliedstaaten der Union berieten.', 'Union')).toEqual([])
    expect(left('Die EU-Kommission schützt die Union.', 'EU-Kommission', 'Union')).toEqual(['EU-Kommission'])
    expect(left('Die Europäische Union wächst, sagt die Union.', 'Europäische Union', 'Union')).toEqual([
      'Europäische Union',
    ])
  })

  it('keeps parties and clubs', () => {
    expect(left('Die Union will weniger Steuern.', 'Union')).toEqual(['Union'])
    expect(left('Die SPD und die Union streiten über europäische Hilfen.', 'SPD', 'Union')).toEqual([
      'SPD',
      'Union',
    ])
    expect(left('Union verpasst die europäischen Plätze der Bundesliga.', 'Union')).toEqual(['Union'])
    expect(left('Union Berlin reist in die EU, Union siegt.', 'Union Berlin', 'Union')).toEqual([
      'Union Berlin',
      'Union',
    ])
  })
})
