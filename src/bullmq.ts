/** `eigennamen/bullmq`: a corpus over BullMQ on Redis. */
export { ArgumentError, EigennamenError, type ErrorCode, FileError, QueueError } from './errors.js'
export type { Collected, Place, Sink } from './queue/collect.js'
export {
  type AddOptions,
  type CollectOptions,
  CorpusQueue,
  type CorpusQueueOptions,
  type DeadLetter,
} from './queue/corpus-queue.js'
export type { Input } from './queue/documents.js'
export type { QueuedDocument } from './queue/messages.js'
export type { Added } from './queue/produce.js'
export type { Progress } from './queue/progress.js'
export type { Failure, Result } from './queue/results.js'
export type { CorpusWorker, TextSource, WorkOptions } from './queue/worker.js'
export type { Entity, RecognizeOptions } from './types.js'
