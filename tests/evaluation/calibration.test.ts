import { describe, expect, it } from 'vitest'
import { Calibration } from '../../src/evaluation/calibration.js'
import { SeenNamesScorer } from '../../src/evaluation/seen-names.js'

describe('Calibration', () => {
  it('is 0 where scores say the share of right answers, and their distance where not', () => {
    const good = new Calibration()
    for (let i = 0; i < 10; i++) good.add(0.7, i < 7)
    expect(good.error()).toBeCloseTo(0, 10)
    const bad = new Calibration()
    for (let i = 0; i < 10; i++) bad.add(0.95, i < 5)
    expect(bad.error()).toBeCloseTo(45, 10)
    for (let i = 0; i < 10; i++) bad.add(0.05, false)
    expect(bad.error()).toBeCloseTo(25, 10)
    expect(new Calibration().error()).toBe(0)
  })

  it('takes the score 1', () => {
    const calibration = new Calibration()
    calibration.add(1, true)
    expect(calibration.error()).toBe(0)
  })
})

describe('SeenNamesScorer', () => {
  it('tells names of the training data from others by surface and class', () => {
    const text = 'Bonn und Kiel und Essen'
    const item = (outer: { start: number; end: number; cls: number }[]) => ({
      id: 'x',
      text,
      outer,
      inner: [],
      wholeCompounds: false,
    })
    const scorer = new SeenNamesScorer([item([{ start: 0, end: 4, cls: 6 }])], [6])
    scorer.add(
      item([
        { start: 0, end: 4, cls: 6 },
        { start: 9, end: 13, cls: 6 },
        { start: 18, end: 23, cls: 6 },
        { start: 14, end: 17, cls: 0 },
      ]),
      [
        { start: 0, end: 4, cls: 6 },
        { start: 9, end: 13, cls: 6 },
        { start: 18, end: 23, cls: 3 },
      ],
    )
    expect(scorer.result()).toEqual({ seen: { gold: 1, recall: 100 }, unseen: { gold: 2, recall: 50 } })
  })
})
