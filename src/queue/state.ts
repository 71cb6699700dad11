import type { Queue } from 'bullmq'
import type { JobData, JobResult, Rules } from './messages.js'

export type ChunkQueue = Queue<JobData, JobResult>

/** What a corpus began with. */
export interface Settings {
  /** Tells this corpus from an earlier one of the same name. */
  readonly run: string
  /** Documents in a chunk. */
  readonly chunk: number
  readonly rules: Rules
}

/** How far a producer came: the first `chunks` chunks hold `documents` documents with this digest. */
export interface Produced {
  readonly chunks: number
  readonly documents: number
  readonly digest: number
}

/** How far the collector came: everything before `chunk` is written. */
export interface Collected {
  readonly chunk: number
  /** Lines of output. */
  readonly documents: number
  /** Documents without one. */
  readonly failures: number
}

interface Speed {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Documents a second, over the last minute. */
  readonly rate: number
}

/** First come, first served: answers what stands there afterwards. */
const CLAIM = {
  name: 'eigennamenClaim',
  numberOfKeys: 1,
  lua: `redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) return redis.call('HGET', KEYS[1], ARGV[1])`,
}

/** A worker that said nothing for so long, in milliseconds, is not counted. */
const SILENT = 60_000

/**
 * What is known of a corpus beside BullMQ's jobs, in four hashes next to them: how far producer and collector are, what finished
 * jobs hold, how fast workers are, and which dead letters the output has passed. All writes may be repeated.
 */
export class State {
  readonly #queue: ChunkQueue
  readonly #keys: {
    readonly main: string
    readonly done: string
    readonly speed: string
    readonly passed: string
  }
  #defined = false

  constructor(queue: ChunkQueue) {
    this.#queue = queue
    const key = (name: string): string => queue.toKey(`eigennamen-${name}`)
    this.#keys = { main: key('state'), done: key('done'), speed: key('speed'), passed: key('passed') }
  }

  async settings(): Promise<Settings | undefined> {
    return parse(await (await this.#client()).hget(this.#keys.main, 'settings'))
  }

  /** Answers the settings that were there first. */
  async claimSettings(settings: Settings): Promise<Settings> {
    return JSON.parse(await this.#claim('settings', JSON.stringify(settings)))
  }

  /** Answers the collector that was there first. */
  claimCollector(id: string): Promise<string> {
    return this.#claim('collector', id)
  }

  async read(): Promise<{
    readonly settings: Settings | undefined
    readonly produced: Produced
    readonly end: Produced | undefined
    readonly collected: Collected
    readonly finished: boolean
  }> {
    const fields = ['settings', 'produced', 'end', 'collected', 'finished']
    const [settings, produced, end, collected, finished] = await (await this.#client()).hmget(
      this.#keys.main,
      ...fields,
    )
    return {
      settings: parse(settings),
      produced: parse(produced) ?? { chunks: 0, documents: 0, digest: 0 },
      end: parse(end),
      collected: parse(collected) ?? { chunk: 0, documents: 0, failures: 0 },
      finished: finished === '1',
    }
  }

  async set(
    values: Partial<{ produced: Produced; end: Produced; collected: Collected; finished: 1 }>,
  ): Promise<void> {
    const fields = Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)])
    await (await this.#client()).hset(this.#keys.main, Object.fromEntries(fields))
  }

  /** @param counts documents recognised, and documents that cannot be */
  async setDone(id: string, counts: readonly [done: number, failed: number]): Promise<void> {
    await (await this.#client()).hset(this.#keys.done, { [id]: counts.join(' ') })
  }

  /** Sums over finished jobs that are not collected. */
  async done(): Promise<{ readonly done: number; readonly failed: number }> {
    const sums = { done: 0, failed: 0 }
    for (const value of Object.values(await (await this.#client()).hgetall(this.#keys.done))) {
      const [done = 0, failed = 0] = value.split(' ').map(Number)
      sums.done += done
      sums.failed += failed
    }
    return sums
  }

  async forgetDone(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await (await this.#client()).hdel(this.#keys.done, ...ids)
  }

  async setSpeed(worker: string, rate: number): Promise<void> {
    const speed: Speed = { at: Date.now(), rate }
    await (await this.#client()).hset(this.#keys.speed, { [worker]: JSON.stringify(speed) })
  }

  async forgetSpeed(...workers: string[]): Promise<void> {
    if (workers.length > 0) await (await this.#client()).hdel(this.#keys.speed, ...workers)
  }

  /** Workers heard of lately, and their documents a second together. */
  async speed(): Promise<{ readonly workers: number; readonly rate: number }> {
    const all = Object.entries(await (await this.#client()).hgetall(this.#keys.speed))
    const speeds = all.map(([worker, value]) => ({ worker, ...(JSON.parse(value) as Speed) }))
    const heard = speeds.filter(({ at }) => Date.now() - at < SILENT)
    await this.forgetSpeed(...speeds.filter((each) => !heard.includes(each)).map(({ worker }) => worker))
    return { workers: heard.length, rate: heard.reduce((sum, { rate }) => sum + rate, 0) }
  }

  /** Dead letters that the output has passed, by id. */
  async passed(): Promise<string[]> {
    return Object.keys(await (await this.#client()).hgetall(this.#keys.passed))
  }

  async addPassed(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await (await this.#client()).hset(this.#keys.passed, Object.fromEntries(ids.map((id) => [id, 1])))
  }

  async forgetPassed(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await (await this.#client()).hdel(this.#keys.passed, ...ids)
  }

  async remove(): Promise<void> {
    await (await this.#client()).del(...Object.values(this.#keys))
  }

  async #claim(field: string, value: string): Promise<string> {
    const client = await this.#client()
    if (!this.#defined) client.defineCommand(CLAIM.name, CLAIM)
    this.#defined = true
    return client.runCommand(CLAIM.name, [this.#keys.main, field, value])
  }

  #client() {
    return this.#queue.getBackend().client
  }
}

function parse<T>(value: string | null | undefined): T | undefined {
  return value === null || value === undefined ? undefined : (JSON.parse(value) as T)
}
