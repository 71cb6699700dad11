/** Largest 16-bit integer. */
const MOST = 32767
/** Finer units than this are not needed. */
const FINEST = 1 << 11

/** Weights in units of `1 / scale`, cut to 16 bits. */
export function integers(matrix: Float32Array, scale: number): Int16Array {
  return Int16Array.from(matrix, (value) => Math.max(-MOST, Math.min(MOST, Math.round(value * scale))))
}

/** The finest power of two by which all weights fit into 16 bits. */
export function scaleFor(matrices: readonly Float32Array[]): number {
  let largest = 0
  for (const matrix of matrices) for (const value of matrix) largest = Math.max(largest, Math.abs(value))
  let scale = FINEST
  while (largest * scale > MOST) scale /= 2
  return scale
}
