import { join } from 'node:path'
import { FEATURE_VERSION } from '../features/version.js'
import { parseAnnotated } from '../formats/annotated.js'
import { annotatedToSentences } from '../formats/annotated-conll.js'
import { type LabelledSentence, parseConll } from '../formats/conll.js'
import { LABEL_NAMES } from '../labels/scheme.js'
import { CrfModel } from '../tagger/crf-model.js'
import type { SourceNote, TaggerModel } from '../tagger/tagger-model.js'
import { buildLexicon, buildPhrases, DEFAULT_LIMITS, type LexiconSources } from './build-lexicon.js'
import { CrfTrainer, type CrfWeights, DEFAULT_TRAINER, type TrainerOptions } from './crf-trainer.js'
import { developmentScore } from './development-scores.js'
import { type EncodedCorpus, encodeCorpus } from './encode.js'
import { type BuiltGazetteer, buildGazetteer, DEFAULT_GAZETTEER_LIMITS } from './gazetteer/build.js'
import { checksum, listFiles, readSource, SourceReader } from './sources.js'
import { WeightMean } from './weight-mean.js'

/** What the shipped model is made of. Everything that decides about its bytes stands here or in the defaults it names. */
export interface TrainRecipe {
  /** Folder with the data of other projects. */
  readonly data: string
  /** Folder with the tables of this repository. */
  readonly tables: string
  /** Folder with training files of the annotated corpus format; absent to train without. */
  readonly corpus?: string
  /** Folder with development files of the annotated corpus format, whose score goes into the header. */
  readonly dev?: string
  readonly name: string
  readonly trainer: TrainerOptions
  /** Trainings with different seeds whose weights are averaged: steadier than one, at no cost in use. */
  readonly runs: number
  /** Features seen less often are dropped. */
  readonly minimumCount: number
  /** Integer units per 1.0 of a weight. */
  readonly scale: number
  /** Weights of a smaller absolute value are left out of the model: they cost space and bring nothing on dev. */
  readonly leastWeight: number
  readonly onProgress?: (message: string) => void
}

export const DEFAULT_RECIPE = {
  name: 'news',
  trainer: DEFAULT_TRAINER,
  runs: 3,
  minimumCount: 4,
  scale: 24,
  leastWeight: 0.06,
} as const

const LICENCE = {
  statistics: 'word statistics (counts, clusters) of Wikipedia, Bundestag, news and GermEval train; no text',
  germeval: 'CC BY 4.0, NoSta-D Named Entity Annotation for German (Benikova, Biemann, Reznicek 2014)',
  names: 'facts sorted by readers',
  gazetteer:
    'classes A and B only: public domain, CC0, MIT, BSD, Unicode, CC BY with attribution; see NOTICE',
  ownCorpus: 'CC BY 4.0, eigennamen corpus',
  ownTable: 'MIT, facts from general knowledge',
} as const

/** Tables of this repository that name entities, in order of precedence. */
const OWN_TABLES = [
  'curated.tsv',
  'places.tsv',
  'leaders.tsv',
  'people-dach.tsv',
  'people.tsv',
  'clubs.tsv',
  'organisations-dach.tsv',
  'organisations-world.tsv',
]

function lexiconSources(reader: SourceReader, tables: string): LexiconSources {
  return {
    clusters: reader.read('embeddings/clusters.tsv', LICENCE.statistics),
    counts: reader.read('embeddings/counts.tsv', LICENCE.statistics),
    names: [reader.read('embeddings/names.tsv', LICENCE.names), readTable(tables, 'names.tsv', reader)],
    firstnames: reader.read('gazetteer/lex/firstnames.tsv', 'CC BY 3.0 DE (Land Berlin), CC0'),
    surnames: reader.read('gazetteer/lex/surnames.tsv', 'CC0'),
    entities: reader.read('gazetteer/entities.tsv', LICENCE.gazetteer),
    knowledge: reader.readAll('gazetteer/knowledge', '.tsv', LICENCE.names),
    checklist: reader.read('gazetteer/checklist.tsv', LICENCE.names),
    ambiguous: reader.read('gazetteer/lex/ambiguous_surfaces.tsv', LICENCE.statistics),
    own: OWN_TABLES.map((name) => readTable(tables, name, reader)),
    derived: readTable(tables, 'derived.tsv', reader),
  }
}

/** Trains a model after the recipe. The same sources give the same model, to the byte. */
export function trainModel(recipe: TrainRecipe): TaggerModel {
  const say = recipe.onProgress ?? (() => {})
  const reader = new SourceReader(recipe.data)
  say('reading the lexicon sources')
  const sources = lexiconSources(reader, recipe.tables)
  const lexicon = buildLexicon(sources, DEFAULT_LIMITS)
  const phrases = buildPhrases(sources, DEFAULT_LIMITS)
  const sentences: LabelledSentence[] = [
    ...parseConll(reader.read('corpora/germeval14.train.conll', LICENCE.germeval), 'germeval14.train.conll'),
  ]
  if (recipe.corpus !== undefined)
    sentences.push(...readCorpus(recipe.corpus, (note) => reader.notes.push(note)))
  say(`encoding ${sentences.length} sentences`)
  const encoded = encodeCorpus(sentences, { lexicon, phrases }, { minimumCount: recipe.minimumCount })
  say(`${encoded.types.length} tokens, ${encoded.featureHashes.length} features`)
  const { features, transitions } = meanOfRuns(encoded, recipe, say)
  const { onEpoch: _onEpoch, ...settings } = recipe.trainer
  const model: TaggerModel = {
    header: {
      name: recipe.name,
      description:
        'German news: people, organisations, places and other names; names, derived words and compounds',
      featureVersion: FEATURE_VERSION,
      labels: LABEL_NAMES,
      scale: recipe.scale,
      sources: reader.notes,
      scores: {},
      training: {
        ...settings,
        runs: recipe.runs,
        minimumCount: recipe.minimumCount,
        leastWeight: recipe.leastWeight,
        sentences: sentences.length,
        tokens: encoded.types.length,
      },
    },
    crf: CrfModel.build(encoded.featureHashes, features, transitions, recipe.scale, recipe.leastWeight),
    lexicon,
    phrases,
  }
  return { ...model, header: { ...model.header, scores: developmentScores(model, recipe) } }
}

/** Scores of the tagger on the development sets, by the name of the set. */
export function developmentScores(
  model: TaggerModel,
  { data, dev }: Pick<TrainRecipe, 'data' | 'dev'>,
): Record<string, number> {
  const germeval = 'corpora/germeval14.dev.conll'
  const scores: Record<string, number> = {
    'GermEval 2014 dev': developmentScore(model, parseConll(readSource(join(data, germeval)), germeval)),
  }
  if (dev !== undefined)
    scores['eigennamen corpus dev'] = developmentScore(
      model,
      readCorpus(dev, () => {}),
    )
  return scores
}

/** Trains several times and averages: each run shuffles and hides other features. */
function meanOfRuns(encoded: EncodedCorpus, recipe: TrainRecipe, say: (message: string) => void): CrfWeights {
  const { trainer, runs } = recipe
  let mean: WeightMean | undefined
  for (let run = 0; run < runs; run++) {
    const weights = new CrfTrainer(encoded, {
      ...trainer,
      seed: trainer.seed + run,
      onEpoch: (epoch, loss) =>
        say(
          `run ${run + 1} of ${runs}, epoch ${epoch} of ${trainer.epochs}: ${loss.toFixed(4)} wrong labels a sentence`,
        ),
    }).train()
    mean ??= new WeightMean(weights)
    mean.add(weights)
  }
  if (mean === undefined) throw new RangeError(`a model needs at least one run, the recipe has ${runs}`)
  return mean.mean()
}

/** Sentences of all annotated files of a folder; `note` receives each file's name, licence and checksum. */
function readCorpus(folder: string, note: (source: SourceNote) => void): LabelledSentence[] {
  const sentences: LabelledSentence[] = []
  for (const { name, content } of readFiles(folder, note))
    for (const text of parseAnnotated(content, name)) sentences.push(...annotatedToSentences(text))
  return sentences
}

/** The annotated files of a folder, each noted. */
function readFiles(
  folder: string,
  note: (source: SourceNote) => void,
): { readonly name: string; readonly content: string }[] {
  return listFiles(folder, '.txt').map((name) => {
    const content = readSource(join(folder, name))
    note({ name: `corpus/${name}`, licence: LICENCE.ownCorpus, checksum: checksum(content) })
    return { name, content }
  })
}

/** A table of this repository. */
function readTable(folder: string, name: string, reader: SourceReader): string {
  const text = readSource(join(folder, name))
  reader.notes.push({ name: `models/sources/${name}`, licence: LICENCE.ownTable, checksum: checksum(text) })
  return text
}

/** Compiles the gazetteer from the data folder, the tables of this repository and the corpus. */
export function compileGazetteer(
  data: string,
  tables: string,
  corpus: string,
): BuiltGazetteer & { notes: SourceReader['notes'] } {
  const reader = new SourceReader(data)
  const built = buildGazetteer(
    {
      entities: reader.read('gazetteer/entities.tsv', LICENCE.gazetteer),
      knowledge: reader.readNamed('gazetteer/knowledge', '.tsv', LICENCE.names),
      checklist: reader.read('gazetteer/checklist.tsv', LICENCE.names),
      territories: reader.read('gazetteer/cldr/territories.de.json', 'Unicode-3.0'),
      counts: reader.read('embeddings/counts.tsv', LICENCE.statistics),
      ambiguous: reader.read('gazetteer/lex/ambiguous_surfaces.tsv', LICENCE.statistics),
      surnames: reader.read('gazetteer/lex/surnames.tsv', 'CC0'),
      own: OWN_TABLES.map((name) => ({ name, content: readTable(tables, name, reader) })),
      derived: readTable(tables, 'derived.tsv', reader),
      contexts: readTable(tables, 'contexts.tsv', reader),
      dropped: readTable(tables, 'dropped-aliases.tsv', reader),
      corpus: readFiles(corpus, (note) => reader.notes.push(note)),
    },
    DEFAULT_GAZETTEER_LIMITS,
  )
  return { ...built, notes: reader.notes }
}
