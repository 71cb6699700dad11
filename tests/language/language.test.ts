import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { detectLanguage } from '../../src/recognizer/language.js'
import { type Length, measureAll, samplesByClass, toMarkdown } from './accuracy.js'

const GUIDE = fileURLToPath(new URL('../../docs/language.md', import.meta.url))
const TABLE = /(?<=<!-- table: tests\/language -->\n)(\|.*\n)*/

const outcomes = measureAll((text) => detectLanguage(text).code)
const of = (name: string, length: Length) => outcomes.get(name)!.get(length)!

/** Least share of right answers in percent at 5, 10 and 20 words. */
const FLOORS: Readonly<Record<string, readonly [number, number, number]>> = {
  german: [95, 100, 100],
  austrian: [95, 100, 100],
  english: [95, 100, 100],
  dutch: [85, 95, 100],
  mixed: [65, 85, 100],
  'low-german': [65, 90, 100],
  'swiss-german': [80, 100, 100],
  'other-languages': [65, 85, 95],
}

describe('detectLanguage', () => {
  it('is measured on enough texts, none of them twice', () => {
    const all = [...samplesByClass()].flatMap(([name, samples]) => {
      expect(samples.length, name).toBeGreaterThanOrEqual(40)
      return samples.map(({ text }) => text)
    })
    expect(new Set(all).size).toBe(all.length)
  })

  it.each(Object.entries(FLOORS))('keeps its floors on %s', (name, [five, ten, twenty]) => {
    expect(of(name, 5).right).toBeGreaterThanOrEqual(five)
    expect(of(name, 10).right).toBeGreaterThanOrEqual(ten)
    expect(of(name, 20).right).toBeGreaterThanOrEqual(twenty)
  })

  it('would rather say und than guess in one to three words', () => {
    for (const [name, byLength] of outcomes) {
      for (const length of [1, 2] as const) {
        expect(byLength.get(length)!.wrong, `${name}, ${length}`).toBeLessThanOrEqual(10)
      }
      expect(byLength.get(3)!.wrong, `${name}, 3`).toBeLessThanOrEqual(15)
    }
  })

  it('decides headlines of five words and more', () => {
    expect(of('headlines', 5).right).toBeGreaterThanOrEqual(90)
  })

  it.each([
    ['', 'und'],
    ['2026', 'und'],
    ['Dortmund', 'und'],
    ['§§ 1-3 …', 'und'],
    ['北京 2026', 'und'],
    ['Η Αθήνα είναι η πρωτεύουσα της Ελλάδας.', 'und'],
    ['Полиция ищет свидетелей аварии, в которой во вторник пострадал велосипедист.', 'rus'],
    ['\ud83d', 'und'],
  ])('answers %j with %s', (text, code) => {
    expect(detectLanguage(text)).toEqual({ code, isGerman: false })
  })

  it('stands in the guide as measured', async () => {
    const guide = readFileSync(GUIDE, 'utf8')
    expect(guide).toMatch(TABLE)
    // npm run docs:api writes the table anew.
    await expect(guide.replace(TABLE, `${toMarkdown(outcomes)}\n`)).toMatchFileSnapshot(GUIDE)
  })
})
