import { writeFileSync } from 'node:fs'
import { writeContainer } from '../../binary/container.js'
import { isDate } from '../../gazetteer/entry.js'
import { GAZETTEER_KIND } from '../../gazetteer/table.js'
import { ENTITY_TYPES } from '../../labels/scheme.js'
import { compileGazetteer } from '../../training/recipe.js'
import { oneOf, parseArguments, UsageError } from '../arguments.js'
import { openRecognizer } from '../recognizer.js'
import type { Command } from './command.js'
import { dataFolder } from './train.js'

export const gazetteer: Command = {
  summary: 'look names up, or compile the gazetteer',
  help: `Usage: eigennamen gazetteer lookup NAME... [--type T] [--date DATE] [--json] [--gazetteer FILE] [--names FILE]
       eigennamen gazetteer build --out FILE [--data DIR] [--tables DIR] [--corpus DIR]

lookup prints the entries that a name may mean, best first: score, type, canonical name, id, and how it was found.
build compiles the gazetteer from the sources in the data folder, the tables in models/sources and the names of the
corpus in corpus/texts/train.

  --type T         only PER, ORG, LOC or MISC
  --date DATE      names out of use that day rank lower
  --json           candidates as JSON
  --names FILE     names of your own, TSV or JSON Lines; they win over the shipped ones. Bad rows are named and left out,
                   the exit code is 1 then

Examples:
  eigennamen gazetteer lookup Tokayev
  eigennamen gazetteer lookup Nur-Sultan --date 2020-05-01
  eigennamen gazetteer lookup --type ORG Dortmund
  eigennamen gazetteer build --data ../shared --out models/gazetteer.bin
`,
  async run(args) {
    const [action, ...others] = args
    if (action === 'lookup') return lookup(others)
    if (action === 'build') return build(others)
    throw new UsageError(
      `gazetteer takes "lookup" or "build", got ${action === undefined ? 'nothing' : `"${action}"`}`,
    )
  },
}

async function lookup(args: readonly string[]): Promise<number> {
  const { options, rest } = parseArguments(args, {
    type: 'string',
    date: 'string',
    json: 'boolean',
    gazetteer: 'string',
    names: 'string',
  })
  if (rest.length === 0) throw new UsageError('gazetteer lookup needs a name')
  if (options.date !== undefined && !isDate(options.date))
    throw new UsageError(
      `--date must be an ISO date of the calendar such as 2020-05-01, got "${options.date}"`,
    )
  const { engine: recognizer, badNames } = await openRecognizer({
    ...(options.gazetteer === undefined ? {} : { gazetteer: options.gazetteer }),
    ...(options.names === undefined ? {} : { names: options.names }),
  })
  for (const name of rest) {
    const found = recognizer.lookup(name, {
      ...(options.type === undefined ? {} : { type: oneOf('type', options.type, ENTITY_TYPES, 'PER') }),
      ...(options.date === undefined ? {} : { date: options.date }),
    })
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ name, candidates: found })}\n`)
      continue
    }
    process.stdout.write(`${name}${found.length === 0 ? ': nothing close enough' : ''}\n`)
    for (const { score, type, canonical, id, method, alias } of found) {
      process.stdout.write(
        `  ${score.toFixed(2)}  ${type.padEnd(4)}  ${canonical}  ${id ?? '-'}  (${method}: ${alias})\n`,
      )
    }
  }
  return badNames > 0 ? 1 : 0
}

async function build(args: readonly string[]): Promise<number> {
  const { options } = parseArguments(args, {
    data: 'string',
    tables: 'string',
    corpus: 'string',
    out: 'string',
  })
  if (options.out === undefined) throw new UsageError('gazetteer build needs --out FILE')
  const { table, byType, bySource, notes } = compileGazetteer(
    dataFolder(options.data),
    options.tables ?? 'models/sources',
    options.corpus ?? 'corpus/texts/train',
  )
  const header = {
    kind: GAZETTEER_KIND,
    entries: table.entryCount,
    aliases: table.aliasCount,
    byType,
    bySource,
    subtypes: table.subtypes,
    contexts: table.contexts,
    sources: notes,
  }
  const bytes = writeContainer(header, table.toSections())
  writeFileSync(options.out, bytes)
  process.stderr.write(
    `wrote ${options.out}: ${(bytes.length / 1e6).toFixed(2)} MB, ${table.entryCount} entries, ${table.aliasCount} spellings\n`,
  )
  return 0
}
