/** Columns of a panel. */
const PANEL = 8

/**
 * A `rows x columns` matrix as `gemm16` reads it, from its first number to its last: panels of eight columns, in each the rows by
 * pairs; rows are even, columns a multiple of eight.
 */
export function packPanels(matrix: Int16Array, rows: number, columns: number, target: Int16Array): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const panel = Math.floor(column / PANEL)
      const pair = (panel * (rows >> 1) + (row >> 1)) * PANEL + (column % PANEL)
      target[2 * pair + (row & 1)] = matrix[row * columns + column]!
    }
}
