import { existsSync } from 'node:fs'
import { readChunks } from '../../corpus/chunks.js'
import { BEGINNING, type Item, readItems } from '../../corpus/items.js'
import { START, splitLines } from '../../corpus/lines.js'
import { draftOf, LineFile, removeFile } from '../../corpus/output.js'
import type { Fields } from '../../corpus/record.js'
import type { Compression, Inputs, Source } from '../../corpus/sources.js'
import { ordered } from '../../pool/ordered.js'
import { UsageError } from '../arguments.js'
import { type Checkpoint, Journal, type Settings } from './checkpoint.js'
import { EntityIndex, writeIndex } from './entity-index.js'
import { ProgressBar, type Terminal } from './progress-bar.js'
import { type Engine, EXIT, faultNote, type Outcome, recognizeItem, TURN } from './recognize.js'
import { formatSummary, NO_COUNTS, Summary } from './summary.js'

/** A run over a corpus. */
export interface Plan {
  readonly inputs: Inputs
  readonly out: string
  readonly fields: Fields
  readonly settings: Settings
  /** File of the entity index, if one is wanted. */
  readonly aggregate: string | undefined
  readonly resume: boolean
  readonly force: boolean
  /** Milliseconds between two checkpoints. */
  readonly checkpointEvery: number
  /** Called once there is something to do; loading a model to find out that there is not would be a waste. */
  readonly open: () => Promise<Engine>
  readonly terminal: Terminal
}

/** Files that a run writes beside OUT. */
export function sideFiles(out: string): { readonly errors: string; readonly progress: string } {
  return { errors: `${out}.errors.jsonl`, progress: `${out}.progress` }
}

/** Everything that a run may write; in a folder of inputs it is not read. */
export function filesWritten(out: string, aggregate: string | undefined): string[] {
  const { errors, progress } = sideFiles(out)
  return [out, errors, progress, draftOf(progress), ...indexFiles(aggregate)]
}

export function indexFiles(aggregate: string | undefined): string[] {
  return aggregate === undefined ? [] : [aggregate, draftOf(aggregate)]
}

/**
 * Recognises a corpus, or goes on where an interrupted run stopped; answers the exit code.
 *
 * Documents are written in their order. From time to time a checkpoint ties a position in the inputs to lengths of the files
 * written; a resumed run cuts them to these lengths and reads on from the position, so that nothing is lost or written twice.
 */
export async function runBatch(plan: Plan): Promise<number> {
  const side = sideFiles(plan.out)
  const journal = new Journal(side.progress, plan.settings, plan.inputs.stamps)
  const from = begin(plan, journal)
  if (from === undefined) {
    plan.terminal.write(
      `eigennamen: ${plan.out} is there and no interrupted run of it is: nothing to resume. --force starts anew.\n`,
    )
    return existsSync(side.errors) ? EXIT.failures : EXIT.done
  }
  const engine = await plan.open()
  try {
    return await new Run(plan, journal, from, engine).run()
  } finally {
    await engine.close()
  }
}

/** Where to start; undefined where a run was finished before. Does not touch OUT. */
function begin({ out, aggregate, resume, force }: Plan, journal: Journal): Checkpoint | undefined {
  const interrupted = existsSync(journal.path)
  if (resume && interrupted) return journal.read()
  if (!force) {
    if (interrupted) {
      throw new UsageError(
        `${journal.path} shows that a run was interrupted; go on with --resume, or start anew with --force`,
      )
    }
    if (resume && existsSync(out)) return undefined
    for (const path of aggregate === undefined ? [out] : [out, aggregate]) {
      if (existsSync(path)) {
        throw new UsageError(`${path} is there already; name another file, or overwrite it with --force`)
      }
    }
  }
  return { position: BEGINNING, output: 0, errors: 0, counts: NO_COUNTS }
}

class Run {
  readonly #plan: Plan
  readonly #journal: Journal
  readonly #from: Checkpoint
  readonly #engine: Engine
  readonly #out: LineFile
  readonly #errors: LineFile
  readonly #summary: Summary
  readonly #index: EntityIndex | undefined
  readonly #bar: ProgressBar
  readonly #read: BytesRead
  #position: Checkpoint['position']
  #savedAt = performance.now()

  constructor(plan: Plan, journal: Journal, from: Checkpoint, engine: Engine) {
    this.#plan = plan
    this.#journal = journal
    this.#from = from
    this.#engine = engine
    // Before OUT is touched: from here on an interruption can be resumed.
    if (from.position === BEGINNING) journal.write(from)
    this.#out = new LineFile(plan.out, from.output)
    this.#errors = new LineFile(sideFiles(plan.out).errors, from.errors)
    this.#summary = new Summary(from.counts)
    this.#index = plan.aggregate === undefined ? undefined : new EntityIndex()
    this.#read = new BytesRead(plan.inputs.sources, from)
    this.#bar = new ProgressBar(plan.terminal, this.#read.total)
    this.#position = from.position
  }

  async run(): Promise<number> {
    const stop = (signal: NodeJS.Signals): void => this.#stop(signal)
    process.on('SIGINT', stop).on('SIGTERM', stop)
    const began = performance.now()
    try {
      if (this.#index !== undefined) await replay(this.#plan.out, this.#from.output, this.#index)
      await this.#recognizeAll()
    } finally {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      this.#bar.clear()
    }
    this.#finish()
    const { counts } = this.#summary
    this.#bar.note(formatSummary(counts, this.#from.counts, (performance.now() - began) / 1000))
    this.#bar.note(`written: ${this.#plan.out}`)
    if (counts.failures === 0) return EXIT.done
    this.#bar.note(`failures: ${this.#errors.path}`)
    return EXIT.failures
  }

  async #recognizeAll(): Promise<void> {
    const { inputs, fields, checkpointEvery } = this.#plan
    const items = readItems(inputs.sources, this.#position, fields, (source, bytes) =>
      this.#read.add(source, bytes),
    )
    let turned = performance.now()
    for await (const { item, result } of ordered(items, this.#engine.window, (each) =>
      recognizeItem(this.#engine, each),
    )) {
      const memberEnded = this.#write(item, result)
      this.#position = item.behind
      const now = performance.now()
      if (memberEnded || now - this.#savedAt >= checkpointEvery) this.#save()
      this.#bar.update(this.#read.bytes, this.#summary.counts)
      if (now - turned > TURN) {
        await new Promise(setImmediate)
        turned = performance.now()
      }
    }
  }

  /** True if a checkpoint is possible now that was not before. */
  #write({ parsed, file, line }: Item, outcome: Outcome): boolean {
    if ('doc' in outcome && parsed.kind === 'text') {
      this.#summary.addDocument(outcome.doc)
      this.#index?.addDocument(outcome.doc.entities)
      return this.#out.append(parsed.text.render(outcome.doc))
    }
    if ('fault' in outcome) {
      const { code, reason, id, excerpt } = outcome.fault
      this.#summary.addFailure()
      this.#errors.append(JSON.stringify({ file, line, id, code, reason, excerpt }))
      this.#bar.note(faultNote({ file, line }, outcome.fault))
    }
    return false
  }

  #save(): void {
    this.#out.settle()
    if (!this.#out.settled) return
    this.#errors.settle()
    this.#out.sync()
    this.#errors.sync()
    this.#journal.write({
      position: this.#position,
      output: this.#out.bytes,
      errors: this.#errors.bytes,
      counts: this.#summary.counts,
    })
    this.#savedAt = performance.now()
  }

  /** Ctrl-C or an end from outside. Everything here is synchronous: between two turns the files are consistent. */
  #stop(signal: NodeJS.Signals): void {
    this.#save()
    this.#bar.clear()
    const { documents } = this.#summary.counts
    this.#bar.note(
      `eigennamen: stopped after ${documents} documents. The same command with --resume goes on from there.`,
    )
    process.exit(signal === 'SIGINT' ? EXIT.interrupted.SIGINT : EXIT.interrupted.SIGTERM)
  }

  #finish(): void {
    this.#out.close()
    this.#errors.close()
    if (this.#summary.counts.failures === 0) removeFile(this.#errors.path)
    const index = this.#index
    if (index !== undefined && this.#plan.aggregate !== undefined)
      writeIndex(this.#plan.aggregate, index, (note) => this.#bar.note(note))
    // Last: from here on there is nothing to resume.
    removeFile(this.#journal.path)
  }
}

/** Brings an index to where it was when OUT had its first `bytes`: OUT itself holds all that was counted. */
async function replay(out: string, bytes: number, index: EntityIndex): Promise<void> {
  if (bytes === 0) return
  const compression: Compression = /\.gz$/i.test(out) ? 'gz' : 'none'
  const chunks = readChunks({ path: out, compression }, 0, undefined, bytes)
  const decoder = new TextDecoder()
  for await (const line of splitLines(chunks, START, Number.POSITIVE_INFINITY)) {
    index.addDocument(JSON.parse(decoder.decode(line.bytes)).entities)
  }
}

/** How many bytes of the inputs were read, for the progress bar. */
class BytesRead {
  /** Of all inputs, on disk; 0 if standard input is among them. */
  readonly total: number
  readonly #before: readonly number[]
  readonly #skipped: (source: number) => number
  #source = -1
  #inSource = 0

  constructor(sources: readonly Source[], { position }: Checkpoint) {
    let sum = 0
    this.#before = sources.map(({ bytes }) => (sum += bytes) - bytes)
    this.total = sources.some(({ path }) => path === '-') ? 0 : sum
    this.#skipped = (source) =>
      source === position.source && sources[source]!.compression === 'none' ? position.offset : 0
  }

  get bytes(): number {
    return this.#source < 0 ? 0 : this.#before[this.#source]! + this.#inSource
  }

  add(source: number, bytes: number): void {
    if (source !== this.#source) {
      this.#source = source
      this.#inSource = this.#skipped(source)
    }
    this.#inSource += bytes
  }
}
