/** Activations of the quasi-recurrent layer in single precision, for training; quasi.ts computes the same in integers. */

/** A hyperbolic tangent of two parabolas: `u (2 - |u|)` with `u = x / 2`, cut to -1 and 1. */
@inline
export function squash4(x: v128): v128 {
  const u = cut(x)
  return f32x4.mul(u, f32x4.sub(f32x4.splat(2), f32x4.abs(u)))
}

/** Its derivative: `1 - |u|`. */
@inline
export function slope4(x: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.abs(cut(x)))
}

/** The gate that goes with it: from 0 to 1, of twice its argument. */
@inline
export function gateOfDouble4(x: v128): v128 {
  const half = f32x4.splat(0.5)
  return f32x4.add(half, f32x4.mul(half, squash4(x)))
}

@inline
function cut(x: v128): v128 {
  return f32x4.max(f32x4.splat(-1), f32x4.min(f32x4.splat(1), f32x4.mul(f32x4.splat(0.5), x)))
}
