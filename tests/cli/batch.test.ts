import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadRecognizer } from '../../src/index.js'
import { batch, newFolder, read, records, rows, surfaces, write } from './batch-run.js'

/** Two frames, the second begins in the middle of a line; made with zstd 1.5 (first with a checksum, second with --no-check -19). */
const ZST =
  'KLUv/SRONQIAxAN7ImlkIjoxLCJib2R5Ijp7InRleHQiOiJBbmdlbGEgTWVya2VsIHJlaXN0ZSBuYWNoIEtpZXcuIn' +
  '19CjICAICL9YOCAi0EI4YotS/9ICEJAQB4dCI6IkRpZSBPVktTIHRhZ3QgaW4gQXN0YW5hLiJ9fQo='

describe('batch', () => {
  it('adds entities to records and leaves everything else as it was, to the byte', async () => {
    const folder = newFolder()
    const lines = [
      '{"id": 12345678901234567890, "meta":{"z":1.0,"a":[1e3]}, "text":"Angela Merkel reiste nach Kiew." }',
      '{"text":"Die OVKS tagt.","entities":"old","n":1}',
      '{"text":""}',
    ]
    write(folder, 'a.jsonl', `\ufeff${lines.join('\r\n')}`)
    expect(batch(folder, ['a.jsonl', '--out', 'o.jsonl'])).toMatchObject({ code: 0 })
    const ner = await loadRecognizer()
    const entities = (text: string): string => JSON.stringify(ner.recognize(text).entities)
    expect(read(folder, 'o.jsonl').split('\n')).toEqual([
      `${lines[0]!.slice(0, -1)},"entities":${entities('Angela Merkel reiste nach Kiew.')}}`,
      `{"text":"Die OVKS tagt.","entities":${entities('Die OVKS tagt.')},"n":1}`,
      '{"text":"","entities":[]}',
      '',
    ])
    expect(readdirSync(folder).sort()).toEqual(['a.jsonl', 'o.jsonl'])
  })

  it('reads nested fields, on threads as on one, with the options of extract', () => {
    const folder = newFolder()
    write(folder, 'a.jsonl', records(200))
    const args = ['a.jsonl', '--text-field', 'body.text', '--types', 'PER,LOC', '--kinds', 'name', '--detect']
    expect(batch(folder, [...args, '--out', 'one.jsonl', '--workers', '1']).code).toBe(0)
    expect(batch(folder, [...args, '--out', 'two.jsonl', '--workers', '2']).code).toBe(0)
    expect(read(folder, 'two.jsonl')).toBe(read(folder, 'one.jsonl'))
    const found = rows(folder, 'one.jsonl')
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, i) => `r${i}`))
    expect(found[0]).toHaveProperty('language')
    const types = found.flatMap(({ entities }) =>
      (entities as { type: string; kind: string }[]).map((e) => e),
    )
    expect(new Set(types.map(({ type }) => type))).toEqual(new Set(['PER', 'LOC']))
    expect(new Set(types.map(({ kind }) => kind))).toEqual(new Set(['name']))
  })

  it('reads .txt with a document a line, .gz, .zst, and writes .gz', () => {
    const folder = newFolder()
    write(folder, 'a.txt', 'Angela Merkel reiste nach Kiew.\n\n  \nDie OVKS tagt.\r\nohne Ende')
    // Two members, as gzip itself joins them.
    const text = Buffer.from(records(3))
    write(folder, 'b.jsonl.gz', Buffer.concat([gzipSync(text.subarray(0, 50)), gzipSync(text.subarray(50))]))
    write(folder, 'c.jsonl.zst', Buffer.from(ZST, 'base64'))
    const inputs = ['c.jsonl.zst', 'a.txt', 'b.jsonl.gz']
    expect(batch(folder, [...inputs, '--text-field', 'body.text', '--out', 'o.jsonl.gz'])).toMatchObject({
      code: 0,
      err: expect.stringMatching(
        /^8 documents, \d+ tokens, \d+ entities \(PER \d+, ORG \d+, LOC \d+\), 0 failures\n/,
      ),
    })
    write(folder, 'o.jsonl', gunzipSync(readFileSync(join(folder, 'o.jsonl.gz'))))
    expect(rows(folder, 'o.jsonl').map(({ id }) => id)).toEqual([
      ...[1, 2],
      ...['a.txt:1', 'a.txt:4', 'a.txt:5'],
      ...['r0', 'r1', 'r2'],
    ])
    expect(Object.keys(rows(folder, 'o.jsonl')[2]!)).toEqual(['id', 'text', 'language', 'entities'])
    expect(surfaces(folder, 'o.jsonl')[1]).toEqual(['OVKS', 'Astana'])
    expect(surfaces(folder, 'o.jsonl')[3]).toEqual(['OVKS'])
  })

  it('reads folders of articles in the order of their paths', () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'in/b'), { recursive: true })
    mkdirSync(join(folder, 'in/.git'))
    write(folder, 'in/z.txt', '\ufeffAngela Merkel\nreiste nach Kiew.\n')
    write(folder, 'in/b/2.txt.gz', gzipSync('Die OVKS tagt.'))
    write(folder, 'in/b/10.txt', 'Kein Name.')
    write(folder, 'in/b/3.jsonl', '{"text":"Astana"}\n')
    write(folder, 'in/b/picture.jpg', 'x')
    write(folder, 'in/.git/x.txt', 'x')
    expect(batch(folder, ['in', '--out', 'in/o.jsonl'])).toMatchObject({ code: 0 })
    expect(rows(folder, 'in/o.jsonl').map(({ id, text }) => [id, text])).toEqual([
      ['b/10.txt', 'Kein Name.'],
      ['b/2.txt.gz', 'Die OVKS tagt.'],
      [undefined, 'Astana'],
      ['z.txt', 'Angela Merkel\nreiste nach Kiew.\n'],
    ])
  })

  it('reads standard input', () => {
    const folder = newFolder()
    expect(batch(folder, ['-', '--out', 'o.jsonl'], '{"text":"Die OVKS tagt."}\n').code).toBe(0)
    expect(surfaces(folder, 'o.jsonl')).toEqual([['OVKS']])
    const txt = ['-', '--stdin', 'txt', '--out', 'o.jsonl', '--force', '--workers', '2']
    expect(batch(folder, txt, 'Angela Merkel\nDie OVKS tagt.').code).toBe(0)
    expect(rows(folder, 'o.jsonl').map(({ id }) => id)).toEqual(['stdin:1', 'stdin:2'])
  })

  it('names broken lines and files, keeps them aside, and goes on', () => {
    const folder = newFolder()
    write(
      folder,
      'a.jsonl',
      Buffer.concat([
        Buffer.from(
          '{"text":"Die OVKS tagt."}\nnonsense\n[1]\n{"id":"x","body":{"text":7},"title":"y"}\n\n{"text":"K',
        ),
        Uint8Array.of(0xf6),
        Buffer.from('ln"}\n{"text":"Astana"}\n'),
      ]),
    )
    const whole = gzipSync(records(2000))
    write(folder, 'cut.jsonl.gz', whole.subarray(0, whole.length - 100))
    write(folder, 'cut.txt.zst', Buffer.from(ZST, 'base64').subarray(0, 40))
    write(folder, 'z.txt', 'Angela Merkel\n')
    for (const workers of ['1', '2']) {
      const out = `o${workers}.jsonl`
      const { code, err } = batch(folder, [
        ...['a.jsonl', 'cut.txt.zst', 'z.txt', '--out', out, '--workers', workers],
      ])
      expect(code).toBe(1)
      expect(err).toContain('eigennamen: a.jsonl:2: the line is not JSON')
      expect(err).toContain('eigennamen: a.jsonl:3: the line is an array of 1, expected an object')
      expect(err).toContain('a.jsonl:4: the record has no field "text", only id, body, title; name the field')
      expect(err).toContain('a.jsonl:6: not valid UTF-8; convert it first')
      expect(err).toContain('eigennamen: cut.txt.zst: cannot read cut.txt.zst any further: unexpected EOF')
      expect(err).toContain('3 documents, 7 tokens')
      expect(err).toContain('5 failures')
      expect(err).toContain(`failures: ${out}.errors.jsonl`)
      expect(surfaces(folder, out)).toEqual([['OVKS'], ['Astana'], ['Angela Merkel']])
      expect(
        rows(folder, `${out}.errors.jsonl`).map(({ file, line, id, code }) => [file, line, id, code]),
      ).toEqual([
        ['a.jsonl', 2, undefined, 'JSON'],
        ['a.jsonl', 3, undefined, 'JSON'],
        ['a.jsonl', 4, 'x', 'TEXT'],
        ['a.jsonl', 6, undefined, 'UTF8'],
        ['cut.txt.zst', undefined, undefined, 'UNREADABLE'],
      ])
    }
    const args = ['cut.jsonl.gz', '--text-field', 'body.text', '--out', 'cut.jsonl']
    expect(batch(folder, args).err).toMatch(
      /cut\.jsonl\.gz: cannot read .* any further: unexpected end of file/,
    )
    expect(rows(folder, 'cut.jsonl').length).toBeGreaterThan(1000)
  })

  it('indexes the entities of the corpus', () => {
    const folder = newFolder()
    write(folder, 'a.txt', 'Angela Merkel reiste nach Kiew. Merkel sprach.\nIn Kiew ist Markt.\nKein Name.\n')
    expect(batch(folder, ['a.txt', '--out', 'o.jsonl', '--aggregate', 'index.jsonl']).code).toBe(0)
    const [first, second] = rows(folder, 'index.jsonl')
    expect([first, second].map((row) => [row?.canonical, row?.type, row?.mentions, row?.documents])).toEqual([
      ['Kiew', 'LOC', 2, 2],
      ['Angela Merkel', 'PER', 2, 1],
    ])
    expect(second?.partners).toEqual([{ canonical: 'Kiew', type: 'LOC', id: 'Q1899', documents: 1 }])
  })

  it('ends with 1 where rows of --names were left out', () => {
    const folder = newFolder()
    write(folder, 'a.txt', 'Die SWO tagt.')
    write(folder, 'n.tsv', 'name\ttype\tid\nSWO\tORG\tK-17\nDeich\tHOUSE\t1\n')
    for (const workers of ['1', '2']) {
      const out = `o${workers}.jsonl`
      expect(batch(folder, ['a.txt', '--out', out, '--names', 'n.tsv', '--workers', workers])).toMatchObject({
        code: 1,
        err: expect.stringContaining('n.tsv:3: "type" of "Deich" must be one of'),
      })
      expect(read(folder, out)).toContain('"id":"K-17"')
      expect(readdirSync(folder)).not.toContain(`${out}.errors.jsonl`)
    }
    expect(batch(folder, ['-', '--names', 'n.tsv'], '{"text":"Die SWO tagt."}\n').code).toBe(1)
  })

  it('refuses wrong usage without touching anything', () => {
    const folder = newFolder()
    write(folder, 'a.txt', 'Astana')
    write(folder, 'o.jsonl', 'precious')
    const refused = (args: string[], message: RegExp): void => {
      expect(batch(folder, args)).toMatchObject({ code: 2, err: expect.stringMatching(message) })
    }
    refused([], /takes at least one input/)
    refused(['a.txt'], /--out must name a file, or "-"/)
    refused(['a.txt', '--out', '-', '--resume'], /--resume needs --out FILE/)
    refused(['-', '--checkpoint', '1'], /--checkpoint needs --out FILE/)
    refused(['a.txt', '--out', 'o.jsonl'], /o\.jsonl is there already; name another file, or overwrite it/)
    refused(['a.txt', '--out', 'n/o.jsonl'], /cannot write n\/o\.jsonl/)
    refused(['none.txt', '--out', 'n.jsonl'], /cannot read none\.txt/)
    refused(['a.csv', '--out', 'n.jsonl'], /cannot read a\.csv/)
    refused(['o.jsonl', '--out', 'o.jsonl', '--force'], /both an input and written to/)
    symlinkSync(join(folder, 'o.jsonl'), join(folder, 'link.jsonl'))
    refused(['o.jsonl', '--out', 'link.jsonl', '--force'], /both an input and written to/)
    rmSync(join(folder, 'link.jsonl'))
    refused(['-', '-', '--out', 'n.jsonl'], /only once/)
    refused(['a.txt', '--out', 'o.jsonl', '--force', '--date', '20'], /date must be an ISO date/)
    refused(['a.txt', '--out', 'o.jsonl', '--force', '--workers', '1.5'], /must be a whole number/)
    refused(['a.txt', '--out', 'o.jsonl', '--force', '--workers', '2', '--min-score', '7'], /from 0 to 1/)
    expect(read(folder, 'o.jsonl')).toBe('precious')
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'o.jsonl'])
    expect(batch(folder, ['a.txt', '--out', 'o.jsonl', '--force']).code).toBe(0)
    expect(surfaces(folder, 'o.jsonl')).toEqual([['Astana']])
  })
})
