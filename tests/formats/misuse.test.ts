import { describe, expect, it } from 'vitest'
import {
  ArgumentError,
  entityRows,
  formatBrat,
  formatConll,
  formatCsv,
  formatHtml,
  formatTei,
  formatTeiCorpus,
  formatTsv,
  formatWebAnno,
  mentionRows,
  toSpacy,
  toW3c,
} from '../../src/formats/public.js'

const text = 'Kiel'
const doc = { text, entities: [] }

function fault(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentError)
    expect((error as ArgumentError).code).toBe('INVALID_ARGUMENT')
    return (error as Error).message
  }
  return 'no error'
}

describe('writers', () => {
  it.each(Object.entries({ formatCsv, formatTsv, formatHtml, formatTeiCorpus }))(
    '%s refuses what is no array of documents with ids',
    (name, writer) => {
      const write = (docs: unknown): string => fault(() => writer(docs as never))
      expect(write({ id: 'a', ...doc })).toBe(
        `${name} expects an array of documents { id, text, entities }, got an object. Take the fields from what recognize answers.`,
      )
      expect(write(null)).toContain('got null.')
      expect(write([{ id: 'a', ...doc }, 'b'])).toContain('got "b".')
      expect(write([doc])).toContain('got "id": undefined.')
      expect(write([{ id: 'a', ...doc }])).toBe('no error')
      expect(write([])).toBe('no error')
    },
  )

  it.each(Object.entries({ formatTei, toW3c, mentionRows, entityRows }))(
    '%s refuses what is no document with an id',
    (name, writer) => {
      const write = (value: unknown): string => fault(() => writer(value as never))
      expect(write([doc])).toBe(
        `${name} expects a document { id, text, entities }, got an array of 1. Take the fields from what recognize answers.`,
      )
      expect(write(doc)).toContain('got "id": undefined.')
      expect(write({ id: 'a', ...doc })).toBe('no error')
    },
  )

  it.each(Object.entries({ formatBrat, toSpacy, formatConll, formatWebAnno }))(
    '%s refuses what is no document',
    (_name, writer) => {
      const write = (value: unknown): string => fault(() => writer(value as never))
      expect(write(text)).toMatch(/expects a document \{ text, entities.* \}, got "Kiel"\. Take the fields/)
      expect(write({ text })).toContain('got "entities": undefined.')
      const tokens = [{ start: 0, end: 4, text }]
      expect(write({ ...doc, tokens, sentences: [{ start: 0, end: 4 }] })).toBe('no error')
    },
  )
})
