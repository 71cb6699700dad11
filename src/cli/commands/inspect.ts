import { openContainer } from '../../binary/container.js'
import { WordType } from '../../features/word-type.js'
import { CLASS_NAMES, isAllowed, LABEL_COUNT, LABEL_NAMES } from '../../labels/scheme.js'
import { UNKNOWN_WORD, WordCode } from '../../lexicon/lexicon.js'
import { Tagger } from '../../tagger/tagger.js'
import { readTaggerModel, type TaggerModel } from '../../tagger/tagger-model.js'
import { joinTokens } from '../../text/join-tokens.js'
import { parseArguments, UsageError } from '../arguments.js'
import { readBytes } from '../io.js'
import type { Command } from './command.js'

export const inspect: Command = {
  summary: 'show what a model or gazetteer file holds',
  help: `Usage: eigennamen inspect FILE [--word WORD] [--transitions]

Prints the header of a model or gazetteer: what it was made from, with licences and checksums, its scores, and the size of
each section.

  --word WORD      what lexicon and network know of a word, and how it is read in three short frames
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

/** What the lexicon and the network know of a word, and how the tagger reads it alone and behind a preposition. */
function wordTable(model: TaggerModel, word: string): string {
  const type = new WordType(word, model.lexicon)
  let all = 0
  let known = 0
  type.features((feature) => {
    all++
    if (model.network.features.find(feature) >= 0) known++
  })
  const { codes, cluster1024 } = model.lexicon.findForm(word) ?? UNKNOWN_WORD
  const names = Object.entries(WordCode).filter(([, bit]) => (codes & bit) !== 0)
  const lines = [
    '',
    `"${word}": ${known} of its ${all} features have an embedding; ${type.facts.vector < 0 ? 'no word vector' : `word vector ${type.facts.vector}`}`,
    `  lexicon    ${names.map(([name]) => name).join(', ') || 'nothing'}${cluster1024 === 0 ? '' : `; cluster ${cluster1024} of 1,024`}`,
  ]
  const tagger = new Tagger(model)
  for (const frame of [[word], ['in', word, '.'], ['Frau', word, 'sagte', '.']]) {
    const { text, spans } = joinTokens(frame)
    const at = frame.indexOf(word)
    tagger.tag(text, spans, [0, frame.length], () => {
      const classes = CLASS_NAMES.map((name, cls) => ({ name, p: tagger.probability(at, at + 1, cls) }))
      const best = classes.filter(({ p }) => p >= 0.01).sort((a, b) => b.p - a.p)
      lines.push(
        `  ${text.padEnd(28)} ${best.map(({ name, p }) => `${name} ${p.toFixed(2)}`).join('  ') || 'no name'}`,
      )
    })
  }
  return `${lines.join('\n')}\n`
}

function transitionTable(model: TaggerModel): string {
  const lines = ['', 'from        to, in log-linear units']
  for (const [from, name] of LABEL_NAMES.entries()) {
    const cells = LABEL_NAMES.map((to, index) => ({
      to,
      score: model.network.transitions[from * LABEL_COUNT + index]!,
    }))
    const best = cells
      .filter(({ to }) => isAllowed(from, LABEL_NAMES.indexOf(to)))
      .sort((a, b) => b.score - a.score)
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
