import bytes from '../../build/kernel.wasm'

/** The cell of the network; addresses in bytes, lengths and strides in elements. */
export interface CellKernel {
  lstmForward(
    gates: number,
    before: number,
    cell: number,
    squashed: number,
    hidden: number,
    rows: number,
    size: number,
    rowHidden: number,
  ): void
}

/** Functions of assembly/kernel.ts. */
export interface Kernel extends CellKernel {
  gemm16(
    c: number,
    a: number,
    b: number,
    m: number,
    n: number,
    k: number,
    rowA: number,
    rowC: number,
    scale: number,
  ): void
  addEmbeddings(
    target: number,
    table: number,
    rows: number,
    scales: number,
    count: number,
    size: number,
  ): void
  addRows(target: number, table: number, rows: number, count: number, size: number): void
  sum(target: number, a: number, b: number, count: number): void
  toInt16(target: number, source: number, count: number, scale: number): void
  toInt32(target: number, source: number, count: number, scale: number): void
  rectify(target: number, source: number, count: number, scale: number): void
  quasiRecurrent(
    slots: number,
    contexts: number,
    count: number,
    products: number,
    none: number,
    table: number,
    size: number,
    wide: number,
    sums: number,
    cell: number,
    states: number,
    dense: number,
  ): void
}

let compiled: WebAssembly.Module | undefined

/** The kernels over a memory. The module is compiled once a process; it has no state of its own. */
export function instantiateKernel(memory: WebAssembly.Memory): Kernel {
  compiled ??= new WebAssembly.Module(bytes)
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernel
}
