import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterAll, describe, expect, it } from 'vitest'
import { entitiesPath, ParquetFiles } from '../../src/cli/parquet.js'
import { formatCsv, formatTsv } from '../../src/formats/delimited.js'
import { entityRows, mentionRows } from '../../src/formats/table.js'
import type { Entity } from '../../src/types.js'
import { hasPython, python } from './python.js'
import { randomDocument } from './random-document.js'

const DOCS = Array.from({ length: 60 }, (_, seed) => randomDocument(seed))
const COLUMNS = 'id,start,end,text,type,kind,score,canonical,qid,method,cluster,host'.split(',')
const folder = mkdtempSync(join(tmpdir(), 'eigennamen-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('CSV and TSV', () => {
  const entity: Entity = {
    start: 0,
    end: 2,
    text: 'A,',
    type: 'ORG',
    kind: 'compound',
    host: { start: 0, end: 4, text: 'A,"\t' },
    score: 0.5,
    canonical: 'x\ny',
    link: { method: 'exact', alias: 'x', score: 1 },
    cluster: 0,
  }
  const doc = { id: 'd', text: 'A,"\t', entities: [entity] }

  it('quote as RFC 4180 says', () => {
    expect(formatCsv([doc])).toBe(
      `${COLUMNS.join(',')}\r\nd,0,2,"A,",ORG,compound,0.5,"x\ny",,exact,0,"A,""\t"\r\n`,
    )
    expect(formatTsv([doc])).toBe(
      `${COLUMNS.join('\t')}\nd\t0\t2\tA,\tORG\tcompound\t0.5\t"x\ny"\t\texact\t0\t"A,""\t"\n`,
    )
  })

  it.skipIf(!hasPython)('are read back by Python', () => {
    const rows = DOCS.flatMap(mentionRows).map((row) =>
      Object.values(row).map((value) => String(value ?? '')),
    )
    const read = python(
      `import csv, io
answer([list(csv.reader(io.StringIO(text, newline=''), delimiter=delimiter)) for text, delimiter in data])`,
      [
        [formatCsv(DOCS), ','],
        [formatTsv(DOCS), '\t'],
      ],
    )
    expect(read).toEqual([
      [COLUMNS, ...rows],
      [COLUMNS, ...rows],
    ])
  })
})

describe('Parquet', () => {
  const bytes = (path: string): ArrayBuffer => new Uint8Array(readFileSync(path)).buffer
  /** Half pairs are no UTF-8; and hyparquet drops a byte order mark that begins a string when it reads. */
  const readable = (row: object): object =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replace(/\p{Cs}/gu, '\ufffd').replace(/^\ufeff/, '') : value,
      ]),
    )

  it('holds mentions and distinct entities', async () => {
    const path = join(folder, 'names.parquet')
    const files = new ParquetFiles(path)
    for (const doc of DOCS) files.add(doc)
    await files.write()
    expect(await parquetReadObjects({ file: bytes(path) })).toEqual(DOCS.flatMap(mentionRows).map(readable))
    expect(await parquetReadObjects({ file: bytes(entitiesPath(path)) })).toEqual(
      DOCS.flatMap(entityRows).map(readable),
    )
    const types = parquetMetadata(bytes(path)).schema.slice(1)
    expect(types.map(({ name, type, repetition_type }) => `${name} ${type} ${repetition_type}`)).toEqual([
      ...['id BYTE_ARRAY REQUIRED', 'start INT32 REQUIRED', 'end INT32 REQUIRED', 'text BYTE_ARRAY REQUIRED'],
      ...['type BYTE_ARRAY REQUIRED', 'kind BYTE_ARRAY REQUIRED', 'score DOUBLE REQUIRED'],
      ...['canonical BYTE_ARRAY REQUIRED', 'qid BYTE_ARRAY OPTIONAL', 'method BYTE_ARRAY OPTIONAL'],
      ...['cluster INT32 REQUIRED', 'host BYTE_ARRAY OPTIONAL'],
    ])
  })

  it('may be empty, and says what it cannot write', async () => {
    const path = join(folder, 'empty')
    await new ParquetFiles(path).write()
    expect(await parquetReadObjects({ file: bytes(path) })).toEqual([])
    expect(entitiesPath(path)).toBe(`${path}.entities`)
    await expect(new ParquetFiles(join(folder, 'no/such')).write()).rejects.toThrow(
      /cannot write .*Name a file in a folder that exists/,
    )
  })
})
