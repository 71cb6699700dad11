import { CENTROIDS, WordVectors } from '../../network/word-vectors.js'

/** Vectors that the centroids are learned from; all are assigned to them. */
const SAMPLE = 24_000
const ROUNDS = 12

/**
 * Quantises vectors part by part with Lloyd's k-means. Starts from evenly spaced rows of the sample and keeps a fixed order, so the
 * same vectors give the same bytes.
 * @param vectors `rows x dimensions`
 * @param parts bytes of a vector; must divide the number of dimensions
 */
export function quantiseVectors(vectors: Float32Array, dimensions: number, parts: number): WordVectors {
  const rows = vectors.length / dimensions
  const width = dimensions / parts
  if (!Number.isInteger(width))
    throw new RangeError(`${parts} parts do not divide ${dimensions} dimensions; choose a divisor`)
  const codes = new Uint8Array(rows * parts)
  const centroids = new Float32Array(parts * CENTROIDS * width)
  for (let part = 0; part < parts; part++) {
    const table = centroids.subarray(part * CENTROIDS * width, (part + 1) * CENTROIDS * width)
    learn(vectors, dimensions, part * width, width, table)
    for (let row = 0; row < rows; row++)
      codes[row * parts + part] = nearest(vectors, row * dimensions + part * width, table, width)
  }
  return new WordVectors(codes, centroids, parts)
}

/** Centroids of one part, `256 x width`. */
function learn(
  vectors: Float32Array,
  dimensions: number,
  from: number,
  width: number,
  table: Float32Array,
): void {
  const rows = vectors.length / dimensions
  const sample = Math.min(rows, SAMPLE)
  const place = (i: number): number => Math.floor((i * rows) / sample) * dimensions + from
  for (let c = 0; c < CENTROIDS; c++) {
    const start = place(Math.floor((c * sample) / CENTROIDS))
    for (let i = 0; i < width; i++) table[c * width + i] = vectors[start + i]!
  }
  const sums = new Float64Array(table.length)
  const counts = new Int32Array(CENTROIDS)
  for (let round = 0; round < ROUNDS; round++) {
    sums.fill(0)
    counts.fill(0)
    for (let s = 0; s < sample; s++) {
      const at = place(s)
      const c = nearest(vectors, at, table, width)
      counts[c]!++
      for (let i = 0; i < width; i++) sums[c * width + i]! += vectors[at + i]!
    }
    for (let c = 0; c < CENTROIDS; c++) {
      if (counts[c] === 0) continue
      for (let i = 0; i < width; i++) table[c * width + i] = sums[c * width + i]! / counts[c]!
    }
  }
}

function nearest(vectors: Float32Array, at: number, table: Float32Array, width: number): number {
  let best = 0
  let least = Infinity
  for (let c = 0; c < CENTROIDS; c++) {
    let distance = 0
    for (let i = 0; i < width; i++) {
      const difference = vectors[at + i]! - table[c * width + i]!
      distance += difference * difference
    }
    if (distance < least) {
      least = distance
      best = c
    }
  }
  return best
}
