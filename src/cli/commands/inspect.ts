import { openContainer } from '../../binary/container.js'
import { WINDOW, WordType } from '../../features/word-type.js'
import { LABEL_COUNT, LABEL_NAMES } from '../../labels/scheme.js'
import { readTaggerModel, type TaggerModel } from '../../tagger/tagger-model.js'
import { parseArguments, UsageError } from '../arguments.js'
import { readBytes } from '../io.js'
import type { Command } from './command.js'

export const inspect: Command = {
  summary: 'show what a model or gazetteer file holds',
  help: `Usage: eigennamen inspect FILE [--word WORD] [--transitions]

Prints the header of a model or gazetteer: what it was made from, with licences and checksums, its scores, and the size of
each section.

  --word WORD      what the model thinks of a word alone: the score it adds to each label, at its place and around it
  --transitions    the score of each step from one label to the next

Examples:
  eigennamen inspect models/news.model
  eigennamen inspect models/news.model --word Vassilenko
  eigennamen inspect models/gazetteer.bin
`,
  async run(args) {
    const { options, rest } = parseArguments(args, { word: 'string', transitions: 'boolean' })
    if (rest.length !== 1) throw new UsageError(`inspect takes one file, got ${rest.length}`)
    const path = rest[0]!
    const bytes = readBytes(path)
    const isGazetteer = new TextDecoder().decode(bytes.subarray(24, 400)).includes('"kind":"gazetteer"')
    const container = openContainer(bytes, isGazetteer ? 'gazetteer' : 'tagger', path)
    const { sections, ...header } = container.header
    process.stdout.write(`${JSON.stringify(header, null, 2)}\n\n`)
    for (const { name, type, length } of container.sections) {
      const size = length * (Number(type.slice(1)) / 8)
      process.stdout.write(
        `${name.padEnd(24)} ${type.padEnd(4)} ${String(length).padStart(10)} ${kilobytes(size)}\n`,
      )
    }
    process.stdout.write(`${'total'.padEnd(40)} ${kilobytes(container.byteLength)}\n`)
    if (isGazetteer) return 0
    const model = readTaggerModel(bytes, path)
    if (options.word !== undefined) process.stdout.write(wordTable(model, options.word))
    if (options.transitions) process.stdout.write(transitionTable(model))
    return 0
  },
}

/** Scores that a word type adds at each place of the window, largest first. */
function wordTable(model: TaggerModel, word: string): string {
  const type = new WordType(word, model.lexicon)
  const lines = ['', `"${word}" alone adds, in log-linear units:`]
  for (let offset = -WINDOW; offset <= WINDOW; offset++) {
    const row = new Int32Array(LABEL_COUNT)
    type.features(offset, (feature) => model.crf.add(feature, row, 0))
    const place =
      offset === 0 ? 'the word itself' : offset < 0 ? `${-offset} after it` : `${offset} before it`
    const best = [...row.keys()].sort((a, b) => row[b]! - row[a]! || a - b).slice(0, 4)
    lines.push(
      `  ${place.padEnd(16)} ${best.map((label) => `${LABEL_NAMES[label]} ${signed(row[label]! / model.crf.scale)}`).join('  ')}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function transitionTable(model: TaggerModel): string {
  const lines = ['', 'from        to, in log-linear units']
  for (const [from, name] of LABEL_NAMES.entries()) {
    const cells = LABEL_NAMES.map((to, index) => ({
      to,
      score: model.crf.transitions[from * LABEL_COUNT + index]! / model.crf.scale,
    }))
    const best = cells.filter(({ score }) => score !== 0).sort((a, b) => b.score - a.score)
    lines.push(
      `${name.padEnd(12)}${best
        .slice(0, 6)
        .map(({ to, score }) => `${to} ${signed(score)}`)
        .join('  ')}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1).padStart(10)} KiB`
}
