/** The quasi-recurrent layer; see kernel.ts for the conventions. */

/** What the integer sums are multiplied by, as in quasi-recurrent-model.ts. */
const UNIT: f32 = 1.0 / 1024.0
/** Sums beyond which the candidate (2.0) and the gate (4.0) are cut. */
const MOST: i16 = 2047
const MOST_GATE: i16 = 4095

/** `u (2 - |u|)` for u in units of 2^-15. */
@inline
function squash(u: v128): v128 {
  return i16x8.add_sat_s(u, i16x8.sub(u, i16x8.q15mulr_sat_s(u, i16x8.abs(u))))
}

/** One step of eight cells, in units of 2^-14: what the gate keeps of them, and the candidate for the rest. */
@inline
function step(cell: v128, gate: v128, candidate: v128): v128 {
  const g = i16x8.max_s(i16x8.splat(-MOST_GATE), i16x8.min_s(i16x8.splat(MOST_GATE), gate))
  const forget = i16x8.add(i16x8.splat(1 << 14), i16x8.shr_s(squash(i16x8.shl(g, 3)), 1))
  const x = i16x8.max_s(i16x8.splat(-MOST), i16x8.min_s(i16x8.splat(MOST), candidate))
  const value = i16x8.shr_s(squash(i16x8.shl(x, 4)), 1)
  return i16x8.add(value, i16x8.q15mulr_sat_s(forget, i16x8.sub_sat_s(cell, value)))
}

/**
 * Sums of the tokens of a sequence: those of the context and of the products of the left neighbour, the token and the right
 * neighbour with the weights for each place: `row = [forward forget, forward candidate, backward forget, backward candidate (H each),
 * dense (M)]` in 16-bit integers. They are gathered at once, because the products lie all over the memory.
 * @param slots number of each token's products, i32; `products` holds three rows for each, the last slot of all zeros
 * @param contexts number of each token's row in `table`, i32
 * @param none slot of zeros, for the neighbours that the ends do not have
 * @param row bytes of a row, a multiple of 16
 * @param sums receives a row a token
 */
function gather(
  slots: usize,
  contexts: usize,
  count: i32,
  products: usize,
  none: i32,
  table: usize,
  row: usize,
  sums: usize,
): void {
  const slot: usize = row * 3
  let left: usize = products + <usize>none * slot
  let middle: usize = products + <usize>load<i32>(slots) * slot
  for (let t: i32 = 0; t < count; t++) {
    const place: usize = (<usize>t) << 2
    const right: usize =
      products + <usize>(t == count - 1 ? none : load<i32>(slots + place + 4)) * slot
    const context: usize = table + <usize>load<i32>(contexts + place) * row
    const target: usize = sums + <usize>t * row
    for (let j: usize = 0; j < row; j += 16) {
      v128.store(
        target + j,
        i16x8.add_sat_s(
          i16x8.add_sat_s(v128.load(context + j), v128.load(left + j)),
          i16x8.add_sat_s(v128.load(middle + row + j), v128.load(right + 2 * row + j)),
        ),
      )
    }
    left = middle
    middle = right
  }
}

/**
 * A sequence of `count` tokens through the layer in both directions; see `gather`.
 * @param size H, a multiple of 8
 * @param wide M, a multiple of 8
 * @param sums room for `count x (4H + M)` 16-bit integers
 * @param cell room for H 16-bit integers
 * @param states receives `count x 2H` 16-bit integers in units of 2^-13
 * @param dense receives `count x M` sums in single precision
 */
export function quasiRecurrent(
  slots: usize,
  contexts: usize,
  count: i32,
  products: usize,
  none: i32,
  table: usize,
  size: i32,
  wide: i32,
  sums: usize,
  cell: usize,
  states: usize,
  dense: usize,
): void {
  const row: usize = (<usize>(4 * size + wide)) << 1
  const width: usize = (<usize>size) << 1
  gather(slots, contexts, count, products, none, table, row, sums)
  for (let direction: i32 = 0; direction < 2; direction++) {
    memory.fill(cell, 0, width)
    const from: usize = sums + <usize>direction * 2 * width
    const out: usize = states + <usize>direction * width
    for (let i: i32 = 0; i < count; i++) {
      const t: usize = <usize>(direction == 0 ? i : count - 1 - i)
      const gates: usize = from + t * row
      const target: usize = out + t * width * 2
      for (let j: usize = 0; j < width; j += 16) {
        const c = step(v128.load(cell + j), v128.load(gates + j), v128.load(gates + width + j))
        v128.store(cell + j, c)
        v128.store(target + j, i16x8.shr_s(c, 1))
      }
    }
  }
  const unit = f32x4.splat(UNIT)
  for (let t: usize = 0; t < <usize>count; t++) {
    const from: usize = sums + t * row + width * 4
    const line: usize = dense + ((t * <usize>wide) << 2)
    for (let j: usize = 0; j < (<usize>wide) << 1; j += 16) {
      const sum = v128.load(from + j)
      v128.store(line + j * 2, f32x4.mul(unit, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(sum))))
      v128.store(line + j * 2, f32x4.mul(unit, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(sum))), 16)
    }
  }
}
