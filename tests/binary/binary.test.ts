import { describe, expect, it } from 'vitest'
import { AscendingNumbers } from '../../src/binary/ascending.js'
import { countBelow } from '../../src/binary/bisect.js'
import { openContainer, writeContainer } from '../../src/binary/container.js'
import { HashIndex, sortByHash } from '../../src/binary/hash-index.js'
import { ModelError } from '../../src/errors.js'
import { Random } from '../../src/training/random.js'

const HEADER = { kind: 'test', note: 'Größe' }
const SECTIONS = {
  bytes: Uint8Array.of(1, 2, 3),
  words: Uint32Array.of(4_000_000_000, 7),
  small: Int8Array.of(-128, 127),
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError)
    return (error as ModelError).code
  }
  return 'no error'
}

describe('container', () => {
  const bytes = writeContainer(HEADER, SECTIONS)

  it('gives back what was written, as views', () => {
    const container = openContainer(bytes, 'test', 'a file')
    expect(container.header.note).toBe('Größe')
    expect([...container.section('words', 'u32')]).toEqual([4_000_000_000, 7])
    expect([...container.section('small', 'i8')]).toEqual([-128, 127])
    expect(container.section('bytes', 'u8').buffer).toBe(bytes.buffer)
  })

  it('gives the same bytes for the same content', () =>
    expect(writeContainer(HEADER, SECTIONS)).toEqual(bytes))

  it('reads from an unaligned place and from shared memory', () => {
    const padded = new Uint8Array(bytes.length + 3)
    padded.set(bytes, 3)
    expect([...openContainer(padded.subarray(3), 'test', 'x').section('words', 'u32')]).toEqual([
      4_000_000_000, 7,
    ])
    const shared = new SharedArrayBuffer(bytes.length)
    new Uint8Array(shared).set(bytes)
    expect([...openContainer(shared, 'test', 'x').section('words', 'u32')]).toEqual([4_000_000_000, 7])
  })

  it('refuses every truncation', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(() => openContainer(bytes.slice(0, length), 'test', 'x'))).toMatch(/^MODEL_/)
    }
  })

  it('refuses every single damaged byte', () => {
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice()
      damaged[at]! ^= 0x10
      expect(codeOf(() => openContainer(damaged, 'test', 'x'))).toMatch(/^MODEL_/)
    }
  })

  it('names what it found and what it expected', () => {
    const other = bytes.slice()
    other[8] = 9
    expect(() => openContainer(other, 'test', 'news.model')).toThrow(
      /news\.model has container version 9, this library reads version 1/,
    )
    expect(() => openContainer(bytes.slice(0, 60), 'test', 'news.model')).toThrow(
      new RegExp(`has 60 bytes, its header promises ${bytes.length}`),
    )
    expect(() => openContainer(new Uint8Array(40), 'test', 'news.model')).toThrow(
      /expected the magic "EIGNAMEN"/,
    )
    expect(() => openContainer(bytes, 'tagger', 'news.model')).toThrow(/holds a test, expected a tagger/)
    expect(() => openContainer(bytes, 'test', 'x').section('nope', 'u8')).toThrow(/no section "nope"/)
  })
})

describe('HashIndex', () => {
  it('agrees with a Map', () => {
    const random = new Random(3)
    const entries: [number, number][] = []
    for (let i = 0; i < 5000; i++) entries.push([random.integer(2 ** 32), i])
    for (let i = 0; i < 500; i++) entries.push([0xabcd0000 + random.integer(700), i])
    entries.push([0, 1], [0xffffffff, 2])
    const { hashes, values } = sortByHash(entries)
    const index = HashIndex.build(hashes)
    const map = new Map(entries)
    expect(index.size).toBe(map.size)
    for (const [hash, value] of map) expect(values[index.find(hash)]).toBe(value)
    for (let i = 0; i < 5000; i++) {
      const hash = random.integer(2 ** 32)
      if (!map.has(hash)) expect(index.find(hash)).toBe(-1)
    }
    expect(index.hashes()).toEqual(hashes)
  })
})

describe('ascending numbers in two bytes', () => {
  const lists: [string, number[]][] = [
    ['none', []],
    ['small ones', [0, 0, 3, 65535]],
    ['first of a block', [65536, 65536, 65537, 131072]],
    ['with empty blocks between', [1, 2, 400_000, 400_000, 9_000_000]],
    ['up to the largest', [0, 2 ** 31, 2 ** 32 - 1]],
  ]
  it.each(lists)('gives back the list and counts as a plain one: %s', (_, numbers) => {
    const packed = AscendingNumbers.pack(Uint32Array.from(numbers))
    expect(Array.from(numbers, (_number, index) => packed.at(index))).toEqual(numbers)
    for (const limit of [
      0,
      1,
      65535,
      65536,
      65537,
      131072,
      ...numbers,
      ...numbers.map((number) => number + 1),
    ])
      expect(packed.countBelow(limit), String(limit)).toBe(countBelow(numbers, limit))
  })
})
