import { describe, expect, it } from 'vitest'
import { combine, hashString } from '../../src/binary/hash.js'
import { HashIndex, sortByHash } from '../../src/binary/hash-index.js'
import { SentenceFacts } from '../../src/features/sentence-facts.js'
import { TypeTable } from '../../src/features/type-table.js'
import { Quote } from '../../src/features/word-type.js'
import { PhraseFlag, PhraseSet } from '../../src/lexicon/phrases.js'

/** A set of phrases with their kinds. */
function phraseSet(phrases: Readonly<Record<string, number>>): PhraseSet {
  const flags = new Map<number, number>()
  for (const [phrase, kind] of Object.entries(phrases)) {
    const words = phrase.split(' ')
    let hash = 0
    for (const [place, word] of words.entries()) {
      hash = place === 0 ? hashString(word) : combine(hash, hashString(word))
      const bits = place === words.length - 1 ? kind : PhraseFlag.Prefix
      flags.set(hash, (flags.get(hash) ?? 0) | bits)
    }
  }
  const { hashes, values } = sortByHash(flags)
  const packed = new Uint8Array(Math.ceil(values.length / 2))
  for (const [number, bits] of values.entries()) packed[number >> 1]! |= bits << ((number & 1) << 2)
  return new PhraseSet({ index: HashIndex.build(hashes), flags: packed })
}

const SET = phraseSet({
  'Bad Homburg': PhraseFlag.Place,
  Homburg: PhraseFlag.Place | PhraseFlag.Prominent,
  'Rotes Kreuz': PhraseFlag.Organisation,
  'Rotes Kreuz Bad Homburg': PhraseFlag.Organisation,
  Bad: PhraseFlag.Prominent,
})

/** Codes and quotation bits of words; a word in -s is the genitive of the rest. */
function read(text: string, before = 0): { phrase: number[]; quoted: number[] } {
  const words = text.split(' ')
  const table = new TypeTable()
  const types = new Int32Array(before + words.length)
  for (const [at, word] of words.entries()) {
    const stem = word.endsWith('s') ? hashString(word.slice(0, -1)) : 0
    const quote = word === '„' ? Quote.Open : word === '"' ? Quote.Either : word === '”' ? Quote.Close : 0
    types[before + at] = table.count
    table.push({ word: hashString(word), stem, quote, vector: -1 }, SET)
  }
  const facts = new SentenceFacts()
  facts.read(types, before, words.length, table, SET)
  return {
    phrase: Array.from(facts.phrase.subarray(0, words.length)),
    quoted: Array.from(facts.quoted.subarray(0, words.length)),
  }
}

describe('PhraseSet', () => {
  const place = PhraseFlag.Place * 4
  const organisation = PhraseFlag.Organisation * 4
  const known = (PhraseFlag.Place | PhraseFlag.Prominent) * 4

  it('marks the longest match with its kind and the position in it', () => {
    expect(read('in Bad Homburg').phrase).toEqual([0, place + 1, place + 3])
    expect(read('Rotes Kreuz Bad Homburg').phrase).toEqual([1, 2, 2, 3].map((n) => organisation + n))
    expect(read('das Rotes Kreuz Bad').phrase).toEqual([
      0,
      organisation + 1,
      organisation + 3,
      PhraseFlag.Prominent * 4,
    ])
  })

  it('knows the last word in the genitive, alone or at the end', () => {
    expect(read('Bad Homburgs Kurpark').phrase).toEqual([place + 1, place + 3, 0])
    expect(read('Homburgs Kurpark').phrase).toEqual([known, 0])
  })

  it('marks nothing for the mere beginning of an entry, and matches words wherever they stand in the batch', () => {
    expect(read('Rotes Homburg', 3).phrase).toEqual([0, known])
  })
})

describe('SentenceFacts', () => {
  it('tells what stands between quotation marks; a straight one opens and closes by turns', () => {
    expect(read('„ Homburg ” und " x " y').quoted).toEqual([0, 1, 0, 0, 0, 1, 0, 0])
  })
})
