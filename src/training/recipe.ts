import { join } from 'node:path'
import { FEATURE_VERSION } from '../features/version.js'
import { parseAnnotated } from '../formats/annotated.js'
import { annotatedToSentences } from '../formats/annotated-conll.js'
import { parseConll } from '../formats/conll.js'
import { LABEL_NAMES } from '../labels/scheme.js'
import { NETWORKS } from '../tagger/network-names.js'
import type { SourceNote, TaggerModel } from '../tagger/tagger-model.js'
import { buildLexicon, buildPhrases, DEFAULT_LIMITS, type LexiconSources } from './build-lexicon.js'
import { developmentScore } from './development-scores.js'
import { type BuiltGazetteer, buildGazetteer, DEFAULT_GAZETTEER_LIMITS } from './gazetteer/build.js'
import { buildNetwork } from './network/build-network.js'
import { buildQuasi } from './network/build-quasi.js'
import { type EncodedCorpus, encodeTexts, type LabelledText, type TrainingTexts } from './network/encode.js'
import {
  DEFAULT_NETWORK,
  type NetworkOptions,
  NetworkTrainer,
  type NetworkWeights,
} from './network/network-trainer.js'
import { quantiseVectors } from './network/product-quantiser.js'
import { DEFAULT_QUASI, type QuasiOptions, QuasiTrainer } from './network/quasi-trainer.js'
import { checksum, listFiles, readSource, SourceReader } from './sources.js'
import { readStandoff } from './standoff.js'
import { readWordVectors } from './word-vectors.js'

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
  /** Folder with annotations `NAME.tsv` of lines of the raw texts `raw/NAME.txt.xz`; absent to train without. */
  readonly standoff?: string
  readonly network: NetworkOptions
  /** Of the fast network, which is trained on the inputs that the other one has learned. */
  readonly fast: QuasiOptions
  /** Features of fewer tokens are dropped. */
  readonly minimumCount: number
  /** Bytes of a quantised word vector. */
  readonly vectorBytes: number
  readonly temperature: number
  readonly fastTemperature: number
  /** Called after each epoch with a model of the weights as they are. */
  readonly onModel?: (epoch: number, model: TaggerModel) => void
  readonly onProgress?: (message: string) => void
}

export const DEFAULT_RECIPE = {
  name: 'news',
  network: DEFAULT_NETWORK,
  fast: DEFAULT_QUASI,
  minimumCount: 18,
  vectorBytes: 20,
  temperature: 1.3,
  fastTemperature: 1.25,
} as const

const LICENCE = {
  statistics: 'word statistics (counts, clusters) of Wikipedia, Bundestag, news and GermEval train; no text',
  germeval: 'CC BY 4.0, NoSta-D Named Entity Annotation for German (Benikova, Biemann, Reznicek 2014)',
  names: 'facts sorted by readers',
  gazetteer:
    'classes A and B only: public domain, CC0, MIT, BSD, Unicode, CC BY with attribution; see NOTICE',
  ownCorpus: 'CC BY 4.0, eigennamen corpus',
  standoff: 'CC BY 4.0, annotations of this project on lines of open text; no text',
  raw: 'CC BY-SA (Wikipedia) or public domain (Bundestag); the annotated lines are read, no text is kept',
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

/** Names that only the gazetteer reads. */
const LINKING_TABLE = 'linking.tsv'

export function lexiconSources(reader: SourceReader, tables: string): LexiconSources {
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
  say('quantising the word vectors')
  const vectors = quantiseVectors(
    readWordVectors(
      lexicon,
      reader.read('embeddings/vectors.vocab.txt', LICENCE.statistics),
      reader.readBytes('embeddings/vectors.i8', LICENCE.statistics),
    ),
    VECTOR_SIZE,
    recipe.vectorBytes,
  )
  const corpora = trainingTexts(recipe, reader)
  const texts = corpora.reduce((sum, { texts }) => sum + texts.length, 0)
  const encoded = encodeTexts(corpora, { lexicon, phrases, vectors }, recipe.minimumCount)
  say(
    `${texts} texts, ${encoded.sequences.length - 1} sequences, ${encoded.types.length} tokens, ${encoded.featureCount} features`,
  )
  const { onEpoch: _onEpoch, onWeights: _onWeights, ...settings } = recipe.network
  const said = (name: string, epochs: number) => (epoch: number, loss: number) =>
    say(`${name}, epoch ${epoch} of ${epochs}: ${(100 * loss).toFixed(2)} % of the labels expected wrong`)
  const modelOf = (weights: NetworkWeights): TaggerModel => {
    const network = buildNetwork(weights, encoded.featureHashes, vectors, recipe.vectorBytes, recipe.network)
    return {
      header: {
        name: recipe.name,
        description:
          'German news: people, organisations, places and other names; names, derived words and compounds',
        featureVersion: FEATURE_VERSION,
        labels: LABEL_NAMES,
        network: network.sizes,
        temperature: recipe.temperature,
        sources: reader.notes,
        scores: {},
        training: {
          ...settings,
          minimumCount: recipe.minimumCount,
          texts,
          tokens: encoded.types.length,
        },
      },
      network,
      fast: undefined,
      lexicon,
      phrases,
      temperature: recipe.temperature,
    }
  }
  const trainer = new NetworkTrainer(encoded, {
    ...recipe.network,
    onEpoch: said('accurate', settings.epochs),
    onWeights: (epoch, weights) => recipe.onModel?.(epoch, modelOf(weights())),
  })
  const model = withFast(modelOf(trainer.train()), encoded, recipe, said('fast', recipe.fast.epochs))
  return { ...model, header: { ...model.header, scores: developmentScores(model, recipe) } }
}

/** The model with a fast network on the inputs of the accurate one. */
function withFast(
  model: TaggerModel,
  encoded: EncodedCorpus,
  { fast: options, fastTemperature }: TrainRecipe,
  onEpoch: NonNullable<QuasiOptions['onEpoch']>,
): TaggerModel {
  const { onEpoch: _onEpoch, onWeights: _onWeights, ...settings } = options
  const trainer = new QuasiTrainer(encoded, model.network, { ...settings, onEpoch })
  const fast = buildQuasi(trainer.train(), options, fastTemperature)
  const training = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`fast.${name}`, value]),
  )
  const header = { ...model.header, fast: fast.sizes, training: { ...model.header.training, ...training } }
  return { ...model, fast, header }
}

/** GermEval's sentences twice: the own corpus, as large as they are, marks some names otherwise. Chosen on the development splits. */
const GERMEVAL_SETTLING = 2
/** Dimensions of the vectors in `embeddings/vectors.i8`. */
const VECTOR_SIZE = 100

/** GermEval's sentences, the annotated lines of raw text, and the own corpus, whose sentences keep their neighbours. */
export function trainingTexts(recipe: TrainRecipe, reader: SourceReader): TrainingTexts[] {
  const germeval = 'corpora/germeval14.train.conll'
  const sentences = parseConll(reader.read(germeval, LICENCE.germeval), germeval)
  const corpora: TrainingTexts[] = [{ texts: sentences.map((s) => [s]), settling: GERMEVAL_SETTLING }]
  if (recipe.standoff !== undefined) {
    for (const file of listFiles(recipe.standoff, '.tsv')) {
      const annotations = readSource(join(recipe.standoff, file))
      reader.notes.push({
        name: `corpus/standoff/${file}`,
        licence: LICENCE.standoff,
        checksum: checksum(annotations),
      })
      const raw = reader.readXz(`raw/${file.replace('.tsv', '.txt.xz')}`, LICENCE.raw)
      corpora.push({ texts: readStandoff(annotations, raw, file).map((s) => [s]), settling: 0 })
    }
  }
  if (recipe.corpus !== undefined)
    corpora.push({ texts: readCorpus(recipe.corpus, (note) => reader.notes.push(note)), settling: 1 })
  return corpora
}

/** Scores of the tagger on the development sets, by the name of the set. */
export function developmentScores(
  model: TaggerModel,
  { data, dev }: Pick<TrainRecipe, 'data' | 'dev'>,
): Record<string, number> {
  const germeval = 'corpora/germeval14.dev.conll'
  const sentences = parseConll(readSource(join(data, germeval)), germeval).map((sentence) => [sentence])
  const own = dev === undefined ? [] : readCorpus(dev, () => {})
  const scores: Record<string, number> = {}
  for (const network of model.fast === undefined ? NETWORKS.slice(0, 1) : NETWORKS) {
    scores[`GermEval 2014 dev, ${network}`] = developmentScore(model, sentences, { network })
    if (dev !== undefined)
      scores[`eigennamen corpus dev, ${network}`] = developmentScore(model, own, { network })
  }
  return scores
}

/** Texts of all annotated files of a folder; `note` receives each file's name, licence and checksum. */
function readCorpus(folder: string, note: (source: SourceNote) => void): LabelledText[] {
  return readFiles(folder, note).flatMap(({ name, content }) =>
    parseAnnotated(content, name).map(annotatedToSentences),
  )
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
      own: [...OWN_TABLES, LINKING_TABLE].map((name) => ({ name, content: readTable(tables, name, reader) })),
      derived: readTable(tables, 'derived.tsv', reader),
      qids: readTable(tables, 'qids.tsv', reader),
      contexts: readTable(tables, 'contexts.tsv', reader),
      dropped: readTable(tables, 'dropped-aliases.tsv', reader),
      corpus: readFiles(corpus, (note) => reader.notes.push(note)),
    },
    DEFAULT_GAZETTEER_LIMITS,
  )
  return { ...built, notes: reader.notes }
}
