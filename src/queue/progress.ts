import type { ChunkQueue, State } from './state.js'

/** How far a corpus is, in documents. */
export interface Progress {
  /** Added so far. */
  readonly documents: number
  /** Whether that is the whole corpus. */
  readonly complete: boolean
  /** Neither done nor failed: they wait, or a worker is at them. */
  readonly queued: number
  /** Recognised, collected or not. */
  readonly done: number
  /** Unreadable lines, and dead letters that the output has passed. */
  readonly failed: number
  /** Lines and failures in the output. */
  readonly collected: number
  /** Whether the output is complete and no dead letter is left. */
  readonly finished: boolean
  /** Jobs that failed for good. */
  readonly deadLetters: number
  /** Documents a second over the last minute, of all workers heard of in it. */
  readonly rate: number
  readonly workers: number
  /** Seconds until what is queued is done, at this rate; undefined at a rate of 0. */
  readonly remaining: number | undefined
  /** BullMQ's jobs by state. */
  readonly jobs: Readonly<Record<'waiting' | 'active' | 'delayed' | 'completed' | 'failed', number>>
}

/** @internal */
export async function readProgress(queue: ChunkQueue, state: State): Promise<Progress> {
  const [{ produced, end, collected, finished }, open, { workers, rate }, passed, jobs] = await Promise.all([
    state.read(),
    state.done(),
    state.speed(),
    state.passed(),
    queue.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed'),
  ])
  const { waiting = 0, active = 0, delayed = 0, completed = 0, failed: deadLetters = 0 } = jobs
  const done = collected.documents + open.done
  const failed = collected.failures + open.failed
  // Dead letters that the output has passed are among the failures.
  const ahead = Math.max(0, deadLetters - passed.length)
  const queued = Math.max(0, produced.documents - done - failed - ahead)
  return {
    documents: produced.documents,
    complete: end !== undefined,
    queued,
    done,
    failed,
    collected: collected.documents + collected.failures,
    finished,
    deadLetters,
    rate,
    workers,
    remaining: rate > 0 ? queued / rate : undefined,
    jobs: { waiting, active, delayed, completed, failed: deadLetters },
  }
}
