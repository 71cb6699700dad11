import bytes from '../../../build/training.wasm'
import type { CellKernel } from '../../network/kernel.js'

/** Functions of assembly/training.ts: those of use, and those of training. */
export interface TrainingKernel extends CellKernel {
  gemm(
    c: number,
    a: number,
    b: number,
    m: number,
    n: number,
    k: number,
    rowA: number,
    columnA: number,
    rowB: number,
    rowC: number,
  ): void
  lstmBackward(
    dGates: number,
    dHidden: number,
    dCell: number,
    gates: number,
    before: number,
    squashed: number,
    rows: number,
    size: number,
  ): void
  poolForward(
    sums: number,
    cells: number,
    count: number,
    size: number,
    rowSums: number,
    rowCells: number,
    backwards: number,
  ): void
  poolBackward(
    sums: number,
    cells: number,
    dSums: number,
    dCells: number,
    count: number,
    size: number,
    rowSums: number,
    rowCells: number,
    backwards: number,
  ): void
  addScaled(y: number, x: number, factor: number, count: number): void
  multiply(x: number, y: number, count: number): void
  squaredNorm(x: number, count: number): number
  adam(
    weights: number,
    gradient: number,
    first: number,
    second: number,
    count: number,
    rate: number,
    correction: number,
    factor: number,
  ): void
  dropoutMask(mask: number, count: number, limit: number, keep: number, state: number): number
}

export function instantiateTrainingKernel(memory: WebAssembly.Memory): TrainingKernel {
  const module = new WebAssembly.Module(bytes)
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as TrainingKernel
}
