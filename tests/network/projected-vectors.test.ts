import { describe, expect, it } from 'vitest'
import { ProjectedVectors } from '../../src/network/projected-vectors.js'
import { CENTROIDS, WordVectors } from '../../src/network/word-vectors.js'
import { Random } from '../../src/training/random.js'

describe('ProjectedVectors', () => {
  it('gives the product of vector and matrix, and nothing for unknown words', () => {
    const random = new Random(4)
    const uniform = (): number => random.integer(2001) / 1000 - 1
    const centroids = Float32Array.from({ length: 3 * CENTROIDS * 2 }, uniform)
    const codes = Uint8Array.from({ length: 4 * 3 }, () => random.integer(CENTROIDS))
    const vectors = new WordVectors(codes, centroids, 3)
    const matrix = Float32Array.from({ length: 6 * 5 }, uniform)
    const projected = new ProjectedVectors(vectors, matrix)
    const vector = new Float32Array(6)
    for (let row = -1; row <= 4; row++) {
      vectors.copy(row, vector, 0)
      const found = new Float64Array(5)
      projected.add(row, found)
      for (let i = 0; i < 5; i++) {
        const sum = vector.reduce((total, value, d) => total + value * matrix[d * 5 + i]!, 0)
        expect(found[i]).toBeCloseTo(sum, 5)
      }
    }
  })
})
