import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SpanScorer } from '../../src/evaluation/span-score.js'
import { formatConll, parseConll } from '../../src/formats/conll.js'
import { classOf, LABEL_COUNT, LABEL_NAMES, labelOf, spansOf } from '../../src/labels/scheme.js'
import { Random } from '../../src/training/random.js'
import { hasPython, python } from '../formats/python.js'
import { WORD } from './words.mjs'

// The scripts that need no PyTorch are run here; `npm run test:teacher` runs all of them.
const folder = fileURLToPath(new URL('../../models/teacher/', import.meta.url))
const inFolder = (script: string) =>
  `import sys\nsys.dont_write_bytecode = True\nsys.path.insert(0, ${JSON.stringify(folder)})\n${script}`

describe.skipIf(!hasPython)('teacher', () => {
  let work = ''
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'teacher-'))
  })
  afterAll(() => rmSync(work, { recursive: true }))

  test('every script compiles', () => {
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.py'))
    expect(scripts.length).toBeGreaterThan(10)
    const { status, stderr } = spawnSync(
      'python3',
      ['-m', 'py_compile', ...scripts.map((name) => join(folder, name))],
      { encoding: 'utf8', env: { ...process.env, PYTHONPYCACHEPREFIX: work } },
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(spawnSync('bash', ['-n', join(folder, 'run.sh')]).status).toBe(0)
  })

  test('labels have the numbers of the label scheme', () => {
    const script = inFolder('from labels import *\nanswer([LABELS, [label_of(tag) for tag in data]])')
    const tags = ['O', 'B-OTH', 'I-OTHpart', 'B-LOCderiv', 'B-XYZ']
    expect(python(script, tags)).toEqual([LABEL_NAMES, tags.map((tag) => labelOf(tag) ?? null)])
  })

  test('spans are scored as the package scores them', () => {
    const random = new Random(7)
    const sequence = () => Array.from({ length: 12 }, () => random.integer(LABEL_COUNT))
    const pairs = Array.from({ length: 300 }, () => {
      const gold = sequence()
      // Most labels are kept, so that some spans agree.
      return [gold, sequence().map((label, at) => (random.integer(4) === 0 ? label : gold[at]!))] as const
    })
    const scorer = new SpanScorer()
    for (const [gold, predicted] of pairs) scorer.add(spansOf(gold), spansOf(predicted))
    const total = scorer.total((['PER', 'ORG', 'LOC'] as const).map((type) => classOf(type, 'name')))
    expect(total.correct).toBeGreaterThan(20)
    const script = inFolder(
      'from labels import *\nscore = SpanScore()\nfor pair in data: score.add(*pair)\nanswer([score.correct, score.predicted, score.gold, score.f1])',
    )
    expect(python(script, pairs)).toEqual([
      total.correct,
      total.predicted,
      total.gold,
      expect.closeTo(total.f1, 9),
    ])
  })

  test('CoNLL is read and written as the package does', () => {
    const text = 'Die\tO\tO\nMoskau-Reise\tB-LOCpart\tO\n\n# note\nAnna\tB-PER\tO\nWeber\tI-PER\tB-OTH\n'
    writeFileSync(join(work, 'a.conll'), text)
    const script = inFolder(
      'from conll import *\nread = read_conll(data)\nanswer([read, format_conll(read)])',
    )
    const [read, written] = python(script, join(work, 'a.conll')) as [[string[], number[]][], string]
    const own = parseConll(text, 'a.conll')
    expect(read).toEqual(own.map(({ words, labels }) => [words, [...labels]]))
    expect(`${written}\n`.trimEnd()).toBe(
      formatConll(own.map(({ words, labels }) => ({ words, labels }))).trimEnd(),
    )
  })

  test('words are those of the twin in JavaScript', () => {
    const texts = [
      'Die SPD-Chefin sagte: „Straße Nr. 12a kostet 3,50 €“ – am 3. Mai.',
      'Öztürk’s x² ½ Ⅻ ١٢ 東京 naïve_wort 👩‍🚀 ...',
      'e\u0301 soft\u00adhyphen A\u00a0B\u202fC',
    ]
    expect(python(inFolder('from words import *\nanswer([words_of(text) for text in data])'), texts)).toEqual(
      texts.map((text) => text.match(WORD)),
    )
  })

  test('a vocabulary is learnt, the same each time, and the packed text can be read back', () => {
    const run = (script: string, ...args: string[]) => {
      const { status, stderr } = spawnSync('python3', ['-B', join(folder, script), ...args], {
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      expect(status).toBe(0)
    }
    const data = join(work, 'data')
    run('toy.py', '--out', data)
    for (const name of ['one.txt', 'two.txt'])
      run('vocabulary.py', '--data', data, '--out', join(work, name), '--size', '200', '--rarest', '1')
    const pieces = readFileSync(join(work, 'one.txt'), 'utf8')
    expect(readFileSync(join(work, 'two.txt'), 'utf8')).toBe(pieces)
    expect(pieces.split('\n').slice(0, 4)).toEqual(['[PAD]', '[UNK]', '[MASK]', '[SEP]'])
    const packed = join(work, 'packed')
    run('pack.py', '--data', data, '--vocabulary', join(work, 'one.txt'), '--out', packed, '--length', '64')
    const bytes = readFileSync(join(packed, 'pack-000.bin'))
    expect(bytes.length % 128).toBe(0)
    const list = pieces.split('\n')
    const read = Array.from({ length: bytes.length / 2 }, (_, at) => list[bytes.readUInt16LE(2 * at)]!)
    expect(read).not.toContain('[UNK]')
    const lines = read.join(' ').replaceAll(' ##', '').split(' [SEP] ').slice(0, -1)
    // Document order: files by name, lines as they stand there.
    const raw = python(
      inFolder(
        'from words import *\nanswer([" ".join(words_of(line)) for path in raw_files(data) for chunk in read_chunks(path) for line in chunk.splitlines()])',
      ),
      data,
    ) as string[]
    expect(lines.length).toBeGreaterThan(2000)
    expect(lines).toEqual(raw.slice(0, lines.length))
  })

  test('raw text that was cut is read up to its last whole line', () => {
    const script = inFolder(`import lzma, random
from words import *
draw = random.Random(1)
lines = [f"Zeile {draw.random()}" for _ in range(40000)]
content = lzma.compress("\\n".join(lines).encode())
open(data, "wb").write(content[: len(content) // 2])
sys.stderr = open(data + ".log", "w")
read = "".join(read_chunks(data))
whole = read.splitlines()
answer([len(whole), read.endswith("\\n"), whole == lines[: len(whole)]])`)
    const [count, ends, same] = python(script, join(work, 'cut.txt.xz')) as [number, boolean, boolean]
    expect(count).toBeGreaterThan(10_000)
    expect([ends, same]).toEqual([true, true])
  })

  test('soft labels are read back as they were written, in shards below their limit', () => {
    const script = inFolder(`import random
from label_file import *
draw = random.Random(3)
def word():
    if draw.random() < .5: return b"\\0", [[0, 255]]
    pairs = [[label, draw.randrange(1, 256)] for label in draw.sample(range(25), draw.randrange(1, 5))]
    content = b"".join(bytes([1 + label + (LAST if at == len(pairs) - 1 else 0), value]) for at, (label, value) in enumerate(pairs))
    return content, pairs
given, writer = [], LabelWriter(data, 300000, 5)
writer.open("news", {"raw": "news.txt.xz"})
for number in range(3, 210000, 300):
    words = [word() for _ in range(200)]
    assert writer.add(number, 200, b"".join(content for content, _ in words))
    given.append([number, [pairs for _, pairs in words]])
writer.close()
paths = sorted(Path(data).glob("news-*.labels.xz"))
read = [[line, [[list(pair) for pair in word] for word in words]] for path in paths for line, words in read_labels(path)[1]]
answer([read_labels(paths[0])[0]["labels"], len(paths), max(path.stat().st_size for path in paths), read == given])`)
    const [labels, shards, largest, same] = python(script, work) as [string[], number, number, boolean]
    expect(labels).toEqual(LABEL_NAMES)
    expect(shards).toBeGreaterThan(1)
    expect(largest).toBeLessThanOrEqual(300_000)
    expect(same).toBe(true)
  })
})
