// `npm run test:teacher`: every script of models/teacher end to end at toy size. Needs a Python with PyTorch: PYTHON, else /usr/bin/python3.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WORD } from './words.mjs'

const python = process.env.PYTHON ?? '/usr/bin/python3'
const folder = fileURLToPath(new URL('../../models/teacher/', import.meta.url))
if (spawnSync(python, ['-c', 'import torch']).status !== 0) {
  console.error(
    `${python} has no PyTorch; install it (Debian: python3-torch) or name another Python in PYTHON. Nothing was tested.`,
  )
  process.exit(1)
}

const place = mkdtempSync(join(tmpdir(), 'teacher-'))
const failures = []
const check = (name, holds, found) => {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${name}: ${found}`)
  if (!holds) failures.push(name)
}
try {
  const log = execFileSync('bash', [join(folder, 'run.sh'), '--toy', place], {
    encoding: 'utf8',
    env: { ...process.env, PYTHON: python },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const work = join(place, 'toy')
  const pieces = [...log.matchAll(/pretrain\.pt: ([\d.]+)M tokens, ([\d.]+) % of the plan/g)].map((m) =>
    m.slice(1).map(Number),
  )
  check(
    'the second piece goes on where the first stopped',
    pieces[1]?.[0] > pieces[0]?.[0],
    JSON.stringify(pieces),
  )
  check('the second piece ends the plan', pieces[1]?.[1] >= 100, `${pieces[1]?.[1]} %`)

  const { best, seeds } = JSON.parse(readFileSync(join(work, 'tuned/scores.json'), 'utf8'))
  const figure = seeds[best]['germeval.dev.conll']
  check('the tagger learns the generated names (F1 above 60)', figure > 60, figure)

  const script = `
import json, sys
sys.path.insert(0, ${JSON.stringify(folder)})
from pathlib import Path
from label_file import read_labels
from words import read_chunks
answer = []
for path in sorted(Path(sys.argv[1], "out").glob("*.labels.xz")):
    header, lines = read_labels(path)
    text = "".join(read_chunks(Path(sys.argv[1], "raw", header["raw"]))).split("\\n")
    answer += [[text[line - 1], words] for line, words in lines]
print(json.dumps([header["labels"], answer]))`
  const [labels, lines] = JSON.parse(
    execFileSync(python, ['-B', '-c', script, work], { encoding: 'utf8', maxBuffer: 1 << 28 }),
  )
  check('lines are labelled', lines.length >= 390 && lines.length <= 400, lines.length)
  const counted = lines.every(([text, words]) => text.match(WORD).length === words.length)
  check('each word of a line has its labels', counted, counted)
  const sums = lines.flatMap(([, words]) =>
    words.map((word) => word.reduce((sum, [, value]) => sum + value, 0)),
  )
  const range = [sums.reduce((a, b) => Math.min(a, b)), sums.reduce((a, b) => Math.max(a, b))]
  check('probabilities of a word sum to 1 or what four of them hold', range[0] > 50 && range[1] <= 257, range)
  let right = 0
  let places = 0
  for (const [text, words] of lines)
    text.match(WORD).forEach((word, at) => {
      if (!['Graz', 'Bremen', 'Mali'].includes(word)) return
      places++
      if (labels[words[at][0][0]].startsWith('B-LOC')) right++
    })
  check('most places are labelled as such', right > 0.6 * places, `${right} of ${places}`)
} finally {
  rmSync(place, { recursive: true })
}
console.log(failures.length === 0 ? 'all checks hold' : `${failures.length} checks failed`)
process.exitCode = failures.length === 0 ? 0 : 1
