import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CorpusError } from '../../errors.js'
import {
  type CorpusFile,
  type CorpusStatistics,
  corpusEntities,
  corpusProblems,
  corpusStatistics,
  DISTINCT_TOKENS,
  distinctOfConll,
  entityTableProblems,
  SPLITS,
} from '../../evaluation/corpus-check.js'
import { type AnnotatedText, parseAnnotated } from '../../formats/annotated.js'
import { annotatedToSentences } from '../../formats/annotated-conll.js'
import { annotatedToBrat, annotatedToSpacy } from '../../formats/annotated-export.js'
import { formatConll } from '../../formats/conll.js'
import { QidIndex } from '../../training/qid-index.js'
import { oneOf, parseArguments, UsageError } from '../arguments.js'
import { readText } from '../io.js'
import type { Command } from './command.js'
import { dataFolder } from './train.js'

export const corpus: Command = {
  summary: 'check and export the annotated corpus format',
  help: `Usage: eigennamen corpus check FOLDER [--compare FILE]
       eigennamen corpus ids FOLDER --data DIR --out FILE
       eigennamen corpus export FILE... --format conll|spacy|brat

check proves a corpus (FOLDER with train, dev and test): markup, offsets, types, kinds, canonical names, no double texts, no
invented person in two splits. Prints statistics. Ends with 1 when something is wrong.
ids writes the table of the corpus's entities (type, canonical name, QID where exactly one entity of the data folder's table has
the name or one is far more prominent than the others, "invented" where the corpus says so).
export writes texts in another format to standard output.

  --compare FILE   a CoNLL file whose vocabulary is set beside the corpus's (distinct-n)
  --format F       conll (outer and inner tags), spacy (JSON), brat (.txt and .ann behind each other)

Examples:
  eigennamen corpus check corpus/texts
  eigennamen corpus export corpus/texts/train/*.txt --format conll > train.conll
`,
  async run(args) {
    const [action, ...others] = args
    if (action === 'check') return check(others)
    if (action === 'ids') return writeIds(others)
    if (action === 'export') return exportTexts(others)
    throw new UsageError(
      `corpus takes "check", "ids" or "export", got ${action === undefined ? 'nothing' : `"${action}"`}`,
    )
  },
}

function check(args: readonly string[]): number {
  const { options, rest } = parseArguments(args, { compare: 'string' })
  if (rest.length !== 1) throw new UsageError(`corpus check takes one folder, got ${rest.length}`)
  const problems: string[] = []
  const files = readCorpus(rest[0]!, problems)
  problems.push(...corpusProblems(files))
  const table = join(rest[0]!, '../entities.tsv')
  if (existsSync(table))
    problems.push(
      ...entityTableProblems(
        readText(table),
        table,
        files.flatMap((file) => file.texts),
      ),
    )
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  for (const split of SPLITS) {
    const texts = files.filter((file) => file.split === split).flatMap((file) => file.texts)
    process.stdout.write(`${split.padEnd(6)} ${summary(corpusStatistics(texts))}\n`)
  }
  const all = corpusStatistics(files.flatMap((file) => file.texts))
  process.stdout.write(`all    ${summary(all)}\n\n${details(all)}`)
  if (options.compare !== undefined) {
    const other = distinctOfConll(readText(options.compare), options.compare)
    process.stdout.write(`distinct-1/2/3 of ${options.compare}: ${other.map(percent).join(' ')}\n`)
  }
  process.stdout.write(
    `\n${problems.length === 0 ? 'no problems' : `${problems.length} problems, see above`}\n`,
  )
  return problems.length === 0 ? 0 : 1
}

/** Reads the splits; files that cannot be parsed are reported and left out. */
function readCorpus(folder: string, problems: string[]): CorpusFile[] {
  const files: CorpusFile[] = []
  for (const split of SPLITS) {
    const place = join(folder, split)
    if (!existsSync(place))
      throw new UsageError(`${folder} has no folder "${split}"; expected ${SPLITS.join(', ')}`)
    for (const name of readdirSync(place).sort()) {
      if (!name.endsWith('.txt')) continue
      const path = join(place, name)
      try {
        const content = readText(path)
        if (!/^# .*invented/m.test(content))
          problems.push(`${path}:1: the header does not say that the news is invented`)
        files.push({ path, split, texts: parseAnnotated(content, path) })
      } catch (error) {
        if (!(error instanceof CorpusError)) throw error
        problems.push(error.message)
      }
    }
  }
  return files
}

function summary(figures: CorpusStatistics): string {
  const { texts, tokens, mentions } = figures
  return `${texts} texts, ${tokens} tokens, ${mentions} mentions (${((100 * mentions) / Math.max(1, tokens)).toFixed(1)} per 100 tokens)`
}

function details(figures: CorpusStatistics): string {
  const tags = [...figures.byTag].sort((a, b) => b[1] - a[1]).map(([tag, count]) => `${tag} ${count}`)
  return `${tags.join(', ')}
ORG among names: ${percent(figures.organisationShare)}
entities: ${figures.entities}, of them invented ${figures.inventedEntities}
sentences that occur twice: ${percent(figures.repeatedSentences)}; texts that share their first three words: ${percent(figures.repeatedOpenings)}
distinct-1/2/3 over ${DISTINCT_TOKENS} tokens: ${figures.distinct.map(percent).join(' ')}
`
}

function percent(value: number): string {
  return `${value.toFixed(1)} %`
}

function writeIds(args: readonly string[]): number {
  const { options, rest } = parseArguments(args, { data: 'string', out: 'string' })
  if (rest.length !== 1 || options.out === undefined)
    throw new UsageError('corpus ids takes one folder and --out FILE')
  const problems: string[] = []
  const texts = readCorpus(rest[0]!, problems).flatMap((file) => file.texts)
  if (problems.length > 0)
    throw new UsageError(`the corpus has ${problems.length} problems, the first: ${problems[0]}`)
  const qids = new QidIndex(readText(join(dataFolder(options.data), 'gazetteer/entities.tsv')))
  const rows = corpusEntities(texts).map(({ type, canonical, invented, mentions }) => {
    const id = invented ? 0 : qids.certainIdOf(canonical, type)
    return [type, canonical, id === 0 ? '' : `Q${id}`, invented ? 'invented' : '', mentions].join('\t')
  })
  const header =
    '# Entities of the corpus: type, canonical name, Wikidata QID where it is certain, "invented", mentions.'
  writeFileSync(options.out, `${header}\n${rows.join('\n')}\n`)
  const known = rows.filter((row) => /\tQ\d+\t/.test(row)).length
  process.stderr.write(`wrote ${options.out}: ${rows.length} entities, ${known} with a QID\n`)
  return 0
}

function exportTexts(args: readonly string[]): number {
  const { options, rest } = parseArguments(args, { format: 'string' })
  if (rest.length === 0) throw new UsageError('corpus export needs a file')
  const format = oneOf('format', options.format, ['conll', 'spacy', 'brat'], 'conll')
  const texts = rest.flatMap((path) => parseAnnotated(readText(path), path))
  process.stdout.write(exported(texts, format))
  return 0
}

function exported(texts: readonly AnnotatedText[], format: 'conll' | 'spacy' | 'brat'): string {
  switch (format) {
    case 'conll':
      return formatConll(texts.flatMap(annotatedToSentences))
    case 'spacy':
      return `${JSON.stringify(texts.map(annotatedToSpacy), null, 1)}\n`
    case 'brat':
      return texts
        .map((text) => `# ${text.id}.txt\n${text.text}\n# ${text.id}.ann\n${annotatedToBrat(text)}`)
        .join('')
  }
}
