import { describe, expect, it } from 'vitest'
import { HashIndex } from '../../src/binary/hash-index.js'
import { FEATURE_VERSION } from '../../src/features/version.js'
import { parseConll } from '../../src/formats/conll.js'
import { CLASS_NAMES, LABEL_COUNT, LABEL_NAMES, spansOf } from '../../src/labels/scheme.js'
import { Lexicon } from '../../src/lexicon/lexicon.js'
import { PhraseSet } from '../../src/lexicon/phrases.js'
import { CrfModel } from '../../src/tagger/crf-model.js'
import { Tagger } from '../../src/tagger/tagger.js'
import { readTaggerModel, type TaggerModel, writeTaggerModel } from '../../src/tagger/tagger-model.js'
import { tokenize } from '../../src/text/tokenizer.js'
import { CrfTrainer, DEFAULT_TRAINER } from '../../src/training/crf-trainer.js'
import { encodeCorpus } from '../../src/training/encode.js'
import { FeatureIndex } from '../../src/training/feature-index.js'

const EMPTY = HashIndex.build(new Uint32Array())
const NO_LEXICON = new Lexicon({
  codeIndex: EMPTY,
  codes: new Uint16Array(),
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

function train(seed = 1): TaggerModel {
  const encoded = encodeCorpus(GOLD, { lexicon: NO_LEXICON, phrases: NO_PHRASES }, { minimumCount: 1 })
  const { features, transitions } = new CrfTrainer(encoded, {
    ...DEFAULT_TRAINER,
    epochs: 20,
    averageFrom: 10,
    dropout: 0.2,
    seed,
  }).train()
  return {
    header: {
      name: 'tiny',
      description: '',
      featureVersion: FEATURE_VERSION,
      labels: LABEL_NAMES,
      scale: 24,
      sources: [],
      scores: {},
      training: {},
    },
    crf: CrfModel.build(encoded.featureHashes, features, transitions, 24),
    lexicon: NO_LEXICON,
    phrases: NO_PHRASES,
  }
}

function tag(model: TaggerModel, text: string): string[] {
  const tokens = tokenize(text)
  const labels = new Uint8Array(512)
  new Tagger(model).tag(text, tokens, 0, tokens.length, labels)
  return spansOf(labels, 0, tokens.length).map(
    ({ start, end, cls }) => `${CLASS_NAMES[cls]}:${text.slice(tokens.starts[start], tokens.ends[end - 1])}`,
  )
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

describe('CrfModel', () => {
  it('adds exactly the weights it was built from, rounded to units', () => {
    const hashes = Uint32Array.of(5, 0x10000, 0x10007, 0xffffffff)
    const weights = new Float32Array(4 * LABEL_COUNT)
    weights[0 * LABEL_COUNT + 3] = 1
    weights[2 * LABEL_COUNT + 0] = -0.5
    weights[2 * LABEL_COUNT + 24] = 0.25
    weights[3 * LABEL_COUNT + 1] = 100
    const model = CrfModel.build(hashes, weights, new Float32Array(LABEL_COUNT * LABEL_COUNT), 8)
    const row = (feature: number): number[] => {
      const scores = new Int32Array(LABEL_COUNT)
      model.add(feature, scores, 0)
      return [...scores]
    }
    expect(row(5)[3]).toBe(8)
    expect(row(0x10007)[0]).toBe(-4)
    expect(row(0x10007)[24]).toBe(2)
    expect(row(0xffffffff)[1]).toBe(127)
    for (const absent of [0, 6, 0x10000, 0x10008, 0x20000])
      expect(row(absent).every((value) => value === 0)).toBe(true)
    expect(model.featureCount).toBe(3)
    expect(
      CrfModel.build(hashes, weights, new Float32Array(LABEL_COUNT * LABEL_COUNT), 8, 0.3).weightCount,
    ).toBe(3)
  })
})

describe('FeatureIndex', () => {
  it('counts, cuts and numbers like a Map', () => {
    const index = new FeatureIndex(16)
    const map = new Map<number, number>()
    for (let i = 0; i < 5000; i++) {
      const feature = Math.imul(i % 1700, 0x9e3779b1) >>> 0 || 1
      index.count(feature, 1 + (i % 3))
      map.set(feature, (map.get(feature) ?? 0) + 1 + (i % 3))
    }
    const hashes = index.freeze(6)
    expect([...hashes]).toEqual(
      [...map]
        .filter(([, count]) => count >= 6)
        .map(([feature]) => feature)
        .sort((a, b) => a - b),
    )
    for (const [number, hash] of hashes.entries()) expect(index.find(hash)).toBe(number)
    expect(index.find(12345)).toBe(-1)
  })
})
