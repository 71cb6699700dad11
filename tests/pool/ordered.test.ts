import { describe, expect, it } from 'vitest'
import { ordered } from '../../src/pool/ordered.js'

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function collect<T>(results: AsyncIterable<{ result: T }>): Promise<T[]> {
  const found: T[] = []
  for await (const { result } of results) found.push(result)
  return found
}

describe('ordered', () => {
  it('keeps the order, however long each takes', async () => {
    const delays = [20, 1, 10, 0, 5, 0, 15]
    const run = async (ms: number): Promise<number> => wait(ms).then(() => ms)
    expect(await collect(ordered(delays, 3, run))).toEqual(delays)
    expect(await collect(ordered([], 3, run))).toEqual([])
  })

  it('holds at most `limit` items and reads no faster than its results are taken', async () => {
    let read = 0
    let taken = 0
    let most = 0
    function* source(): Generator<number> {
      for (; read < 50; ) yield read++
    }
    for await (const { item } of ordered(source(), 4, async (n) => n)) {
      expect(item).toBe(taken)
      most = Math.max(most, read - taken)
      taken++
      if (taken % 10 === 0) await wait(2)
    }
    expect(taken).toBe(50)
    expect(most).toBeLessThanOrEqual(4)
  })

  it('yields what is done while the source keeps the next item back', async () => {
    let release = (): void => undefined
    const blocked = new Promise<void>((resolve) => {
      release = resolve
    })
    async function* source(): AsyncGenerator<number> {
      yield 1
      await blocked
      yield 2
    }
    const results = ordered(source(), 8, async (n) => n)
    expect((await results.next()).value).toEqual({ item: 1, result: 1 })
    release()
    expect((await results.next()).value).toEqual({ item: 2, result: 2 })
    expect((await results.next()).done).toBe(true)
  })

  it('yields what came before a failure of the source, then fails', async () => {
    async function* source(): AsyncGenerator<number> {
      yield 1
      yield 2
      throw new Error('the disk is gone')
    }
    const found: number[] = []
    const all = (async () => {
      const slow = async (n: number): Promise<number> => wait(5).then(() => n)
      for await (const { result } of ordered(source(), 8, slow)) found.push(result)
    })()
    await expect(all).rejects.toThrow('the disk is gone')
    expect(found).toEqual([1, 2])
  })

  it('ends with the first failing result and tells the source when the consumer leaves', async () => {
    let ended = 0
    function* source(): Generator<number> {
      try {
        for (let n = 0; ; n++) yield n
      } finally {
        ended++
      }
    }
    const run = async (n: number): Promise<number> => {
      if (n === 3) throw new Error('three')
      return n
    }
    await expect(collect(ordered(source(), 2, run))).rejects.toThrow('three')
    expect(ended).toBe(1)
    for await (const { item } of ordered(source(), 2, async (n) => n)) if (item === 5) break
    expect(ended).toBe(2)
  })
})
