import type { Container, SectionView } from '../binary/container.js'
import { HashIndex } from '../binary/hash-index.js'
import { LABEL_COUNT } from '../labels/scheme.js'

/** Sections of the weight table; see `CrfModel`. */
interface CrfTables {
  /** Number of each feature by its hash. */
  readonly index: HashIndex
  /** First weight of each bucket's first feature, one element a bucket of the index. */
  readonly bucketWeight: Uint32Array
  /** Number of weights of each feature. */
  readonly count: Uint8Array
  /** Label and integer value of each weight. */
  readonly label: Uint8Array
  readonly value: Int8Array
  /** `[from * L + to]`, in the same unit as the weights. */
  readonly transitions: Int16Array
}

/**
 * Sparse integer weights of a conditional random field, keyed by 32-bit feature hashes. One unit is `1 / scale` of the
 * log-linear score. A feature costs three bytes and two for each weight; all sections are zero-copy views.
 */
export class CrfModel {
  readonly transitions: Int16Array
  readonly scale: number
  private readonly tables: CrfTables
  /** Bit `b` of word `k`: some feature's hash begins with the 21 bits `k, b`. Most context features are unknown, and this tells. */
  private readonly present: Uint32Array

  constructor(tables: CrfTables, scale: number) {
    this.tables = tables
    this.present = presence(tables.index)
    this.transitions = tables.transitions
    this.scale = scale
  }

  static fromContainer(container: Container): CrfModel {
    return new CrfModel(
      {
        index: new HashIndex(
          container.section('weights.buckets', 'u32'),
          container.section('weights.low', 'u16'),
        ),
        bucketWeight: container.section('weights.bucketWeight', 'u32'),
        count: container.section('weights.count', 'u8'),
        label: container.section('weights.label', 'u8'),
        value: container.section('weights.value', 'i8'),
        transitions: container.section('weights.transitions', 'i16'),
      },
      Number(container.header.scale),
    )
  }

  /**
   * Builds the table from dense weights. Weights that round to zero are left out, and features left without any.
   * @param hashes feature hashes, ascending
   * @param weights `[feature * L + label]`
   * @param scale units per 1.0; values are clipped to the signed byte
   * @param least weights with a smaller absolute value are left out
   */
  static build(
    hashes: Uint32Array,
    weights: Float32Array,
    transitions: Float32Array,
    scale: number,
    least = 0,
  ): CrfModel {
    const kept: number[] = []
    const count: number[] = []
    const label: number[] = []
    const value: number[] = []
    for (const [number, hash] of hashes.entries()) {
      const before = value.length
      for (let l = 0; l < LABEL_COUNT; l++) {
        const weight = weights[number * LABEL_COUNT + l]!
        const units = Math.abs(weight) < least ? 0 : clip(Math.round(weight * scale), 127)
        if (units === 0) continue
        label.push(l)
        value.push(units)
      }
      if (value.length === before) continue
      kept.push(hash)
      count.push(value.length - before)
    }
    const index = HashIndex.build(Uint32Array.from(kept))
    return new CrfModel(
      {
        index,
        bucketWeight: firstWeights(index, count),
        count: Uint8Array.from(count),
        label: Uint8Array.from(label),
        value: Int8Array.from(value),
        transitions: Int16Array.from(transitions, (weight) => clip(Math.round(weight * scale), 32767)),
      },
      scale,
    )
  }

  toSections(): Record<string, SectionView> {
    const { index, bucketWeight, count, label, value, transitions } = this.tables
    return {
      'weights.buckets': index.buckets,
      'weights.low': index.low,
      'weights.bucketWeight': bucketWeight,
      'weights.count': count,
      'weights.label': label,
      'weights.value': value,
      'weights.transitions': transitions,
    }
  }

  get featureCount(): number {
    return this.tables.index.size
  }

  get weightCount(): number {
    return this.tables.value.length
  }

  /** Adds the weights of a feature to `scores[row .. row + L)`; a feature without weights adds nothing. */
  add(feature: number, scores: Int32Array, row: number): void {
    const { index, bucketWeight, count, label, value } = this.tables
    const { buckets, low } = index
    const bucket = feature >>> 16
    if (((this.present[bucket]! >>> ((feature >>> 11) & 31)) & 1) === 0) return
    const end = buckets[bucket + 1]!
    const wanted = feature & 0xffff
    let weight = bucketWeight[bucket]!
    for (let number = buckets[bucket]!; number < end; number++) {
      const found = low[number]!
      if (found < wanted) {
        weight += count[number]!
        continue
      }
      if (found === wanted) {
        const stop = weight + count[number]!
        for (let i = weight; i < stop; i++) scores[row + label[i]!]! += value[i]!
      }
      return
    }
  }
}

function presence({ buckets, low }: HashIndex): Uint32Array {
  const present = new Uint32Array(buckets.length - 1)
  for (let bucket = 0; bucket < present.length; bucket++) {
    let bits = 0
    for (let number = buckets[bucket]!; number < buckets[bucket + 1]!; number++)
      bits |= 1 << (low[number]! >>> 11)
    present[bucket] = bits
  }
  return present
}

/** First weight of each bucket: the weights of a feature lie behind those of the features before it. */
function firstWeights(index: HashIndex, count: readonly number[]): Uint32Array {
  const first = new Uint32Array(index.buckets.length - 1)
  let weight = 0
  for (let bucket = 0; bucket < first.length; bucket++) {
    first[bucket] = weight
    for (let number = index.buckets[bucket]!; number < index.buckets[bucket + 1]!; number++)
      weight += count[number]!
  }
  return first
}

function clip(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value))
}
