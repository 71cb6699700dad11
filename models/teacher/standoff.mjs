// Writes the stand-off annotations of a raw text as CoNLL: node models/teacher/standoff.mjs corpus/standoff/NAME.tsv RAW.txt.xz > NAME.conll
// Tokens are those of the package, whose sources are bundled here for the purpose.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { build } from 'esbuild'

const [annotations, raw] = process.argv.slice(2)
if (raw === undefined) throw new Error('standoff.mjs takes an annotation file (.tsv) and its raw text (.txt.xz)')

const bundle = await build({
  stdin: {
    contents: `export { readStandoff } from './src/training/standoff.ts'\nexport { formatConll } from './src/formats/conll.ts'`,
    resolveDir: new URL('../..', import.meta.url).pathname,
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  loader: { '.txt': 'text', '.wasm': 'binary' },
})
const source = Buffer.from(bundle.outputFiles[0].contents).toString('base64')
const { readStandoff, formatConll } = await import(`data:text/javascript;base64,${source}`)
const text = execFileSync('xz', ['-dc', raw], { encoding: 'utf8', maxBuffer: 2 ** 30 })
process.stdout.write(formatConll(readStandoff(readFileSync(annotations, 'utf8'), text, basename(annotations))))
