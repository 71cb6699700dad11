/** The cell of the network, for use and training alike; see kernel.ts for the conventions. */

/**
 * Hyperbolic tangent by a rational minimax approximation of degree 13/6, as in Eigen's `ptanh`: additions, multiplications and one
 * division, to within a few units of the last place.
 */
@inline
function tanh4(x: v128): v128 {
  const clamped = f32x4.max(f32x4.splat(-7.9), f32x4.min(f32x4.splat(7.9), x))
  const square = f32x4.mul(clamped, clamped)
  let p = f32x4.add(f32x4.mul(square, f32x4.splat(-2.76076847742355e-16)), f32x4.splat(2.00018790482477e-13))
  p = f32x4.add(f32x4.mul(square, p), f32x4.splat(-8.60467152213735e-11))
  p = f32x4.add(f32x4.mul(square, p), f32x4.splat(5.12229709037114e-8))
  p = f32x4.add(f32x4.mul(square, p), f32x4.splat(1.48572235717979e-5))
  p = f32x4.add(f32x4.mul(square, p), f32x4.splat(6.37261928875436e-4))
  p = f32x4.add(f32x4.mul(square, p), f32x4.splat(4.89352455891786e-3))
  p = f32x4.mul(clamped, p)
  let q = f32x4.add(f32x4.mul(square, f32x4.splat(1.19825839466702e-6)), f32x4.splat(1.18534705686654e-4))
  q = f32x4.add(f32x4.mul(square, q), f32x4.splat(2.26843463243900e-3))
  q = f32x4.add(f32x4.mul(square, q), f32x4.splat(4.89352518554385e-3))
  return f32x4.div(p, q)
}

@inline
function sigmoid4(x: v128): v128 {
  const half = f32x4.splat(0.5)
  return f32x4.add(half, f32x4.mul(half, tanh4(f32x4.mul(half, x))))
}

/**
 * One step of a long short-term memory for `rows` sequences (Hochreiter and Schmidhuber 1997, with forget gates).
 * `gates` (rows x 4H: input, forget, output, candidate) holds sums on entry and activations on return; `before` and `cell` are
 * rows x H, as are `squashed` (tanh of the cell) and `hidden`, whose rows are `rowHidden` apart.
 */
export function lstmForward(
  gates: usize,
  before: usize,
  cell: usize,
  squashed: usize,
  hidden: usize,
  rows: i32,
  size: i32,
  rowHidden: i32,
): void {
  const width: usize = (<usize>size) << 2
  for (let r: i32 = 0; r < rows; r++) {
    const g: usize = gates + <usize>r * width * 4
    const offset: usize = <usize>r * width
    const out: usize = hidden + ((<usize>(r * rowHidden)) << 2)
    for (let j: usize = 0; j < width; j += 16) {
      const input = sigmoid4(v128.load(g + j))
      const forget = sigmoid4(v128.load(g + width + j))
      const output = sigmoid4(v128.load(g + width * 2 + j))
      const candidate = tanh4(v128.load(g + width * 3 + j))
      v128.store(g + j, input)
      v128.store(g + width + j, forget)
      v128.store(g + width * 2 + j, output)
      v128.store(g + width * 3 + j, candidate)
      const c = f32x4.add(f32x4.mul(forget, v128.load(before + offset + j)), f32x4.mul(input, candidate))
      const t = tanh4(c)
      v128.store(cell + offset + j, c)
      v128.store(squashed + offset + j, t)
      v128.store(out + j, f32x4.mul(output, t))
    }
  }
}
