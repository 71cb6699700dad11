import { onSources } from './platform/inside-web-worker.js'
import { serve } from './pool/serve.js'

/** What a Web Worker of `createPool` runs: `eigennamen/browser-worker`. */
onSources((port, sources) => serve(port, sources))
