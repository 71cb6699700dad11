// What a user's page would do, the same with and without a bundler. Texts and answers travel as JSON strings: JSON escapes lone
// surrogates, the protocol between test and browser would replace them.
import { createPool, Document, loadRecognizer } from 'eigennamen'

const plain = (doc) => ({
  entities: doc.entities,
  tokens: doc.tokens,
  sentences: doc.sentences,
  language: doc.language,
  index: doc.index(),
  isDocument: doc instanceof Document,
})

window.app = {
  loadRecognizer,
  createPool,

  async recognize(texts, options) {
    const ner = await loadRecognizer(options)
    return JSON.stringify(JSON.parse(texts).map((text) => plain(ner.recognize(text))))
  },

  async pool(texts, options) {
    const pool = await createPool(options)
    const docs = []
    for await (const doc of pool.stream(JSON.parse(texts))) docs.push(plain(doc))
    await pool.close()
    return JSON.stringify(docs)
  },
}
