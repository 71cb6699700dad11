// Compiles the kernels to build/kernel.wasm (use) and build/training.wasm (training).
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, '../../../build')
mkdirSync(out, { recursive: true })
for (const name of ['kernel', 'training']) {
  const { error, stderr, binary } = await compile(name)
  if (error) throw new Error(`${name}.ts does not compile: ${error.message}\n${stderr}`)
  writeFileSync(join(out, `${name}.wasm`), binary)
}

async function compile(name) {
  let binary
  const { error, stderr } = await asc.main(
    [
      relative(process.cwd(), join(here, `${name}.ts`)),
      ...[
        '--outFile',
        'out.wasm',
        '-O3',
        '--noAssert',
        '--runtime',
        'stub',
        '--enable',
        'simd',
        '--importMemory',
      ],
    ],
    { writeFile: (_file, contents) => (binary = contents) },
  )
  return { error, stderr: stderr.toString(), binary }
}
