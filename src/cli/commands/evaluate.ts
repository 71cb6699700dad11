import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  classesOf,
  type Evaluation,
  HEADLINE_TYPES,
  evaluate as runEvaluation,
} from '../../evaluation/evaluate.js'
import { type GoldText, goldOfSentence, goldOfText } from '../../evaluation/gold.js'
import { evaluateLinks, type LinkEvaluation, type LinkScore, totalOf } from '../../evaluation/links.js'
import { type SeenNames, SeenNamesScorer } from '../../evaluation/seen-names.js'
import { segmentationAgreement } from '../../evaluation/segmentation.js'
import type { Score } from '../../evaluation/span-score.js'
import { parseAnnotated } from '../../formats/annotated.js'
import { parseConll } from '../../formats/conll.js'
import { ENTITY_TYPES } from '../../labels/scheme.js'
import { listOf, parseArguments, UsageError } from '../arguments.js'
import { nameOf, readText } from '../io.js'
import { Progress } from '../progress.js'
import { openRecognizer, RECOGNIZER_HELP, RECOGNIZER_OPTIONS, type RecognizerOptions } from '../recognizer.js'
import type { Command } from './command.js'

export const evaluate: Command = {
  summary: 'score a model against annotated texts',
  help: `Usage: eigennamen evaluate GOLD [options]

GOLD is a CoNLL file (token TAB tag [TAB inner tag], IOB2), a file of the annotated corpus format, or a folder of such
files. Prints strict span precision, recall and F1: both ends and the type must be right. The headline is PER+ORG+LOC
names; derived words and compounds are scored beside it.

  --types T,...    types of the headline figure; default PER,ORG,LOC
  --raw            CoNLL: join the tokens to text and use the own tokeniser
  --segmentation   CoNLL: agreement of the own tokeniser and sentence splitter with the gold's instead, on texts of ten
                   sentences joined; no model needed
  --links          annotated corpus format: share of the mentions found that were given the right canonical name
  --seen TRAIN     also the recall of names that occur in TRAIN (a file or folder like GOLD) and of those that do not
  --json           figures in percent as JSON
  --errors FILE    every error as a line of TSV: cause, classes, surfaces, context
${RECOGNIZER_HELP}

Examples:
  eigennamen evaluate germeval14.test.conll
  eigennamen evaluate corpus/texts/dev --errors errors.tsv
  eigennamen evaluate germeval14.dev.conll --model my.model --json | jq .overall.f1
`,
  async run(args) {
    const { options, rest } = parseArguments(args, {
      types: 'string',
      raw: 'boolean',
      segmentation: 'boolean',
      links: 'boolean',
      json: 'boolean',
      errors: 'string',
      seen: 'string',
      ...RECOGNIZER_OPTIONS,
    })
    if (rest.length !== 1) throw new UsageError(`evaluate takes one gold file or folder, got ${rest.length}`)
    if (options.segmentation) return reportSegmentation(rest[0]!)
    if (options.links) return reportLinks(rest[0]!, options)
    const types = listOf('types', options.types, ENTITY_TYPES) ?? HEADLINE_TYPES
    const gold = readGold(rest[0]!, options.raw ?? false)
    const { engine: recognizer, badNames } = await openRecognizer(options)
    const progress = new Progress()
    const seen =
      options.seen === undefined
        ? undefined
        : new SeenNamesScorer(readGold(options.seen, options.raw ?? false), classesOf(types, 'name'))
    const result = runEvaluation(
      gold,
      recognizer,
      (done) => progress.show(`${done} of ${gold.length} texts`),
      seen,
    )
    progress.clear()
    if (options.errors !== undefined) writeFileSync(options.errors, errorTable(result))
    process.stdout.write(
      options.json
        ? `${JSON.stringify(toJson(result, types, seen?.result()), null, 2)}\n`
        : toTable(result, types, seen?.result()),
    )
    return badNames > 0 ? 1 : 0
  },
}

const MOST_DIFFERENCES = 20

function reportSegmentation(path: string): number {
  const gold = parseConll(readText(path), path)
  if (gold.length === 0) throw noSentences(path)
  const { tokens, sentences, differences } = segmentationAgreement(gold)
  const line = (name: string, score: Score): string =>
    `${name.padEnd(10)} F1 ${score.f1.toFixed(2)}  precision ${score.precision.toFixed(2)}  recall ${score.recall.toFixed(2)}  of ${score.gold}\n`
  process.stdout.write(line('tokens', tokens) + line('sentences', sentences))
  process.stdout.write('\nmost frequent differences (times, gold, found):\n')
  for (const { gold, found, count } of differences.slice(0, MOST_DIFFERENCES)) {
    process.stdout.write(`${String(count).padStart(5)}  ${gold}  ${found}\n`)
  }
  return 0
}

async function reportLinks(
  path: string,
  options: RecognizerOptions & { json?: boolean; errors?: string },
): Promise<number> {
  const texts = filesUnder(path, /\.txt$/).flatMap((file) => parseAnnotated(readText(file), file))
  if (texts.length === 0)
    throw new UsageError(`--links needs texts of the annotated corpus format, ${path} holds none`)
  const { engine: recognizer, badNames } = await openRecognizer(options)
  const progress = new Progress()
  const result = evaluateLinks(texts, recognizer, (done) => progress.show(`${done} of ${texts.length} texts`))
  progress.clear()
  if (options.errors !== undefined) {
    const lines = result.errors.map(({ type, kind, text, expected, answered, method, id }) =>
      [type, kind, text, expected, answered, method, id].join('\t'),
    )
    writeFileSync(
      options.errors,
      `${['type\tkind\tmention\texpected\tanswered\tmethod\twhere', ...lines].join('\n')}\n`,
    )
  }
  process.stdout.write(
    options.json ? `${JSON.stringify(linksToJson(result), null, 2)}\n` : linksToTable(result),
  )
  return badNames > 0 ? 1 : 0
}

/** The path itself, or of a folder all in it that is named so, in order. */
function filesUnder(path: string, named: RegExp): string[] {
  if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .filter((name) => named.test(name))
    .flatMap((name) => filesUnder(join(path, name), named))
}

function linkFigures(score: LinkScore): LinkScore & { accuracy: number; foundAndTied: number } {
  const { gold, found, right } = score
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : round((100 * part) / whole))
  return { gold, found, right, accuracy: share(right, found), foundAndTied: share(right, gold) }
}

function linksToJson({ byKind, byType, byMethod }: LinkEvaluation): object {
  const figuresOf = (scores: Readonly<Record<string, LinkScore>>): object =>
    Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, linkFigures(score)]))
  return {
    metric: 'canonical names that are right, in percent of the outer PER+ORG+LOC mentions found, and of all',
    overall: linkFigures(totalOf(Object.values(byKind))),
    kinds: figuresOf(byKind),
    types: figuresOf(byType),
    methods: figuresOf(byMethod),
  }
}

function linksToTable({ byKind, byType, byMethod }: LinkEvaluation): string {
  const lines = ['                     gold   found   right  accuracy  found and tied']
  const row = (name: string, score: LinkScore): void => {
    const { gold, found, right, accuracy, foundAndTied } = linkFigures(score)
    const counts = [gold, found, right].map((count) => String(count).padStart(8)).join('')
    lines.push(
      `${name.padEnd(17)}${counts}${accuracy.toFixed(2).padStart(10)}${foundAndTied.toFixed(2).padStart(16)}`,
    )
  }
  row('all', totalOf(Object.values(byKind)))
  for (const [name, score] of Object.entries(byType)) row(`  ${name}`, score)
  for (const [name, score] of Object.entries(byKind)) row(`  ${name}`, score)
  lines.push('', 'by method (of the mentions found; - is the longest form of the document):')
  for (const name of Object.keys(byMethod).sort()) row(`  ${name}`, byMethod[name]!)
  return `${lines.join('\n')}\n`
}

/**
 * Reads gold data by what the path is: a folder, a CoNLL file, or annotated text.
 * @throws UsageError where there is no sentence: figures over nothing would look like bad ones
 */
export function readGold(path: string, raw: boolean): GoldText[] {
  const gold = filesUnder(path, /\.(txt|conll)$/).flatMap((file) => readGoldFile(file, raw))
  if (gold.length === 0) throw noSentences(path)
  return gold
}

function noSentences(path: string): UsageError {
  return new UsageError(
    `${nameOf(path)} holds no sentences; expected a CoNLL file (token TAB tag), annotated texts, or a folder with such .conll or .txt files. Check the path`,
  )
}

function readGoldFile(path: string, raw: boolean): GoldText[] {
  const content = readText(path)
  if (/^(===|#)/.test(content) && /^=== /m.test(content)) return parseAnnotated(content, path).map(goldOfText)
  return parseConll(content, path).map((sentence) => goldOfSentence(sentence, raw))
}

function figures(score: Score): {
  precision: number
  recall: number
  f1: number
  gold: number
  predicted: number
  correct: number
} {
  const { precision, recall, f1, gold, predicted, correct } = score
  return { precision: round(precision), recall: round(recall), f1: round(f1), gold, predicted, correct }
}

function toJson(result: Evaluation, types: readonly string[], seen: SeenNames | undefined): object {
  const { scorer } = result
  const byType = (kind: 'name' | 'derived' | 'compound'): object =>
    Object.fromEntries(ENTITY_TYPES.map((type) => [type, figures(scorer.total(classesOf([type], kind)))]))
  return {
    metric: `strict span F1 over ${types.join('+')} names`,
    overall: figures(scorer.total(classesOf(types, 'name'))),
    types: byType('name'),
    derived: { ...figures(scorer.total(classesOf(ENTITY_TYPES, 'derived'))), types: byType('derived') },
    compound: { ...figures(scorer.total(classesOf(ENTITY_TYPES, 'compound'))), types: byType('compound') },
    germevalM1: figures(result.official),
    calibrationError: round(result.calibrationError),
    ...(seen === undefined ? {} : { seen: seen.seen, unseen: seen.unseen }),
    sentences: result.sentences,
    tokens: result.tokens,
    tokensPerSecond: Math.round(result.tokens / result.seconds),
  }
}

function toTable(result: Evaluation, types: readonly string[], seen: SeenNames | undefined): string {
  const { scorer } = result
  const lines = ['                  precision  recall      F1    gold   found'.padEnd(60)]
  const row = (name: string, score: Score): void => {
    const cells = [score.precision, score.recall, score.f1].map((value) => value.toFixed(2).padStart(8))
    lines.push(
      `${name.padEnd(18)}${cells.join('')}${String(score.gold).padStart(8)}${String(score.predicted).padStart(8)}`,
    )
  }
  row(types.join('+'), scorer.total(classesOf(types, 'name')))
  for (const type of ENTITY_TYPES) row(`  ${type}`, scorer.total(classesOf([type], 'name')))
  row('derived', scorer.total(classesOf(ENTITY_TYPES, 'derived')))
  row('compound', scorer.total(classesOf(ENTITY_TYPES, 'compound')))
  row('GermEval M1', result.official)
  const rate = Math.round(result.tokens / result.seconds).toLocaleString('en')
  if (seen !== undefined) {
    const part = (name: string, { gold, recall }: SeenNames['seen']): string =>
      `${recall.toFixed(2)} % of the ${gold} names that ${name} the training data`
    lines.push('', `found ${part('occur in', seen.seen)}, ${part('do not occur in', seen.unseen)}`)
  }
  lines.push(
    '',
    `expected calibration error of the scores of names: ${result.calibrationError.toFixed(1)} points`,
    `${result.sentences} texts or sentences, ${result.tokens} tokens, ${rate} tokens/s with linking`,
  )
  return `${lines.join('\n')}\n`
}

function errorTable(result: Evaluation): string {
  const lines = ['cause\tgold class\tgold\tpredicted class\tpredicted\twhere\tcontext']
  for (const error of result.errors) {
    lines.push(
      [
        error.cause,
        error.goldClass,
        error.gold,
        error.predictedClass,
        error.predicted,
        error.id,
        error.context,
      ].join('\t'),
    )
  }
  return `${lines.join('\n')}\n`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
