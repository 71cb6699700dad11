import { insideWorker } from './platform/worker-threads.js'
import { serve } from './pool/serve.js'

/** What a thread of `createPool` runs. */
const { port, sources } = insideWorker()
serve(port, sources)
