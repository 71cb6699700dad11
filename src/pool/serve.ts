import { openSources } from '../recognizer/load.js'
import type { Recognizer } from '../recognizer/recognizer.js'
import type { Sources } from '../recognizer/sources.js'
import { toFault } from './fault.js'
import type { Answer, Task } from './messages.js'

/** A worker's end of the line to the pool. */
export interface ServerPort {
  /** Sends an answer; the buffers change hands without a copy. */
  answer(answer: Answer, transfer: ArrayBufferLike[]): void
  onTask(handle: (task: Task) => void): void
}

/** Opens a recogniser and answers tasks one after the other until the thread is ended from outside. */
export function serve(port: ServerPort, sources: Sources): void {
  let recognizer: Recognizer
  try {
    recognizer = openSources(sources)
  } catch (error) {
    port.answer({ kind: 'failed', fault: toFault(error) }, [])
    return
  }
  port.onTask(({ number, text, options }) => {
    try {
      const document = recognizer.recognize(text, options).toData()
      const { starts, ends, sentenceStarts } = document
      port.answer({ kind: 'done', number, document }, [starts.buffer, ends.buffer, sentenceStarts.buffer])
    } catch (error) {
      port.answer({ kind: 'refused', number, fault: toFault(error) }, [])
    }
  })
  port.answer({ kind: 'ready' }, [])
}
