import { existsSync, writeFileSync } from 'node:fs'
import { writeTaggerModel } from '../../tagger/tagger-model.js'
import { DEFAULT_RECIPE, trainModel } from '../../training/recipe.js'
import { numberIn, parseArguments, UsageError } from '../arguments.js'
import { Progress } from '../progress.js'
import type { Command } from './command.js'

export const train: Command = {
  summary: 'train a model from annotated corpora',
  help: `Usage: eigennamen train --out FILE [options]

Trains the tagger after the recipe of the shipped model: lexicon and phrases from the gazetteer sources and word statistics,
weights of the network from GermEval's train split, the own corpus and annotated lines of open text. The same data give the same
bytes. Takes about 2 GB of memory.

  --data DIR       folder with the sources; default $EIGENNAMEN_DATA (layout: models/README.md)
  --tables DIR     tables of this repository; default models/sources
  --corpus DIR     folder of annotated training texts; default corpus/texts/train, "none" to train without
  --standoff DIR   annotations of lines of the raw texts; default corpus/standoff, "none" to train without
  --out FILE       where the model is written
  --dev DIR        annotated texts whose score goes into the header; default corpus/texts/dev
  --epochs N       passes over the data; default ${DEFAULT_RECIPE.network.epochs}
  --seed N         order of the sentences; default ${DEFAULT_RECIPE.network.seed}

Examples:
  eigennamen train --data ../shared --out models/news.model
  eigennamen train --data ../shared --corpus none --standoff none --out germeval-only.model
`,
  async run(args) {
    const { options, rest } = parseArguments(args, {
      data: 'string',
      corpus: 'string',
      out: 'string',
      dev: 'string',
      epochs: 'string',
      tables: 'string',
      standoff: 'string',
      seed: 'string',
    })
    if (rest.length > 0) throw new UsageError(`train takes no plain arguments, got "${rest[0]}"`)
    if (options.out === undefined) throw new UsageError('train needs --out FILE')
    const data = dataFolder(options.data)
    const corpus = options.corpus ?? 'corpus/texts/train'
    const dev = options.dev ?? 'corpus/texts/dev'
    const standoff = options.standoff ?? 'corpus/standoff'
    const { network } = DEFAULT_RECIPE
    const progress = new Progress()
    const began = performance.now()
    const model = trainModel({
      ...DEFAULT_RECIPE,
      network: {
        ...network,
        epochs: numberIn('epochs', options.epochs, 1, 1000) ?? network.epochs,
        seed: numberIn('seed', options.seed, 0, 2 ** 31) ?? network.seed,
      },
      data,
      tables: options.tables ?? 'models/sources',
      ...(corpus === 'none' ? {} : { corpus }),
      ...(standoff === 'none' ? {} : { standoff }),
      ...(existsSync(dev) ? { dev } : {}),
      onProgress: (message) =>
        progress.note(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${message}`),
    })
    const bytes = writeTaggerModel(model)
    writeFileSync(options.out, bytes)
    for (const [name, f1] of Object.entries(model.header.scores)) progress.note(`${name}: ${f1.toFixed(2)}`)
    progress.note(
      `wrote ${options.out}: ${(bytes.length / 1e6).toFixed(1)} MB, ${model.network.features.size} features`,
    )
    return 0
  },
}

/** The data folder, from the option or the environment. */
export function dataFolder(option: string | undefined): string {
  const folder = option ?? process.env.EIGENNAMEN_DATA
  if (folder === undefined) throw new UsageError('name the data folder with --data DIR or EIGENNAMEN_DATA')
  return folder
}
