import { describe, expect, it } from 'vitest'
import { HashIndex } from '../../src/binary/hash-index.js'
import { FEATURE_VERSION } from '../../src/features/version.js'
import { parseConll } from '../../src/formats/conll.js'
import { CLASS_NAMES, LABEL_NAMES, spansOf } from '../../src/labels/scheme.js'
import { Lexicon } from '../../src/lexicon/lexicon.js'
import { PhraseSet } from '../../src/lexicon/phrases.js'
import { WordCodes } from '../../src/lexicon/word-codes.js'
import { Tagger } from '../../src/tagger/tagger.js'
import { readTaggerModel, type TaggerModel, writeTaggerModel } from '../../src/tagger/tagger-model.js'
import { tokenize } from '../../src/text/tokenizer.js'
import { buildNetwork } from '../../src/training/network/build-network.js'
import { encodeTexts } from '../../src/training/network/encode.js'
import { DEFAULT_NETWORK, NetworkTrainer } from '../../src/training/network/network-trainer.js'
import { quantiseVectors } from '../../src/training/network/product-quantiser.js'

const EMPTY = HashIndex.build(new Uint32Array())
const NO_LEXICON = new Lexicon({
  codeIndex: EMPTY,
  codes: WordCodes.pack([]),
  clusterIndex: EMPTY,
  cluster64: new Uint8Array(),
  cluster256: new Uint8Array(),
  cluster1024: new Uint16Array(),
  cluster4096: new Uint16Array(),
})
const NO_PHRASES = new PhraseSet({ index: EMPTY, flags: new Uint8Array() })

const GOLD = parseConll(
  'Ida\tB-PER\nHorn\tI-PER\nwohnt\tO\nin\tO\nKiel\tB-LOC\n.\tO\n\nIn\tO\nBonn\tB-LOC\nwohnt\tO\nIda\tB-PER\n.\tO\n\nDie\tO\nKieler\tB-LOCderiv\nSPD\tB-ORG\ntagt\tO\n.\tO\n\n',
  'tiny',
)

/** A lexicon without words still needs the form of a vector. */
const NO_VECTORS = quantiseVectors(new Float32Array(4), 4, 2)

function train(seed = 1): TaggerModel {
  const resources = { lexicon: NO_LEXICON, phrases: NO_PHRASES, vectors: NO_VECTORS }
  const encoded = encodeTexts([{ texts: GOLD.map((sentence) => [sentence]), settling: 1 }], resources, 1)
  const options = {
    ...DEFAULT_NETWORK,
    embedding: 32,
    projection: 8,
    hidden: 8,
    epochs: 40,
    batchTokens: 12,
    rate: 0.02,
    embeddingRate: 0.02,
    featureDropout: 0.1,
    inputDropout: 0.1,
    hiddenDropout: 0.1,
    seed,
  }
  const weights = new NetworkTrainer(encoded, options).train()
  const network = buildNetwork(weights, encoded.featureHashes, NO_VECTORS, 2, options)
  return {
    header: {
      name: 'tiny',
      description: '',
      featureVersion: FEATURE_VERSION,
      labels: LABEL_NAMES,
      network: network.sizes,
      temperature: 1,
      sources: [],
      scores: {},
      training: {},
    },
    network,
    fast: undefined,
    lexicon: NO_LEXICON,
    phrases: NO_PHRASES,
    temperature: 1,
  }
}

function tag(model: TaggerModel, text: string): string[] {
  const tokens = tokenize(text)
  const found: string[] = []
  new Tagger(model).tag(text, tokens, [0, tokens.length], ({ from, to, labels }) => {
    for (const { start, end, cls } of spansOf(labels, 0, to - from))
      found.push(
        `${CLASS_NAMES[cls]}:${text.slice(tokens.starts[from + start], tokens.ends[from + end - 1])}`,
      )
  })
  return found
}

describe('training', () => {
  it('learns what it was shown', () => {
    const model = train()
    expect(tag(model, 'Ida Horn wohnt in Kiel .')).toEqual(['PER:Ida Horn', 'LOC:Kiel'])
    expect(tag(model, 'Die Kieler SPD tagt .')).toEqual(['LOCderiv:Kieler', 'ORG:SPD'])
  })

  it('gives the same bytes for the same data, other bytes for another seed', () => {
    const bytes = writeTaggerModel(train())
    expect(writeTaggerModel(train())).toEqual(bytes)
    expect(writeTaggerModel(train(2))).not.toEqual(bytes)
  })

  it('gives the same answer from the file as from memory', () => {
    const model = train()
    const read = readTaggerModel(writeTaggerModel(model), 'tiny')
    for (const text of ['Ida Horn wohnt in Kiel .', 'In Bonn wohnt Ida .', 'Unbekannte Worte'])
      expect(tag(read, text)).toEqual(tag(model, text))
  })

  it('refuses a model of other features or labels', () => {
    const model = train()
    const other = writeTaggerModel({ ...model, header: { ...model.header, featureVersion: 99 } })
    expect(() => readTaggerModel(other, 'old.model')).toThrow(
      /old\.model was trained for feature version 99, this library computes version/,
    )
    const labels = writeTaggerModel({ ...model, header: { ...model.header, labels: ['O'] } })
    expect(() => readTaggerModel(labels, 'old.model')).toThrow(/has the labels O; expected O, B-PER/)
  })
})
