// Speed of the gazetteer: loading its file, exact look-ups in the table, full look-ups, and look-ups of names it does not hold.
// Usage: npm run bench:gazetteer
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const outfile = join(root, 'node_modules/.cache/eigennamen-bench-gazetteer.mjs')
await build({
  entryPoints: [join(root, 'src/gazetteer/gazetteer.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  loader: { '.txt': 'text' },
  outfile,
})
const { Gazetteer } = await import(pathToFileURL(outfile))
const bytes = readFileSync(join(root, 'models/gazetteer.bin'))
const ROUNDS = 9

/** Median, lowest and highest of the rounds, in the unit that `scale` makes of milliseconds. */
function measure(name, unit, scale, run) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    run()
    return (performance.now() - start) * scale
  }).sort((a, b) => a - b)
  const show = (value) => value.toFixed(2)
  console.log(
    `${name.padEnd(28)} ${show(times[ROUNDS >> 1])} ${unit} (${show(times[0])} to ${show(times[ROUNDS - 1])})`,
  )
}

let gazetteer
measure('open the file', 'ms', 1, () => {
  gazetteer = Gazetteer.read(bytes, 'gazetteer.bin')
})
const { table } = gazetteer.layers[0]
const names = Array.from({ length: 20_000 }, (_, index) => table.aliasName((index * 7919) % table.aliasCount))
const perName = 1000 / names.length
measure('exact, in the table', 'µs', perName, () => {
  for (const name of names) table.exact(name)
})
measure('lookup, known names', 'µs', perName, () => {
  for (const name of names) gazetteer.lookup(name)
})
let round = 0
const strange = Array.from({ length: 2000 }, (_, index) => `${names[index].split(' ')[0]}qua Zorn`)
measure('lookup, strangers, cold', 'µs', 1000 / strange.length, () => {
  round++
  for (const name of strange) gazetteer.lookup(`${name}${'aeioubdfg'[round]}`)
})
console.log(
  `${gazetteer.entryCount} entries, ${gazetteer.aliasCount} spellings, ${(bytes.length / 1e6).toFixed(2)} MB`,
)
