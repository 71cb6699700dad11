// Who and what is named most often in a corpus, and in which articles: a register of names.
//
//   npm install && npm run build     (in this repository; in your own project: npm install eigennamen)
//   node examples/corpus.mjs examples/articles.jsonl
//
// The corpus is a file with a JSON record a line, each with "id" and "text". It is read line by line and may be of any size.

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createPool } from 'eigennamen'

const file = process.argv[2] ?? 'examples/articles.jsonl'

/** The records of the file that are being worked on, in order: documents come in the order of the texts. */
const inHand = []

async function* texts() {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const record = JSON.parse(line)
    inHand.push(record)
    yield record.text
  }
}

const register = new Map()
const pool = await createPool()
for await (const doc of pool.stream(texts())) {
  const { id } = inHand.shift()
  for (const entity of doc.index()) {
    // One entity for all its spellings: Toqajews and Toqajew are counted together.
    const key = entity.id ?? `${entity.type} ${entity.canonical}`
    const entry = register.get(key) ?? { ...entity, count: 0, articles: [] }
    entry.count += entity.count
    entry.articles.push(id)
    register.set(key, entry)
  }
}
await pool.close()

const rows = [...register.values()].sort((a, b) => b.count - a.count)
for (const { count, type, canonical, articles } of rows.slice(0, 20)) {
  console.log(`${String(count).padStart(5)}  ${type}  ${canonical}  (${articles.join(', ')})`)
}
