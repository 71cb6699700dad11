/** A `rows x columns` matrix by pairs of rows, as `gemm16` reads it. */
export function pairRows(matrix: Int16Array, rows: number, columns: number, target: Int16Array): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      target[((row >> 1) * columns + column) * 2 + (row & 1)] = matrix[row * columns + column]!
}
