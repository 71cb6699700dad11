import { type ContainerHeader, openContainer, writeContainer } from '../binary/container.js'
import { ModelError } from '../errors.js'
import { FEATURE_VERSION } from '../features/version.js'
import { LABEL_NAMES } from '../labels/scheme.js'
import { Lexicon } from '../lexicon/lexicon.js'
import { PhraseSet } from '../lexicon/phrases.js'
import {
  type NetworkModel,
  type NetworkSizes,
  networkFromContainer,
  networkSections,
} from '../network/network-model.js'
import {
  type QuasiRecurrentModel,
  type QuasiRecurrentSizes,
  quasiRecurrentFromContainer,
  quasiRecurrentSections,
} from '../network/quasi-recurrent-model.js'

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
  /** Sizes of the network. */
  readonly network: NetworkSizes
  /** Sizes of the fast network, where there is one. */
  readonly fast?: QuasiRecurrentSizes
  /** What scores are divided by before they become probabilities; chosen on the development splits. */
  readonly temperature: number
  /** What it was trained from. */
  readonly sources: readonly SourceNote[]
  /** Strict span F1 in percent, by data set. */
  readonly scores: Readonly<Record<string, number>>
  /** Settings of the training: epochs, runs, dropout, seed. */
  readonly training: Readonly<Record<string, number | string>>
}

/** A tagger's model: the network, the lexicon and the phrase list that its features read, in one file. */
export interface TaggerModel {
  readonly header: ModelHeader
  readonly network: NetworkModel
  /** The fast network, on the inputs of the other one; undefined where it was not trained. */
  readonly fast: QuasiRecurrentModel | undefined
  readonly lexicon: Lexicon
  readonly phrases: PhraseSet
  readonly temperature: number
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
    network: networkFromContainer(container, header.network),
    fast: header.fast === undefined ? undefined : quasiRecurrentFromContainer(container, header.fast),
    lexicon: Lexicon.fromContainer(container),
    phrases: PhraseSet.fromContainer(container),
    temperature: header.temperature,
  }
}

/** Bytes of a model file; the same model always gives the same bytes. */
export function writeTaggerModel(model: TaggerModel): Uint8Array {
  return writeContainer({ kind: KIND, ...model.header } as unknown as ContainerHeader, {
    ...networkSections(model.network),
    ...(model.fast === undefined ? {} : quasiRecurrentSections(model.fast)),
    ...model.lexicon.toSections(),
    ...model.phrases.toSections(),
  })
}
