import { BEGINNING, readItems } from '../../corpus/items.js'
import type { Fields } from '../../corpus/record.js'
import type { Inputs } from '../../corpus/sources.js'
import { ordered } from '../../pool/ordered.js'
import { EntityIndex, writeIndex } from './entity-index.js'
import { LineStream } from './line-stream.js'
import { ProgressBar, type Terminal } from './progress-bar.js'
import { type Engine, EXIT, faultNote, recognizeItem, TURN } from './recognize.js'
import { formatSummary, NO_COUNTS, Summary } from './summary.js'

/** A corpus on its way through a pipe. */
export interface FilterPlan {
  readonly inputs: Inputs
  readonly out: NodeJS.WritableStream
  readonly fields: Fields
  /** File of the entity index, if one is wanted. */
  readonly aggregate: string | undefined
  readonly open: () => Promise<Engine>
  readonly terminal: Terminal
}

/**
 * Recognises a corpus and writes its lines to a pipe, each as soon as it is its turn; answers the exit code. What a pipe has taken
 * cannot be taken back, so there is nothing to resume; faults are named on the terminal alone.
 */
export async function runFilter({
  inputs,
  out,
  fields,
  aggregate,
  open,
  terminal,
}: FilterPlan): Promise<number> {
  const engine = await open()
  const summary = new Summary()
  const index = aggregate === undefined ? undefined : new EntityIndex()
  const lines = new LineStream(out)
  const bar = new ProgressBar(terminal, 0)
  const stop = (signal: NodeJS.Signals): void => {
    lines.flush()
    bar.note(`eigennamen: stopped after ${summary.counts.documents} documents.`)
    process.exit(signal === 'SIGINT' ? EXIT.interrupted.SIGINT : EXIT.interrupted.SIGTERM)
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  const began = performance.now()
  let turned = began
  try {
    const items = readItems(inputs.sources, BEGINNING, fields, () => undefined)
    for await (const { item, result } of ordered(items, engine.window, (each) =>
      recognizeItem(engine, each),
    )) {
      if ('doc' in result && item.parsed.kind === 'text') {
        summary.addDocument(result.doc)
        index?.addDocument(result.doc.entities)
        await lines.append(item.parsed.text.render(result.doc))
      } else if ('fault' in result) {
        summary.addFailure()
        bar.note(faultNote(item, result.fault))
      }
      bar.update(0, summary.counts)
      if (performance.now() - turned > TURN) {
        await new Promise(setImmediate)
        turned = performance.now()
      }
    }
    await lines.end()
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    bar.clear()
    await engine.close()
  }
  if (index !== undefined && aggregate !== undefined) writeIndex(aggregate, index, (note) => bar.note(note))
  bar.note(formatSummary(summary.counts, NO_COUNTS, (performance.now() - began) / 1000))
  return summary.counts.failures === 0 ? EXIT.done : EXIT.failures
}
