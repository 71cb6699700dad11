/** An item with what came of it. */
export interface Paired<T, R> {
  readonly item: T
  readonly result: R
}

/**
 * Runs an asynchronous function over items, several at a time, and yields the results in the order of the items.
 *
 * At most `limit` items are held, results that wait for an earlier one included; the source is not read further until the
 * consumer has taken one. A result is yielded as soon as it is its turn, even while the source keeps the next item back. Where
 * the source fails, the results before the failure come first. The first failing result ends it.
 */
export async function* ordered<T, R>(
  source: Iterable<T> | AsyncIterable<T>,
  limit: number,
  run: (item: T) => Promise<R>,
): AsyncGenerator<Paired<T, R>> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  const held: { readonly item: T; readonly result: Promise<R> }[] = []
  let next: Promise<IteratorResult<T>> | undefined
  let sourceEnded = false
  try {
    for (;;) {
      if (next === undefined && !sourceEnded && held.length < limit) {
        next = (async () => iterator.next())()
        next.catch(() => undefined)
      }
      const head = held[0]
      if (head === undefined && next === undefined) return
      const turn = await firstOf(next, head?.result)
      if (turn === 'result' || next === undefined) {
        const { item, result } = held.shift()!
        yield { item, result: await result }
        continue
      }
      let step: IteratorResult<T>
      try {
        step = await next
      } catch (error) {
        sourceEnded = true
        while (held.length > 0) {
          const { item, result } = held.shift()!
          yield { item, result: await result }
        }
        throw error
      }
      next = undefined
      if (step.done) {
        sourceEnded = true
        continue
      }
      const result = run(step.value)
      // It is awaited in its turn; until then its failure must not count as unhandled.
      result.catch(() => undefined)
      held.push({ item: step.value, result })
    }
  } finally {
    // A source that keeps its next item back may never answer; it is told, but not waited for.
    const ending = sourceEnded ? undefined : iterator.return?.()
    if (next === undefined) await ending
  }
}

/** Which of the two settles first, failures included; the source wins where both have. */
async function firstOf(
  next: Promise<unknown> | undefined,
  result: Promise<unknown> | undefined,
): Promise<'item' | 'result'> {
  const waiting: Promise<'item' | 'result'>[] = []
  if (next !== undefined)
    waiting.push(
      next.then(
        () => 'item',
        () => 'item',
      ),
    )
  if (result !== undefined)
    waiting.push(
      result.then(
        () => 'result',
        () => 'result',
      ),
    )
  return Promise.race(waiting)
}
