import { describe, expect, it } from 'vitest'
import type { TokenMention } from '../../src/entities/mention.js'
import { repeatedNames } from '../../src/entities/repetition.js'
import { Trait } from '../../src/entities/word-traits.js'
import { tokenize } from '../../src/text/tokenizer.js'

/** Finds repetitions where `sure` are the tagged mentions: `TYPE:words`, each taken at its first place. */
function repeated(text: string, sure: readonly string[], score = 0.95): string[] {
  const tokens = tokenize(text)
  const covered = new Uint8Array(tokens.length)
  const mentions = sure.map((item): TokenMention => {
    const [type, name] = item.split(':') as ['PER', string]
    let first = 0
    let start = text.indexOf(name)
    while (tokens.starts[first]! < start || covered[first] === 1) {
      first++
      if (tokens.starts[first]! > start) start = text.indexOf(name, start + 1)
    }
    let last = first
    while (last < tokens.length && tokens.ends[last]! <= start + name.length) last++
    covered.fill(1, first, last)
    return { first, last, start, end: start + name.length, text: name, type, kind: 'name', score }
  })
  const traits = Uint8Array.from({ length: tokens.length }, (_, token) =>
    /^\p{Lu}/u.test(text.slice(tokens.starts[token])) ? Trait.Capital : 0,
  )
  const isCommon = (word: string): boolean => ['Kohl', 'Wolf'].includes(word)
  return repeatedNames(text, tokens, traits, covered, mentions, isCommon).map(
    ({ start, end, text: surface, type }) => {
      expect(text.slice(start, end)).toBe(surface)
      return `${type}:${surface}@${start}`
    },
  )
}

describe('repeatedNames', () => {
  it('takes Jr. for no surname', () => {
    expect(repeated('Max Horn jr kam, sagte Horn. Jr ging.', ['PER:Max Horn jr'])).toEqual(['PER:Horn@23'])
  })

  it('finds a sure name again, and the surname of a person named in full', () => {
    expect(repeated('Ida Horn kam. Dann ging Horn. Ida Horn lachte.', ['PER:Ida Horn'])).toEqual([
      'PER:Horn@24',
      'PER:Ida Horn@30',
    ])
    expect(repeated('Die Abx GmbH baut. Die Abx GmbH plant.', ['ORG:Abx GmbH'])).toEqual(['ORG:Abx GmbH@23'])
  })

  it('leaves common words, doubtful names and parts of words alone', () => {
    expect(repeated('Ute Kohl kam. Der Kohl wuchs.', ['PER:Ute Kohl'])).toEqual([])
    expect(repeated('Abx baut. Abx plant.', ['ORG:Abx'], 0.5)).toEqual([])
    expect(repeated('Abx baut. Abxe planen.', ['ORG:Abx'])).toEqual([])
  })

  it('gives up where a word stands untagged more often than tagged, or was tagged as two types', () => {
    expect(repeated('Abx. Dann Abx, Abx und Abx.', ['ORG:Abx'])).toEqual([])
    expect(repeated('Abx kam nach Abx. Abx schwieg.', ['ORG:Abx', 'LOC:Abx'])).toEqual([])
  })
})
