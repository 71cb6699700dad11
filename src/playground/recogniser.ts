import { loadRecognizer } from '../browser.js'
import { ENTITY_TYPES } from '../labels/scheme.js'
import { loadFiles } from './files.js'
import type { Message, Question } from './messages.js'

/** The library in a Web Worker of the page: loads model and gazetteer, then answers texts one after the other. */
const scope = self as unknown as {
  postMessage(message: Message): void
  onmessage: ((event: MessageEvent<Question>) => void) | null
}

// Both from `dist/playground`, where the page lies in the package, and from the root, where `eigennamen serve` shows it.
const MODELS = new URL('../../models/', import.meta.url)
const FILES = ['news.model', 'gazetteer.bin'].map((name) => new URL(name, MODELS))

const loading = load()

async function load(): ReturnType<typeof loadRecognizer> {
  try {
    const { bytes, fromCache } = await loadFiles(FILES, (loaded, total) =>
      scope.postMessage({ kind: 'progress', loaded, total }),
    )
    const ner = await loadRecognizer({ model: bytes[0]!, gazetteerFile: bytes[1]! })
    scope.postMessage({ kind: 'ready', fromCache })
    return ner
  } catch (error) {
    scope.postMessage({ kind: 'failed', message: (error as Error).message })
    throw error
  }
}
// It was reported; questions fail with it too.
loading.catch(() => undefined)

scope.onmessage = async ({ data: { number, text } }) => {
  try {
    const ner = await loading
    const begun = performance.now()
    // Everything: what the switches leave out is left out by the page, without asking again.
    const { entities, language, tokens } = ner.recognize(text, { types: ENTITY_TYPES, language: 'detect' })
    const milliseconds = performance.now() - begun
    scope.postMessage({
      kind: 'answer',
      number,
      text,
      language: language.code,
      entities,
      tokens: tokens.length,
      milliseconds,
    })
  } catch (error) {
    scope.postMessage({ kind: 'failed', message: (error as Error).message })
  }
}
