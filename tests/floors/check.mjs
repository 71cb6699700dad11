// Runs `evaluate` on every data set of floors.json and fails where a figure is below its floor.
// Usage: node tests/floors/check.mjs DATA_FOLDER
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const data = process.argv[2]
const { metric, floors } = JSON.parse(readFileSync(new URL('floors.json', import.meta.url), 'utf8'))

let below = 0
console.log(metric)
for (const { gold, corpus, f1 } of floors) {
  const path = corpus === undefined ? join(data, gold) : join(root, corpus)
  if (!existsSync(path)) {
    console.log(`${gold ?? corpus}: missing at ${path}`)
    below++
    continue
  }
  const output = execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'evaluate', path, '--json'], {
    encoding: 'utf8',
  })
  const found = JSON.parse(output).overall.f1
  const isBelow = found < f1
  if (isBelow) below++
  console.log(`${gold ?? corpus}: ${found.toFixed(2)}, floor ${f1.toFixed(2)} ${isBelow ? '<-- BELOW' : ''}`)
}
process.exit(below === 0 ? 0 : 1)
