import { describe, expect, it } from 'vitest'
import { GazetteerError } from '../../src/errors.js'
import { parseGazetteer } from '../../src/gazetteer/gazetteer-file.js'

const TSV = `# names of ours
name\ttype\taliases\tid\tfrom
Kieler Hafenwerke\tORG\tHafenwerke | KHW\town:1\t2019

Astana\tLOC\t\tQ1520\t
`

describe('parseGazetteer', () => {
  it('reads TSV by its header', () => {
    expect(parseGazetteer(TSV).entries).toEqual([
      { name: 'Kieler Hafenwerke', type: 'ORG', aliases: ['Hafenwerke', 'KHW'], id: 'own:1', from: '2019' },
      { name: 'Astana', type: 'LOC', id: 'Q1520' },
    ])
  })

  it('reads JSON Lines, byte order mark and Windows line ends', () => {
    const content =
      '\uFEFF{"name":"Astana","type":"LOC"}\r\n\r\n{"name":"OVKS","type":"ORG","aliases":["CSTO"]}\r\n'
    expect(parseGazetteer(content.slice(1)).entries).toHaveLength(2)
    expect(parseGazetteer(content, { format: 'jsonl' }).entries).toHaveLength(2)
  })

  it('gives up at the first bad row, naming line, field and reason', () => {
    const bad = `name\ttype\nAstana\tLOC\nOVKS\tORGANISATION\n`
    expect(() => parseGazetteer(bad, { source: 'own.tsv' })).toThrowError(GazetteerError)
    expect(() => parseGazetteer(bad, { source: 'own.tsv' })).toThrowError(
      /^own\.tsv:3: "type" of "OVKS" must be one of PER, ORG, LOC, MISC, got "ORGANISATION"\./,
    )
    expect(() => parseGazetteer('{"name":"a","type":"LOC"}\n{oops', { source: 'x' })).toThrowError(
      /^x:2: no JSON: /,
    )
  })

  it('leaves bad rows out where the caller says so, and reports each', () => {
    const content =
      'name\ttype\tfrom\nA\tLOC\t2019\nB\tPLACE\nC\tLOC\tyesterday\nD\tLOC\t2020\tx\n\tLOC\nE\tORG\n'
    const { entries, badRows } = parseGazetteer(content, { onBadRow: 'skip' })
    expect(entries.map(({ name }) => name)).toEqual(['A', 'E'])
    expect(badRows.map(({ line, field }) => [line, field])).toEqual([
      [3, 'type'],
      [4, 'from'],
      [5, undefined],
      [6, 'name'],
    ])
    expect(badRows[2]!.reason).toMatch(/4 cells where the header names 3 columns/)
  })

  it('refuses a table without a header', () => {
    expect(() => parseGazetteer('Astana\tLOC\n', { source: 'o.tsv' })).toThrowError(
      /^o\.tsv:1: the first line must name the columns, "name" and "type" at least/,
    )
    expect(parseGazetteer('').entries).toEqual([])
  })
})
