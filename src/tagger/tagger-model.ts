import { type ContainerHeader, openContainer, writeContainer } from '../binary/container.js'
import { ModelError } from '../errors.js'
import { FEATURE_VERSION } from '../features/version.js'
import { LABEL_NAMES } from '../labels/scheme.js'
import { Lexicon } from '../lexicon/lexicon.js'
import { PhraseSet } from '../lexicon/phrases.js'
import { CrfModel } from './crf-model.js'

const KIND = 'tagger'

/** A source of a model, as the header names it. */
export interface SourceNote {
  /** File or data set. */
  readonly name: string
  /** Its licence, or that it holds facts. */
  readonly licence: string
  /** FNV/Murmur hash of the file's text, 8 hexadecimal digits. */
  readonly checksum: string
}

/** What a model file says of itself. */
export interface ModelHeader {
  readonly name: string
  readonly description: string
  /** Of the features it was trained for; another version is refused. */
  readonly featureVersion: number
  /** The 25 labels in their order: O, then B- and I- of each class. */
  readonly labels: readonly string[]
  /** One unit of the integer weights is 1 / scale. */
  readonly scale: number
  /** What it was trained from. */
  readonly sources: readonly SourceNote[]
  /** Strict span F1 in percent, by data set. */
  readonly scores: Readonly<Record<string, number>>
  /** Settings of the training: epochs, runs, dropout, seed. */
  readonly training: Readonly<Record<string, number | string>>
}

/** A tagger's model: weights, the lexicon and the phrase list that its features read, in one file. */
export interface TaggerModel {
  readonly header: ModelHeader
  readonly crf: CrfModel
  readonly lexicon: Lexicon
  readonly phrases: PhraseSet
}

/** Opens model bytes; `source` names them in errors. */
export function readTaggerModel(bytes: ArrayBufferLike | ArrayBufferView, source: string): TaggerModel {
  const container = openContainer(bytes, KIND, source)
  const header = container.header as unknown as ModelHeader
  if (header.featureVersion !== FEATURE_VERSION) {
    throw new ModelError(
      'MODEL_VERSION',
      `${source} was trained for feature version ${header.featureVersion}, this library computes version ${FEATURE_VERSION}. ` +
        'Use the model that came with this version of eigennamen, or train it again.',
    )
  }
  if (header.labels.join() !== LABEL_NAMES.join()) {
    throw new ModelError(
      'MODEL_VERSION',
      `${source} has the labels ${header.labels.join(', ')}; expected ${LABEL_NAMES.join(', ')}.`,
    )
  }
  return {
    header,
    crf: CrfModel.fromContainer(container),
    lexicon: Lexicon.fromContainer(container),
    phrases: PhraseSet.fromContainer(container),
  }
}

/** Bytes of a model file; the same model always gives the same bytes. */
export function writeTaggerModel(model: TaggerModel): Uint8Array {
  return writeContainer({ kind: KIND, ...model.header } as unknown as ContainerHeader, {
    ...model.crf.toSections(),
    ...model.lexicon.toSections(),
    ...model.phrases.toSections(),
  })
}
