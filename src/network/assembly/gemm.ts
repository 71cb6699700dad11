/** Matrix product in single precision, for training; see kernel.ts for the conventions. */

/**
 * C += A . B for C of m x n, B of k x n (row-major), n a multiple of 8. A's element (i, p) lies at `a + (i * rowA + p * columnA)`
 * elements, so that the same kernel multiplies by a transposed A.
 */
export function gemm(
  c: usize,
  a: usize,
  b: usize,
  m: i32,
  n: i32,
  k: i32,
  rowA: i32,
  columnA: i32,
  rowB: i32,
  rowC: i32,
): void {
  const stepA: usize = (<usize>columnA) << 2
  const stepB: usize = (<usize>rowB) << 2
  let i: i32 = 0
  for (; i + 4 <= m; i += 4) {
    const a0: usize = a + ((<usize>(i * rowA)) << 2)
    const a1: usize = a0 + ((<usize>rowA) << 2)
    const a2: usize = a1 + ((<usize>rowA) << 2)
    const a3: usize = a2 + ((<usize>rowA) << 2)
    const c0: usize = c + ((<usize>(i * rowC)) << 2)
    const c1: usize = c0 + ((<usize>rowC) << 2)
    const c2: usize = c1 + ((<usize>rowC) << 2)
    const c3: usize = c2 + ((<usize>rowC) << 2)
    for (let j: usize = 0; j < (<usize>n) << 2; j += 32) {
      let s00 = v128.load(c0 + j)
      let s01 = v128.load(c0 + j, 16)
      let s10 = v128.load(c1 + j)
      let s11 = v128.load(c1 + j, 16)
      let s20 = v128.load(c2 + j)
      let s21 = v128.load(c2 + j, 16)
      let s30 = v128.load(c3 + j)
      let s31 = v128.load(c3 + j, 16)
      let at: usize = 0
      let bp: usize = b + j
      for (let p: i32 = 0; p < k; p++) {
        const b0 = v128.load(bp)
        const b1 = v128.load(bp, 16)
        const x0 = v128.load32_splat(a0 + at)
        s00 = f32x4.add(s00, f32x4.mul(x0, b0))
        s01 = f32x4.add(s01, f32x4.mul(x0, b1))
        const x1 = v128.load32_splat(a1 + at)
        s10 = f32x4.add(s10, f32x4.mul(x1, b0))
        s11 = f32x4.add(s11, f32x4.mul(x1, b1))
        const x2 = v128.load32_splat(a2 + at)
        s20 = f32x4.add(s20, f32x4.mul(x2, b0))
        s21 = f32x4.add(s21, f32x4.mul(x2, b1))
        const x3 = v128.load32_splat(a3 + at)
        s30 = f32x4.add(s30, f32x4.mul(x3, b0))
        s31 = f32x4.add(s31, f32x4.mul(x3, b1))
        at += stepA
        bp += stepB
      }
      v128.store(c0 + j, s00)
      v128.store(c0 + j, s01, 16)
      v128.store(c1 + j, s10)
      v128.store(c1 + j, s11, 16)
      v128.store(c2 + j, s20)
      v128.store(c2 + j, s21, 16)
      v128.store(c3 + j, s30)
      v128.store(c3 + j, s31, 16)
    }
  }
  for (; i < m; i++)
    gemmRow(c + ((<usize>(i * rowC)) << 2), a + ((<usize>(i * rowA)) << 2), b, n, k, stepA, stepB)
}

/** One row of `gemm`; the order of additions for each element is the same, so batches of any size give the same bits. */
function gemmRow(c: usize, a: usize, b: usize, n: i32, k: i32, stepA: usize, stepB: usize): void {
  for (let j: usize = 0; j < (<usize>n) << 2; j += 32) {
    let s0 = v128.load(c + j)
    let s1 = v128.load(c + j, 16)
    let at: usize = a
    let bp: usize = b + j
    for (let p: i32 = 0; p < k; p++) {
      const x = v128.load32_splat(at)
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(bp)))
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(bp, 16)))
      at += stepA
      bp += stepB
    }
    v128.store(c + j, s0)
    v128.store(c + j, s1, 16)
  }
}
