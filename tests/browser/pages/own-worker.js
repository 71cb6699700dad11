// A worker script of the caller's own: the library's, and a text that kills it before the library sees it.
import '/dist/browser-worker.js'

addEventListener(
  'message',
  (event) => {
    if (event.data.text !== 'die') return
    event.stopImmediatePropagation()
    throw new Error('killed on purpose')
  },
  { capture: true },
)
