/** Kernels that only training needs; see kernel.ts for the conventions. */
export { gemm } from './gemm'
export { lstmForward } from './lstm'
export { poolBackward, poolForward } from './pooling'

/**
 * Gradient of one step of `lstmForward`. `dHidden` is the gradient of the step's output, `dCell` that of its cell from later steps,
 * replaced by that of the cell before; `dGates` receives the gradient of the sums.
 */
export function lstmBackward(
  dGates: usize,
  dHidden: usize,
  dCell: usize,
  gates: usize,
  before: usize,
  squashed: usize,
  rows: i32,
  size: i32,
): void {
  const width: usize = (<usize>size) << 2
  const one = f32x4.splat(1)
  for (let r: i32 = 0; r < rows; r++) {
    const g: usize = gates + <usize>r * width * 4
    const d: usize = dGates + <usize>r * width * 4
    const offset: usize = <usize>r * width
    for (let j: usize = 0; j < width; j += 16) {
      const input = v128.load(g + j)
      const forget = v128.load(g + width + j)
      const output = v128.load(g + width * 2 + j)
      const candidate = v128.load(g + width * 3 + j)
      const t = v128.load(squashed + offset + j)
      const dh = v128.load(dHidden + offset + j)
      const dc = f32x4.add(
        v128.load(dCell + offset + j),
        f32x4.mul(f32x4.mul(dh, output), f32x4.sub(one, f32x4.mul(t, t))),
      )
      v128.store(d + j, f32x4.mul(f32x4.mul(dc, candidate), f32x4.mul(input, f32x4.sub(one, input))))
      v128.store(
        d + width + j,
        f32x4.mul(f32x4.mul(dc, v128.load(before + offset + j)), f32x4.mul(forget, f32x4.sub(one, forget))),
      )
      v128.store(d + width * 2 + j, f32x4.mul(f32x4.mul(dh, t), f32x4.mul(output, f32x4.sub(one, output))))
      v128.store(
        d + width * 3 + j,
        f32x4.mul(f32x4.mul(dc, input), f32x4.sub(one, f32x4.mul(candidate, candidate))),
      )
      v128.store(dCell + offset + j, f32x4.mul(dc, forget))
    }
  }
}

/** y += factor * x, `count` a multiple of 4. */
export function addScaled(y: usize, x: usize, factor: f32, count: i32): void {
  const f = f32x4.splat(factor)
  const bytes: usize = (<usize>count) << 2
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(f, v128.load(x + at))))
}

/** x *= y, element by element. */
export function multiply(x: usize, y: usize, count: i32): void {
  const bytes: usize = (<usize>count) << 2
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(x + at, f32x4.mul(v128.load(x + at), v128.load(y + at)))
}

/** Sum of squares. */
export function squaredNorm(x: usize, count: i32): f32 {
  let sum = f32x4.splat(0)
  const bytes: usize = (<usize>count) << 2
  for (let at: usize = 0; at < bytes; at += 16) {
    const v = v128.load(x + at)
    sum = f32x4.add(sum, f32x4.mul(v, v))
  }
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    f32x4.extract_lane(sum, 2) +
    f32x4.extract_lane(sum, 3)
  )
}

/**
 * One step of Adam (Kingma and Ba 2015) on `count` weights, a multiple of 4; the gradient is scaled by `factor` and then cleared.
 * `rate` includes the correction of the first moment, `correction` is the factor of the second moment's square root.
 */
export function adam(
  weights: usize,
  gradient: usize,
  first: usize,
  second: usize,
  count: i32,
  rate: f32,
  correction: f32,
  factor: f32,
): void {
  const b1 = f32x4.splat(0.9)
  const b2 = f32x4.splat(0.99)
  const c1 = f32x4.splat(0.1)
  const c2 = f32x4.splat(0.01)
  const scale = f32x4.splat(factor)
  const step = f32x4.splat(rate)
  const root = f32x4.splat(correction)
  const small = f32x4.splat(1e-8)
  const bytes: usize = (<usize>count) << 2
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = f32x4.mul(scale, v128.load(gradient + at))
    const m = f32x4.add(f32x4.mul(b1, v128.load(first + at)), f32x4.mul(c1, g))
    const v = f32x4.add(f32x4.mul(b2, v128.load(second + at)), f32x4.mul(c2, f32x4.mul(g, g)))
    v128.store(first + at, m)
    v128.store(second + at, v)
    const change = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.mul(root, f32x4.sqrt(v)), small))
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), change))
    v128.store(gradient + at, f32x4.splat(0))
  }
}

/** Fills `count` factors of dropout: 0 with the probability `limit / 2^32`, `keep` otherwise; answers the generator's next state. */
export function dropoutMask(mask: usize, count: i32, limit: u32, keep: f32, state: u32): u32 {
  let s = state
  for (let i: i32 = 0; i < count; i++) {
    // Marsaglia's xorshift32.
    s ^= s << 13
    s ^= s >>> 17
    s ^= s << 5
    store<f32>(mask + ((<usize>i) << 2), s < limit ? <f32>0 : keep)
  }
  return s
}
