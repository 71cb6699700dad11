/** Kernels are compiled from src/network/assembly to build/*.wasm and inlined at build time. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>
  export default bytes
}
