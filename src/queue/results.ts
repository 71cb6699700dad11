import type { Job } from 'bullmq'
import { join } from '../corpus/record.js'
import { documentId, type JobData, type JobResult, type Outcome, type QueuedDocument } from './messages.js'
import type { ChunkQueue } from './state.js'
import { parse } from './worker.js'

/** Why a document has no line of output. */
export interface Failure {
  readonly file: string
  readonly line: number | undefined
  readonly id: string | undefined
  readonly code: string
  readonly reason: string
  readonly excerpt: string | undefined
  /** The job to put back, where trying again may help. */
  readonly deadLetter?: string
}

/** What became of a document: its line of output (JSON, without a line break) or a failure. */
export type Result = { readonly line: string } | { readonly failure: Failure }

/** Results of a job, with the jobs that they came from. */
export interface Gathered {
  readonly results: readonly Result[]
  /** Jobs that are done and may go. */
  readonly used: readonly string[]
  /** Failed jobs among the sources. */
  readonly dead: readonly string[]
}

type ChunkJob = Job<JobData, JobResult>

/**
 * What became of a job's documents, in their order; undefined while something is missing.
 * @param wait whether a dead letter counts as missing
 */
export async function gather(queue: ChunkQueue, id: string, wait: boolean): Promise<Gathered | undefined> {
  const found = await settled(queue, id, wait)
  if (found === undefined) return undefined
  const { job, failed } = found
  const { documents, rules, chunk } = job.data
  if (failed) {
    const results = documents.map((document) => deadResult(document, job))
    return { results, used: [], dead: [id] }
  }
  const parts = await Promise.all(
    job.returnvalue.map((outcome, index) =>
      outcome === null
        ? gather(queue, documentId(chunk, index), wait)
        : { results: [result(documents[index]!, outcome)], used: [], dead: [] },
    ),
  )
  const complete = parts.filter((part) => part !== undefined)
  if (complete.length < parts.length) return undefined
  return {
    results: complete.flatMap(({ results }) => results),
    used: [...complete.flatMap(({ used }) => used), id],
    dead: complete.flatMap(({ dead }) => dead),
  }

  function deadResult(document: QueuedDocument, { failedReason }: ChunkJob): Result {
    if ('fault' in document) return result(document, { fault: document.fault })
    const parsed = parse(document, rules)
    if ('fault' in parsed) return result(document, { fault: parsed.fault })
    return result(document, { fault: { code: 'RECOGNITION', reason: failedReason, id: parsed.id } }, id)
  }
}

async function settled(
  queue: ChunkQueue,
  id: string,
  wait: boolean,
): Promise<{ job: ChunkJob; failed: boolean } | undefined> {
  const state = await queue.getJobState(id)
  const failed = state === 'failed'
  if (state !== 'completed' && !(failed && !wait)) return undefined
  const job = (await queue.getJob(id)) as ChunkJob | undefined
  return job === undefined ? undefined : { job, failed }
}

function result({ file, line, ...document }: QueuedDocument, outcome: Outcome, deadLetter?: string): Result {
  if ('line' in outcome) return outcome
  if ('add' in outcome) return { line: join('record' in document ? document.record : '', outcome.add) }
  const { id, code, reason, excerpt } = outcome.fault
  return {
    failure: { file, line, id, code, reason, excerpt, ...(deadLetter === undefined ? {} : { deadLetter }) },
  }
}
