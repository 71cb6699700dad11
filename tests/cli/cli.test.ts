import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TEXT = 'Toqajew traf in Nur-Sultan Vertreter der OVKS.'
const folder = mkdtempSync(join(tmpdir(), 'eigennamen-'))

/** Runs the built command line; `npm test` builds it first. */
function run(args: string[], input = ''): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), ...args], {
    input,
    encoding: 'utf8',
    cwd: ROOT,
  })
  return { code: status, out: stdout, err: stderr }
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('eigennamen', () => {
  it('teaches', () => {
    const overview = run(['--help'])
    expect(overview.code).toBe(0)
    for (const command of [
      'extract',
      'batch',
      'serve',
      'evaluate',
      'gazetteer',
      'inspect',
      'train',
      'corpus',
    ]) {
      expect(overview.out).toContain(command)
      const help = run([command, '--help'])
      expect(help.code).toBe(0)
      expect(help.out).toMatch(/^Usage: eigennamen/)
      expect(help.out).toMatch(/Examples:\n {2}(echo|eigennamen)/)
    }
    expect(run(['--version']).out.trim()).toBe(
      JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version,
    )
  })

  it('ends with 2 on wrong usage and says what is known', () => {
    expect(run([]).code).toBe(2)
    expect(run(['extrakt'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/unknown command "extrakt"; known are extract.*\nTry: eigennamen --help\n$/),
    })
    for (const args of [
      ['constructor'],
      ['toString', '--help'],
      ['__proto__'],
      ['help', 'nix'],
      ['help', 'valueOf'],
    ]) {
      expect(run(args)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(/^eigennamen: unknown command/),
      })
    }
    expect(run(['help', 'extract'])).toEqual(run(['extract', '--help']))
    expect(run(['help']).out).toBe(run(['--help']).out)
    expect(run(['extract', '--date', '2021-02-30'], TEXT)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/date must be an ISO date of the calendar/),
    })
    expect(run(['extract', '--fromat', 'json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--fromat'),
    })
    expect(run(['extract', '--format', 'xml'], TEXT)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--format must be one of pretty, jsonl/),
    })
    expect(run(['evaluate'])).toMatchObject({ code: 2, err: expect.stringMatching(/takes one gold file/) })
  })
})

describe('extract', () => {
  it('prints one JSON object a document in a pipe', () => {
    const { code, out, err } = run(['extract'], TEXT)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const doc = JSON.parse(out)
    expect(Object.keys(doc)).toEqual(['id', 'text', 'language', 'entities'])
    expect(doc.text).toBe(TEXT)
    expect(doc.entities.map((entity: { canonical: string }) => entity.canonical)).toContain('Astana')
  })

  it('prints JSON, CoNLL, spaCy, brat and a page to read', () => {
    expect(JSON.parse(run(['extract', '--format', 'json'], TEXT).out)).toHaveLength(1)
    expect(run(['extract', '--format', 'conll'], TEXT).out).toBe(
      'Toqajew\tB-PER\ntraf\tO\nin\tO\nNur-Sultan\tB-LOC\nVertreter\tO\nder\tO\nOVKS\tB-ORG\n.\tO\n\n',
    )
    expect(JSON.parse(run(['extract', '--format', 'spacy'], TEXT).out)[0].ents[1]).toEqual({
      start: 16,
      end: 26,
      label: 'LOC',
      kb_id: 'Q1520',
    })
    expect(run(['extract', '--format', 'brat'], TEXT).out).toContain('T2\tLOC 16 26\tNur-Sultan\n')
    const pretty = run(['extract', '--format', 'pretty'], TEXT).out
    expect(pretty).toMatch(/People\n {2}Qassym-Schomart Toqajew/)
    expect(pretty).not.toContain('\u001b')
  })

  it('prints the formats of other tools', () => {
    const format = (name: string): string => {
      const { code, out, err } = run(['extract', '--format', name], TEXT)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return out
    }
    expect(format('bioes')).toContain('Toqajew\tS-PER\n')
    expect(format('csv').split('\r\n').slice(0, 2)).toEqual([
      'id,start,end,text,type,kind,score,canonical,qid,method,cluster,host',
      expect.stringMatching(/^standard input,0,7,Toqajew,PER,name,0\.\d+,Qassym-Schomart Toqajew,Q200881,/),
    ])
    expect(format('tsv').split('\n')[0]).toBe(format('csv').split('\r\n')[0]!.replaceAll(',', '\t'))
    expect(format('tei')).toMatch(
      /<placeName key="Astana" ref="http:\/\/www\.wikidata\.org\/entity\/Q1520" cert="[\d.]+">Nur-Sultan</,
    )
    expect(JSON.parse(format('w3c')).items[1].target).toMatchObject({
      source: 'standard%20input',
      selector: [{ start: 16, end: 26 }, { exact: 'Nur-Sultan' }],
    })
    expect(format('webanno')).toContain(
      '1-4\t16-26\tNur-Sultan\thttp://www.wikidata.org/entity/Q1520\tLOC\tAstana\tQ1520\tname\t\n',
    )
    expect(format('html')).toContain('<a href="https://www.wikidata.org/wiki/Q1520">Wikidata Q1520</a>')
  })

  it('holds several texts where the format can, and says where it cannot', () => {
    const paths = [file('one.txt', TEXT), file('two.txt', 'Er wohnt in Kiel.')]
    const format = (name: string): ReturnType<typeof run> => run(['extract', '--format', name, ...paths])
    expect(JSON.parse(format('w3c').out)).toHaveLength(2)
    expect(JSON.parse(format('spacy').out)).toHaveLength(2)
    expect(format('tei').out.match(/<TEI>/g)).toHaveLength(2)
    expect(format('html').out.match(/<article /g)).toHaveLength(2)
    expect(format('csv').out.match(/^id,/gm)).toHaveLength(1)
    for (const name of ['brat', 'webanno']) {
      expect(format(name)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/holds one text a file, got 2 inputs\. Run it once a file/),
      })
    }
  })

  it('writes files', async () => {
    const out = join(folder, 'names.parquet')
    expect(run(['extract', '--format', 'parquet', '--out', out], TEXT)).toMatchObject({ code: 0, out: '' })
    const read = async (path: string): Promise<Record<string, unknown>[]> =>
      parquetReadObjects({ file: new Uint8Array(readFileSync(path)).buffer })
    expect((await read(out))[1]).toMatchObject({ text: 'Nur-Sultan', canonical: 'Astana', qid: 'Q1520' })
    expect(await read(join(folder, 'names.entities.parquet'))).toHaveLength(3)
    expect(run(['extract', '--format', 'parquet'], TEXT)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/writes two binary files; name the first, e\.g\. --out names\.parquet/),
    })
    const jsonl = join(folder, 'names.jsonl')
    expect(run(['extract', '--out', jsonl], TEXT)).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(jsonl, 'utf8')).toBe(run(['extract'], TEXT).out)
    expect(run(['extract', '--out', join(folder, 'no/such.jsonl')], TEXT)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/cannot write .*such\.jsonl.*Name a file in a folder that exists/),
    })
  })

  it('writes to no input, by whatever path', () => {
    const text = file('input.txt', TEXT)
    const link = join(folder, 'link.txt')
    symlinkSync(text, link)
    for (const out of [text, link, `${folder}/./input.txt`]) {
      for (const format of ['jsonl', 'html', 'parquet']) {
        expect(run(['extract', '--format', format, '--out', out, text])).toMatchObject({
          code: 2,
          out: '',
          err: expect.stringMatching(/input\.txt is both an input and written to\. Name another output/),
        })
      }
    }
    const names = file('names.entities.parquet', 'name\ttype\n')
    const parquet = join(folder, 'names.parquet')
    const args = ['extract', '--format', 'parquet', '--out', parquet, '--names', names, text]
    expect(run(args)).toMatchObject({ code: 2, err: expect.stringContaining('both an input and written to') })
    expect(readFileSync(text, 'utf8')).toBe(TEXT)
  })

  it('leaves the file of --out as it was where there is nothing to write', () => {
    const text = file('kept-input.txt', TEXT)
    for (const format of ['csv', 'jsonl', 'json', 'brat', 'parquet']) {
      const kept = file(`kept.${format}`, 'of yesterday')
      const args = ['extract', '--format', format, '--out', kept]
      expect(run([...args, '--model', text, text]).code).toBe(2)
      expect(run([...args, join(folder, 'nothing.txt')]).code).toBe(1)
      expect(readFileSync(kept, 'utf8')).toBe('of yesterday')
    }
    const absent = join(folder, 'absent.csv')
    expect(run(['extract', '--out', absent, '--model', text, text]).code).toBe(2)
    expect(existsSync(absent)).toBe(false)
    expect(run(['extract', '--out', folder, text])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/cannot write .*: it is a folder\. Name a file/),
    })
  })

  it('goes on behind an unreadable file and ends with 1', () => {
    const { code, out, err } = run([
      'extract',
      join(folder, 'nothing.txt'),
      file('a.txt', TEXT),
      file('latin1.txt', Uint8Array.of(0x4b, 0xf6, 0x6c, 0x6e)),
    ])
    expect(code).toBe(1)
    expect(out.trim().split('\n')).toHaveLength(1)
    expect(err).toMatch(/cannot read .*nothing\.txt: there is no such file/)
    expect(err).toMatch(/latin1\.txt is not valid UTF-8\. Convert it first/)
  })

  it('ends with 2 on a truncated or missing model', () => {
    const model = readFileSync(join(ROOT, 'models/news.model'))
    const cut = file('cut.model', model.subarray(0, model.length - 1000))
    expect(run(['extract', '--model', cut], TEXT)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/bytes, its header promises \d+/),
    })
    expect(run(['extract', '--model', 'nix'], TEXT)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /--model must be accurate, fast or the path of a model file, got "nix", and there/,
      ),
    })
    expect(run(['extract', '--model', './none.model'], TEXT)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/cannot read \.\/none\.model/),
    })
  })
})

describe('--model', () => {
  it('takes a file of the current folder by its bare name', () => {
    symlinkSync(join(ROOT, 'models/news.model'), join(folder, 'mine'))
    const cli = join(ROOT, 'dist/cli.js')
    const result = spawnSync(process.execPath, [cli, 'extract', '--model', 'mine', '--network', 'fast'], {
      input: TEXT,
      encoding: 'utf8',
      cwd: folder,
    })
    expect(result).toMatchObject({
      status: 0,
      stderr: '',
      stdout: run(['extract', '--model', 'fast'], TEXT).out,
    })
  })
})

describe('evaluate', () => {
  const GOLD =
    'Angela\tB-PER\tO\nMerkel\tI-PER\tO\nbesucht\tO\tO\nBerlin\tB-LOC\tO\n.\tO\tO\n\nKeine\tO\tO\nNamen\tO\tO\n\n'

  it('prints figures as a table and as JSON', () => {
    const path = file('gold.conll', GOLD)
    expect(run(['evaluate', path]).out).toMatch(/PER\+ORG\+LOC\s+100\.00/)
    const json = JSON.parse(run(['evaluate', path, '--json']).out)
    expect(json.overall).toMatchObject({ precision: 100, recall: 100, f1: 100 })
    expect(json.types.PER).toMatchObject({ f1: 100, gold: 1 })
    expect(json).toMatchObject({ sentences: 2, tokens: 7 })
    expect(JSON.parse(run(['evaluate', path, '--json', '--raw']).out).overall.f1).toBe(100)
  })

  it('writes errors with their cause', () => {
    const path = file('wrong.conll', GOLD.replace('B-PER\tO', 'O\tO').replace('I-PER', 'B-PER'))
    const errors = join(folder, 'errors.tsv')
    run(['evaluate', path, '--errors', errors])
    expect(readFileSync(errors, 'utf8')).toMatch(
      /wrong extent\tPER\tMerkel\tPER\tAngela Merkel\tline 1\tAngela \[Merkel\]/,
    )
  })

  it('reads the annotated corpus format', () => {
    const path = file(
      'gold.txt',
      '# header\n\n=== a | genre: agency\n[Angela Merkel|PER] besucht [Berlin|LOC].\n',
    )
    expect(JSON.parse(run(['evaluate', path, '--json']).out).overall.f1).toBe(100)
  })

  it('tells how far tokens and sentences agree', () => {
    const path = file('segments.conll', 'Dr\tO\n.\tO\nHorn\tO\nkam\tO\n.\tO\n\nEr\tO\nging\tO\n.\tO\n\n')
    const { out } = run(['evaluate', path, '--segmentation'])
    // Gold has "Dr" and "." apart, which is one token here: 6 of 8 gold tokens are met by 6 of 7.
    expect(out).toMatch(/tokens {5}F1 80\.00 {2}precision 85\.71 {2}recall 75\.00 {2}of 8/)
    expect(out).toMatch(/sentences {2}F1 100\.00/)
    expect(out).toMatch(/1 {2}Dr {2}Dr\./)
  })

  it('refuses gold without a sentence', () => {
    const empty = file('empty.conll', '\n')
    for (const args of [
      [empty],
      [empty, '--segmentation'],
      [empty, '--json'],
      [mkdtempSync(join(folder, 'none-'))],
    ]) {
      expect(run(['evaluate', ...args])).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(/holds no sentences; expected a CoNLL file/),
      })
    }
    expect(run(['evaluate', file('gold.conll', GOLD), '--seen', empty]).code).toBe(2)
  })

  it('names the broken line', () => {
    expect(run(['evaluate', file('broken.conll', 'a\tO\nb O\n')])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/broken\.conll:2: expected "token TAB tag/),
    })
  })
})

describe('corpus', () => {
  const text =
    '# All news in this file is invented.\n\n=== x-1 | genre: agency | region: Kiel | topic: test\n[Ida Horn|PER|*] wohnt in [Kiel|LOC].\n'
  const corpus = (train: string, dev: string): string => {
    const root = mkdtempSync(join(folder, 'corpus-'))
    for (const [split, content] of Object.entries({ train, dev, test: '' })) {
      mkdirSync(join(root, split))
      if (content !== '') writeFileSync(join(root, split, 'a.txt'), content)
    }
    return root
  }

  it('passes a sound corpus and prints its figures', () => {
    const { code, out } = run(['corpus', 'check', corpus(text, '')])
    expect(code).toBe(0)
    expect(out).toMatch(/train {2}1 texts, 6 tokens, 2 mentions/)
    expect(out).toContain('no problems')
  })

  it('finds what is wrong and ends with 1', () => {
    const { code, err } = run(['corpus', 'check', corpus(text, text)])
    expect(code).toBe(1)
    expect(err).toMatch(/the id stands in .* already/)
    expect(err).toMatch(/the same text as x-1/)
    expect(err).toMatch(/the invented person "Ida Horn" occurs in train too/)
    const broken = run(['corpus', 'check', corpus(text.replace('[Kiel|LOC]', 'Ki[el|LOC]'), '')])
    expect(broken.err).toMatch(/"el" is cut out of a word; mark it as part/)
    expect(run(['corpus', 'check', corpus(text.replace('LOC]', 'LOK]'), '')]).err).toMatch(
      /unknown tag "LOK"/,
    )
    expect(run(['corpus', 'check', folder])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/has no folder "train"/),
    })
  })

  it('exports', () => {
    const path = file('export.txt', text)
    expect(run(['corpus', 'export', path]).out).toBe(
      'Ida\tB-PER\tO\nHorn\tI-PER\tO\nwohnt\tO\tO\nin\tO\tO\nKiel\tB-LOC\tO\n.\tO\tO\n\n',
    )
    expect(
      JSON.parse(run(['corpus', 'export', path, '--format', 'spacy']).out)[0].spans.mentions[0],
    ).toMatchObject({ start: 0, end: 8, label: 'PER' })
    expect(run(['corpus', 'export', path, '--format', 'brat']).out).toContain('T2\tLOC 18 22\tKiel')
  })
})

describe('normalisation', () => {
  const gold = (): string =>
    file('links.txt', '# invented\n\n=== t-1\n[Putins|PER|Wladimir Putin] Besuch in [Kiew|LOC].\n')

  it('evaluates the canonical names', () => {
    const { code, out } = run(['evaluate', '--links', gold()])
    expect(code).toBe(0)
    expect(out).toMatch(/^ +gold +found +right +accuracy +found and tied/)
    expect(out).toMatch(/all +2 +2 +2 +100\.00 +100\.00/)
    const { overall, methods } = JSON.parse(run(['evaluate', '--links', '--json', gold()]).out)
    expect(overall).toEqual({ gold: 2, found: 2, right: 2, accuracy: 100, foundAndTied: 100 })
    expect(Object.keys(methods).sort()).toEqual(['exact', 'inflection'])
    const wrong = run(['evaluate', '--links', file('x.conll', 'Berlin\tB-LOC\n\n')])
    expect(wrong.code).toBe(2)
    expect(wrong.err).toMatch(/x\.conll/)
  })

  it('takes names of the caller, and names the rows that it cannot take', () => {
    const names = file(
      'own.tsv',
      'name\ttype\tid\taliases\nKieler Hafenwerke\tORG\town:1\tHafenwerke\nFoo\tBAR\n',
    )
    const { code, out, err } = run(['gazetteer', 'lookup', 'Hafenwerken', 'Hafenwerke', '--names', names])
    expect(code).toBe(1)
    expect(out).toMatch(/Hafenwerke\n +0\.\d+ +ORG +Kieler Hafenwerke +own:1 +\(exact: Hafenwerke\)/)
    expect(err).toMatch(/own\.tsv:3: "type" of "Foo" must be one of PER, ORG, LOC, MISC, got "BAR"/)
    const alone = run(['gazetteer', 'lookup', 'Berlin', '--names', names, '--gazetteer', 'none'])
    expect(alone.out).toContain('nothing close enough')
    const extracted = run(['extract', '--names', names], TEXT)
    expect(extracted).toMatchObject({ code: 1, err: expect.stringContaining('own.tsv:3: ') })
    expect(JSON.parse(extracted.out).text).toBe(TEXT)
    expect(run(['evaluate', '--links', gold(), '--names', names]).code).toBe(1)
    expect(run(['extract', '--names', file('good.tsv', 'name\ttype\nFoo\tORG\n')], TEXT).code).toBe(0)
  })
})

describe('gazetteer and inspect', () => {
  it('looks names up', () => {
    expect(run(['gazetteer', 'lookup', 'Tokayev']).out).toMatch(/Qassym-Schomart Toqajew/)
    expect(run(['gazetteer', 'lookup', 'Xyzzyq']).out).toContain('nothing close enough')
    expect(JSON.parse(run(['gazetteer', 'lookup', '--json', 'Nur-Sultan']).out).candidates[0]).toMatchObject({
      canonical: 'Astana',
      id: 'Q1520',
    })
  })

  it('shows what a file holds', () => {
    const model = run(['inspect', 'models/news.model', '--word', 'Merkel', '--transitions']).out
    expect(model).toContain('"featureVersion"')
    expect(model).toContain('"licence"')
    expect(model).toMatch(/Frau Merkel sagte \.\s+PER [01]\.\d/)
    expect(run(['inspect', 'models/gazetteer.bin']).out).toContain('"entries"')
    expect(run(['inspect', file('no.bin', 'x')])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/expected the magic/),
    })
  })
})
