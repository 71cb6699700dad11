/**
 * Kernels of the network in AssemblyScript: vector arithmetic of WebAssembly, which is the same to the bit on every machine. All
 * arguments named after arrays are byte addresses in the shared memory; lengths and strides count elements. No allocation: the
 * caller lays the memory out.
 */
export { addEmbeddings, addRows } from './inputs'
export { lstmForward } from './lstm'
export { quasiRecurrent } from './quasi'

/**
 * C += scale * A . B for C of m x n in single precision, A of m x k and B of k x n in 16-bit integers; n is a multiple of 8 and k
 * of 2. B is stored by panels of eight columns and by pairs of rows in them, `[n / 8][k / 2][8][2]`, so that one instruction
 * multiplies two rows by two elements of A and adds, and a panel stays in the nearest cache for all rows of A.
 */
export function gemm16(
  c: usize,
  a: usize,
  b: usize,
  m: i32,
  n: i32,
  k: i32,
  rowA: i32,
  rowC: i32,
  scale: f32,
): void {
  const pairs = k >> 1
  const stepA: usize = <usize>rowA << 1
  const stepC: usize = <usize>rowC << 2
  const panel: usize = <usize>pairs << 5
  const unit = f32x4.splat(scale)
  const most = m & ~3
  let from: usize = b
  for (let j: usize = 0; j < <usize>n << 2; j += 32, from += panel) {
    let c0: usize = c + j
    let a0: usize = a
    for (let i: i32 = 0; i < most; i += 4) {
      const a1: usize = a0 + stepA
      const a2: usize = a1 + stepA
      const a3: usize = a2 + stepA
      let s00 = i32x4.splat(0)
      let s01 = i32x4.splat(0)
      let s10 = i32x4.splat(0)
      let s11 = i32x4.splat(0)
      let s20 = i32x4.splat(0)
      let s21 = i32x4.splat(0)
      let s30 = i32x4.splat(0)
      let s31 = i32x4.splat(0)
      let at: usize = 0
      let bp: usize = from
      for (let p: i32 = 0; p < pairs; p++) {
        const b0 = v128.load(bp)
        const b1 = v128.load(bp, 16)
        const x0 = v128.load32_splat(a0 + at)
        s00 = i32x4.add(s00, i32x4.dot_i16x8_s(x0, b0))
        s01 = i32x4.add(s01, i32x4.dot_i16x8_s(x0, b1))
        const x1 = v128.load32_splat(a1 + at)
        s10 = i32x4.add(s10, i32x4.dot_i16x8_s(x1, b0))
        s11 = i32x4.add(s11, i32x4.dot_i16x8_s(x1, b1))
        const x2 = v128.load32_splat(a2 + at)
        s20 = i32x4.add(s20, i32x4.dot_i16x8_s(x2, b0))
        s21 = i32x4.add(s21, i32x4.dot_i16x8_s(x2, b1))
        const x3 = v128.load32_splat(a3 + at)
        s30 = i32x4.add(s30, i32x4.dot_i16x8_s(x3, b0))
        s31 = i32x4.add(s31, i32x4.dot_i16x8_s(x3, b1))
        at += 4
        bp += 32
      }
      addTo(c0, s00, s01, unit)
      addTo(c0 + stepC, s10, s11, unit)
      addTo(c0 + 2 * stepC, s20, s21, unit)
      addTo(c0 + 3 * stepC, s30, s31, unit)
      a0 = a3 + stepA
      c0 += 4 * stepC
    }
  }
  for (let i: i32 = most; i < m; i++)
    row16(c + <usize>i * stepC, a + <usize>i * stepA, b, n, pairs, unit)
}

/** One row of `gemm16`, four panels at a time, whose eight sums do not wait for each other; then the other panels one by one. */
function row16(c: usize, a: usize, b: usize, n: i32, pairs: i32, unit: v128): void {
  const panel: usize = <usize>pairs << 5
  let to: usize = c
  let from: usize = b
  let j: i32 = 0
  for (; j + 32 <= n; j += 32) {
    let s0 = i32x4.splat(0)
    let s1 = i32x4.splat(0)
    let s2 = i32x4.splat(0)
    let s3 = i32x4.splat(0)
    let s4 = i32x4.splat(0)
    let s5 = i32x4.splat(0)
    let s6 = i32x4.splat(0)
    let s7 = i32x4.splat(0)
    let at: usize = a
    let b0: usize = from
    let b1: usize = b0 + panel
    let b2: usize = b1 + panel
    let b3: usize = b2 + panel
    for (let p: i32 = 0; p < pairs; p++) {
      const x = v128.load32_splat(at)
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(x, v128.load(b0)))
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(x, v128.load(b0, 16)))
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(x, v128.load(b1)))
      s3 = i32x4.add(s3, i32x4.dot_i16x8_s(x, v128.load(b1, 16)))
      s4 = i32x4.add(s4, i32x4.dot_i16x8_s(x, v128.load(b2)))
      s5 = i32x4.add(s5, i32x4.dot_i16x8_s(x, v128.load(b2, 16)))
      s6 = i32x4.add(s6, i32x4.dot_i16x8_s(x, v128.load(b3)))
      s7 = i32x4.add(s7, i32x4.dot_i16x8_s(x, v128.load(b3, 16)))
      at += 4
      b0 += 32
      b1 += 32
      b2 += 32
      b3 += 32
    }
    addTo(to, s0, s1, unit)
    addTo(to + 32, s2, s3, unit)
    addTo(to + 64, s4, s5, unit)
    addTo(to + 96, s6, s7, unit)
    to += 128
    from += 4 * panel
  }
  for (; j < n; j += 8) {
    let s0 = i32x4.splat(0)
    let s1 = i32x4.splat(0)
    let at: usize = a
    let bp: usize = from
    for (let p: i32 = 0; p < pairs; p++) {
      const x = v128.load32_splat(at)
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(x, v128.load(bp)))
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(x, v128.load(bp, 16)))
      at += 4
      bp += 32
    }
    addTo(to, s0, s1, unit)
    to += 32
    from += panel
  }
}

@inline
function addTo(at: usize, low: v128, high: v128, unit: v128): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(unit, f32x4.convert_i32x4_s(low))))
  v128.store(at, f32x4.add(v128.load(at, 16), f32x4.mul(unit, f32x4.convert_i32x4_s(high))), 16)
}

/** target = a + b, `count` a multiple of 8. */
export function sum(target: usize, a: usize, b: usize, count: i32): void {
  const bytes: usize = (<usize>count) << 2
  for (let i: usize = 0; i < bytes; i += 32) {
    v128.store(target + i, f32x4.add(v128.load(a + i), v128.load(b + i)))
    v128.store(target + i, f32x4.add(v128.load(a + i, 16), v128.load(b + i, 16)), 16)
  }
}

/** `count` numbers, a multiple of 8, as 16-bit integers in units of `1 / scale`, rounded to even and cut to the range. */
export function toInt16(target: usize, source: usize, count: i32, scale: f32): void {
  const factor = f32x4.splat(scale)
  for (let i: i32 = 0; i < count; i += 8) {
    const from: usize = source + ((<usize>i) << 2)
    const low = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(factor, v128.load(from))))
    const high = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(factor, v128.load(from, 16))))
    v128.store(target + ((<usize>i) << 1), i16x8.narrow_i32x4_s(low, high))
  }
}

/** `count` numbers, a multiple of 4, as 32-bit integers in units of `1 / scale`, rounded to even and cut to the range. */
export function toInt32(target: usize, source: usize, count: i32, scale: f32): void {
  const factor = f32x4.splat(scale)
  const bytes: usize = (<usize>count) << 2
  for (let i: usize = 0; i < bytes; i += 16) {
    const value = f32x4.nearest(f32x4.mul(factor, v128.load(source + i)))
    v128.store(target + i, i32x4.trunc_sat_f32x4_s(value))
  }
}

/** Like `toInt16`, with 0 for negative numbers. */
export function rectify(target: usize, source: usize, count: i32, scale: f32): void {
  const factor = f32x4.splat(scale)
  const zero = f32x4.splat(0)
  for (let i: i32 = 0; i < count; i += 8) {
    const from: usize = source + ((<usize>i) << 2)
    const low = f32x4.mul(factor, f32x4.max(zero, v128.load(from)))
    const high = f32x4.mul(factor, f32x4.max(zero, v128.load(from, 16)))
    v128.store(
      target + ((<usize>i) << 1),
      i16x8.narrow_i32x4_s(
        i32x4.trunc_sat_f32x4_s(f32x4.nearest(low)),
        i32x4.trunc_sat_f32x4_s(f32x4.nearest(high)),
      ),
    )
  }
}
