// Speed on the texts of the own corpus: cold start, then tokens a second over several rounds (median, lowest, highest).
// Usage: npm run bench [-- FOLDER]
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = process.argv[2] ?? join(root, 'corpus/texts/train')
const ROUNDS = 7

/** The texts without their markup. */
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split(/^===.*$/m)
      .slice(1),
  )
  .map((text) => text.replace(/\[|\|[^\]]*\]/g, '').trim())

const began = performance.now()
const { loadRecognizer } = await import(join(root, 'dist/index.js'))
const ner = await loadRecognizer()
const loaded = performance.now()
ner.recognize(texts[0])
const first = performance.now()
console.log(`import and load ${(loaded - began).toFixed(0)} ms, first text ${(first - loaded).toFixed(0)} ms`)

const rates = []
let tokens = 0
for (let round = 0; round < ROUNDS; round++) {
  tokens = 0
  const start = performance.now()
  for (const text of texts) tokens += ner.recognize(text).tokens.length
  rates.push(tokens / ((performance.now() - start) / 1000))
}
const [cold] = rates
const warm = rates.slice(1).sort((a, b) => a - b)
const show = (rate) => Math.round(rate).toLocaleString('en')
console.log(`${texts.length} texts, ${tokens} tokens`)
console.log(
  `first round ${show(cold)} tokens/s; then median ${show(warm[warm.length >> 1])} (${show(warm[0])} to ${show(warm[warm.length - 1])}) over ${warm.length} rounds`,
)
console.log(`memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
