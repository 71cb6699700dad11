import { describe, expect, it } from 'vitest'
import { evaluateLinks, totalOf } from '../../src/evaluation/links.js'
import { parseAnnotated } from '../../src/formats/annotated.js'
import type { Recognizer } from '../../src/recognizer/recognizer.js'
import type { Entity } from '../../src/types.js'

const GOLD = parseAnnotated(
  `=== t
[Putins|PER|Wladimir Putin] Sprecher sah in [Kiew|LOC] die [polnische|LOCderiv|Polen] Presse von [Euro|MISC] und [OVKS|ORG].`,
  'test',
)

/** A recogniser that answers these entities, whatever the text. */
function stub(found: readonly Partial<Entity>[]): Recognizer {
  const { text } = GOLD[0]!
  const entities = found.map((entity) => ({
    start: text.indexOf(entity.text!),
    end: text.indexOf(entity.text!) + entity.text!.length,
    kind: 'name',
    ...entity,
  }))
  return { recognize: () => ({ entities }) } as unknown as Recognizer
}

describe('evaluateLinks', () => {
  const result = evaluateLinks(
    GOLD,
    stub([
      {
        text: 'Putins',
        type: 'PER',
        canonical: 'Wladimir Putin',
        link: { method: 'inflection', alias: 'Putin', score: 1 },
      },
      { text: 'Kiew', type: 'LOC', canonical: 'Kiel' },
      { text: 'polnische', type: 'ORG', kind: 'derived', canonical: 'Polen' },
    ]),
  )

  it('counts what was found in span, type and kind, and of that what is right', () => {
    expect(result.byType.PER).toEqual({ gold: 1, found: 1, right: 1 })
    expect(result.byType.LOC).toEqual({ gold: 2, found: 1, right: 0 })
    expect(result.byKind.derived).toEqual({ gold: 1, found: 0, right: 0 })
    expect(totalOf(Object.values(result.byKind))).toEqual({ gold: 4, found: 2, right: 1 })
  })

  it('tells by method, and names the wrong ones', () => {
    expect(result.byMethod).toEqual({
      inflection: { gold: 1, found: 1, right: 1 },
      '-': { gold: 1, found: 1, right: 0 },
    })
    expect(result.errors).toEqual([
      { id: 't', type: 'LOC', kind: 'name', text: 'Kiew', expected: 'Kiew', answered: 'Kiel', method: '-' },
    ])
  })
})
