/** Pooling of the quasi-recurrent layer and its gradient, for training; see kernel.ts for the conventions. */
import { gateOfDouble4, slope4, squash4 } from './squash'

/**
 * Cells of a sequence in one direction: `c = f c' + (1 - f) x` with forget gate `f` and candidate `x` of the sums.
 * @param sums row of the first token, `[forget, candidate]` (H each); rows are `rowSums` apart
 * @param cells receives H elements a token; rows are `rowCells` apart
 * @param backwards 1 to go from the last token to the first
 */
export function poolForward(
  sums: usize,
  cells: usize,
  count: i32,
  size: i32,
  rowSums: i32,
  rowCells: i32,
  backwards: i32,
): void {
  const width: usize = (<usize>size) << 2
  for (let j: usize = 0; j < width; j += 16) {
    let c = f32x4.splat(0)
    for (let i: i32 = 0; i < count; i++) {
      const t: usize = <usize>(backwards ? count - 1 - i : i)
      const from: usize = sums + ((t * <usize>rowSums) << 2) + j
      const forget = gateOfDouble4(f32x4.mul(f32x4.splat(0.5), v128.load(from)))
      const x = squash4(v128.load(from + width))
      c = f32x4.add(x, f32x4.mul(forget, f32x4.sub(c, x)))
      v128.store(cells + ((t * <usize>rowCells) << 2) + j, c)
    }
  }
}

/** Gradient of `poolForward`: `dSums` receives that of the sums, given that of the cells. */
export function poolBackward(
  sums: usize,
  cells: usize,
  dSums: usize,
  dCells: usize,
  count: i32,
  size: i32,
  rowSums: i32,
  rowCells: i32,
  backwards: i32,
): void {
  const width: usize = (<usize>size) << 2
  const half = f32x4.splat(0.5)
  const one = f32x4.splat(1)
  for (let j: usize = 0; j < width; j += 16) {
    let d = f32x4.splat(0)
    for (let i: i32 = count - 1; i >= 0; i--) {
      const t: i32 = backwards ? count - 1 - i : i
      const earlier: i32 = backwards ? t + 1 : t - 1
      const at: usize = (((<usize>t) * <usize>rowSums) << 2) + j
      const gate = f32x4.mul(half, v128.load(sums + at))
      const candidate = v128.load(sums + at + width)
      const forget = gateOfDouble4(gate)
      const x = squash4(candidate)
      d = f32x4.add(d, v128.load(dCells + (((<usize>t) * <usize>rowCells) << 2) + j))
      const before =
        i == 0 ? f32x4.splat(0) : v128.load(cells + (((<usize>earlier) * <usize>rowCells) << 2) + j)
      // The slope of the gate is a quarter of that of the squashing function at half its argument.
      const slope = f32x4.mul(f32x4.splat(0.25), slope4(gate))
      v128.store(dSums + at, f32x4.mul(f32x4.mul(d, f32x4.sub(before, x)), slope))
      v128.store(
        dSums + at + width,
        f32x4.mul(f32x4.mul(d, f32x4.sub(one, forget)), slope4(candidate)),
      )
      d = f32x4.mul(d, forget)
    }
  }
}
