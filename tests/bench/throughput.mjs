// Speed on the texts of the own corpus: cold start, then tokens a second over several rounds (median, lowest, highest).
// Usage: npm run bench [-- FOLDER | FILE.conll]
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = process.argv[2] ?? join(root, 'corpus/texts/train')
const ROUNDS = 7

/** Sentences that make a text, where a file has sentences alone. */
const SENTENCES = 10

/** The texts of a corpus folder without their markup, or the sentences of a CoNLL file by tens. */
function readTexts() {
  if (folder.endsWith('.conll')) {
    const sentences = readFileSync(folder, 'utf8')
      .split(/\n\s*\n/)
      .map((block) =>
        block
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('#'))
          .map((line) => line.split('\t')[0])
          .join(' '),
      )
    return Array.from({ length: Math.ceil(sentences.length / SENTENCES) }, (_, i) =>
      sentences.slice(i * SENTENCES, (i + 1) * SENTENCES).join('\n'),
    )
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split(/^===.*$/m)
        .slice(1),
    )
    .map((text) => text.replace(/\[|\|[^\]]*\]/g, '').trim())
}

const texts = readTexts()

const { loadRecognizer } = await import(join(root, 'dist/index.js'))
const show = (rate) => Math.round(rate).toLocaleString('en')

for (const model of ['accurate', 'fast']) await measure(model)

async function measure(model) {
  const began = performance.now()
  const ner = await loadRecognizer({ model })
  const loaded = performance.now()
  ner.recognize(texts[0])
  const first = performance.now()
  const rates = []
  let tokens = 0
  for (let round = 0; round < ROUNDS; round++) {
    tokens = 0
    const start = performance.now()
    for (const text of texts) tokens += ner.recognize(text).tokenCount
    rates.push(tokens / ((performance.now() - start) / 1000))
  }
  const [cold] = rates
  const warm = rates.slice(1).sort((a, b) => a - b)
  console.log(
    `${model}: load ${(loaded - began).toFixed(0)} ms, first text ${(first - loaded).toFixed(0)} ms`,
  )
  console.log(`  ${texts.length} texts, ${tokens} tokens; first round ${show(cold)} tokens/s`)
  console.log(
    `  then median ${show(warm[warm.length >> 1])} (${show(warm[0])} to ${show(warm[warm.length - 1])}) over ${warm.length} rounds`,
  )
  console.log(`  memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB, with all models so far`)
}
