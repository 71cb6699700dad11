import type { Container, SectionView } from '../binary/container.js'
import { LABEL_COUNT } from '../labels/scheme.js'

const BUCKETS = 1 << 16

/** Sections of the weight table; see `CrfModel`. */
interface CrfTables {
  /** First feature of each bucket (upper 16 bits of the hash), `BUCKETS + 1` elements. */
  readonly bucketFeature: Uint32Array
  /** First weight of each bucket's first feature, `BUCKETS` elements. */
  readonly bucketWeight: Uint32Array
  /** Lower 16 bits of each feature's hash, ascending within a bucket. */
  readonly low: Uint16Array
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

  constructor(tables: CrfTables, scale: number) {
    this.tables = tables
    this.transitions = tables.transitions
    this.scale = scale
  }

  static fromContainer(container: Container): CrfModel {
    return new CrfModel(
      {
        bucketFeature: container.section('weights.bucketFeature', 'u32'),
        bucketWeight: container.section('weights.bucketWeight', 'u32'),
        low: container.section('weights.low', 'u16'),
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
   */
  static build(hashes: Uint32Array, weights: Float32Array, transitions: Float32Array, scale: number): CrfModel {
    const bucketFeature = new Uint32Array(BUCKETS + 1)
    const bucketWeight = new Uint32Array(BUCKETS)
    const low: number[] = []
    const count: number[] = []
    const label: number[] = []
    const value: number[] = []
    let bucket = 0
    const closeUntil = (end: number): void => {
      for (; bucket < end; bucket++) {
        bucketFeature[bucket + 1] = low.length
        if (bucket + 1 < BUCKETS) bucketWeight[bucket + 1] = value.length
      }
    }
    for (const [number, hash] of hashes.entries()) {
      closeUntil(hash >>> 16)
      const before = value.length
      for (let l = 0; l < LABEL_COUNT; l++) {
        const units = clip(Math.round(weights[number * LABEL_COUNT + l]! * scale), 127)
        if (units === 0) continue
        label.push(l)
        value.push(units)
      }
      if (value.length === before) continue
      low.push(hash & 0xffff)
      count.push(value.length - before)
    }
    closeUntil(BUCKETS)
    return new CrfModel(
      {
        bucketFeature,
        bucketWeight,
        low: Uint16Array.from(low),
        count: Uint8Array.from(count),
        label: Uint8Array.from(label),
        value: Int8Array.from(value),
        transitions: Int16Array.from(transitions, (weight) => clip(Math.round(weight * scale), 32767)),
      },
      scale,
    )
  }

  toSections(): Record<string, SectionView> {
    return Object.fromEntries(Object.entries(this.tables).map(([name, view]) => [`weights.${name}`, view as SectionView]))
  }

  get featureCount(): number {
    return this.tables.low.length
  }

  get weightCount(): number {
    return this.tables.value.length
  }

  /** Adds the weights of a feature to `scores[row .. row + L)`; a feature without weights adds nothing. */
  add(feature: number, scores: Int32Array, row: number): void {
    const { bucketFeature, low, count, label, value } = this.tables
    const bucket = feature >>> 16
    const end = bucketFeature[bucket + 1]!
    const wanted = feature & 0xffff
    let weight = this.tables.bucketWeight[bucket]!
    for (let number = bucketFeature[bucket]!; number < end; number++) {
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

  /** Every stored weight, for inspection: feature hash, label, value in log-linear units. */
  *weights(): Generator<{ feature: number; label: number; weight: number }> {
    const { bucketFeature, bucketWeight, low, count, label, value } = this.tables
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      let weight = bucketWeight[bucket]!
      for (let number = bucketFeature[bucket]!; number < bucketFeature[bucket + 1]!; number++) {
        const feature = ((bucket << 16) | low[number]!) >>> 0
        for (const stop = weight + count[number]!; weight < stop; weight++) {
          yield { feature, label: label[weight]!, weight: value[weight]! / this.scale }
        }
      }
    }
  }
}

function clip(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value))
}
