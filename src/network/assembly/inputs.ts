/** Inputs of word types; see kernel.ts for the conventions. */

/** Levels of an element of an embedding begin here, as in feature-embeddings.ts. */
const LOWEST: f32 = -3.5

/**
 * Adds rows of packed embeddings to `target`: elements of three bits, eight in three bytes, the first in the lowest bits, each worth
 * its level times the scale of its row.
 * @param target `size` elements in single precision
 * @param table rows of `size / 8 * 3` bytes; a byte behind the last row is read
 * @param rows numbers of the rows, i32
 * @param scales scale of each, in single precision
 * @param size a multiple of 8
 */
export function addEmbeddings(
  target: usize,
  table: usize,
  rows: usize,
  scales: usize,
  count: i32,
  size: i32,
): void {
  const bytes: usize = <usize>((size >> 3) * 3)
  // Multiplied by its power of two, each element of a group comes to stand in the highest bits of a lane of its own.
  const first = i32x4(1 << 29, 1 << 26, 1 << 23, 1 << 20)
  const second = i32x4(1 << 17, 1 << 14, 1 << 11, 1 << 8)
  const lowest = f32x4.splat(LOWEST)
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    let from: usize = table + <usize>load<i32>(rows + i) * bytes
    const scale = v128.load32_splat(scales + i)
    const end: usize = target + ((<usize>size) << 2)
    for (let to: usize = target; to < end; to += 32) {
      const bits = v128.load32_splat(from)
      from += 3
      const low = f32x4.convert_i32x4_s(i32x4.shr_u(i32x4.mul(bits, first), 29))
      const high = f32x4.convert_i32x4_s(i32x4.shr_u(i32x4.mul(bits, second), 29))
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(scale, f32x4.add(low, lowest))))
      v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(scale, f32x4.add(high, lowest))), 16)
    }
  }
}

/**
 * Adds rows of a table in single precision to `target`.
 * @param rows numbers of the rows, i32
 * @param size elements of a row, a multiple of 4
 */
export function addRows(target: usize, table: usize, rows: usize, count: i32, size: i32): void {
  const bytes: usize = (<usize>size) << 2
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4) {
    const from: usize = table + <usize>load<i32>(rows + i) * bytes
    for (let j: usize = 0; j < bytes; j += 16)
      v128.store(target + j, f32x4.add(v128.load(target + j), v128.load(from + j)))
  }
}
