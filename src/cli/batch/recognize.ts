import type { Item } from '../../corpus/items.js'
import type { Fault } from '../../corpus/record.js'
import { EigennamenError } from '../../errors.js'
import type { Document } from '../../index.js'

/** What recognises the texts. */
export interface Engine {
  recognize(text: string): Promise<Document>
  /** Texts to hold at a time. */
  readonly window: number
  close(): Promise<void>
}

export type Outcome = { readonly doc: Document } | { readonly fault: Fault }

/** Longest time without a look at signals, timers and pipes, in milliseconds. */
export const TURN = 50

export const EXIT = { done: 0, failures: 1, interrupted: { SIGINT: 130, SIGTERM: 143 } } as const

/** One text must not cost the others their run; but without workers there is no going on. */
export async function recognizeItem(engine: Engine, { parsed }: Item): Promise<Outcome> {
  if (parsed.kind === 'fault') return { fault: parsed.fault }
  try {
    return { doc: await engine.recognize(parsed.text.text) }
  } catch (error) {
    if (error instanceof EigennamenError && error.code === 'POOL_CLOSED') throw error
    return { fault: { code: 'RECOGNITION', reason: (error as Error).message, id: parsed.text.id } }
  }
}

/** A fault with its place, for standard error. */
export function faultNote({ file, line }: Pick<Item, 'file' | 'line'>, { reason }: Fault): string {
  return `eigennamen: ${file}${line === undefined ? '' : `:${line}`}: ${reason}`
}
