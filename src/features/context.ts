import { combine } from '../binary/hash.js'
import type { SentenceFacts } from './sentence-facts.js'
import type { Emit } from './word-type.js'

/** Salt of the templates; never reuse a number. Far from the word-type templates, which end below 4,096. */
const BASE = 0x10000

/** Value of a token beyond the sentence's edges. */
const EDGE = -1

/**
 * Features of a token that combine several words, or that depend on the sentence: neighbours' pairs, phrase matches.
 * Everything is integer arithmetic on the facts; nothing is allocated.
 */
export function contextFeatures(facts: SentenceFacts, at: number, emit: Emit): void {
  const last = facts.length - 1
  const hasLeft = at > 0
  const hasRight = at < last
  const w0 = facts.lower[at]!
  const wl = hasLeft ? facts.lower[at - 1]! : EDGE
  const wr = hasRight ? facts.lower[at + 1]! : EDGE
  const s0 = facts.shape[at]!
  const sl = hasLeft ? facts.shape[at - 1]! : EDGE
  const sr = hasRight ? facts.shape[at + 1]! : EDGE
  const c0 = facts.cluster1024[at]!
  const cl = hasLeft ? facts.cluster1024[at - 1]! : EDGE
  const cr = hasRight ? facts.cluster1024[at + 1]! : EDGE
  const d0 = facts.cluster256[at]!
  const dl = hasLeft ? facts.cluster256[at - 1]! : EDGE
  const dr = hasRight ? facts.cluster256[at + 1]! : EDGE
  const k0 = facts.codes[at]!
  const kl = hasLeft ? facts.codes[at - 1]! : EDGE
  const kr = hasRight ? facts.codes[at + 1]! : EDGE
  const g0 = facts.phrase[at]!
  const gl = hasLeft ? facts.phrase[at - 1]! : 0
  const gr = hasRight ? facts.phrase[at + 1]! : 0

  emit(combine(BASE + 1, combine(wl, w0)))
  emit(combine(BASE + 2, combine(w0, wr)))
  emit(combine(BASE + 3, combine(wl, wr)))
  emit(combine(BASE + 4, combine(sl, s0)))
  emit(combine(BASE + 5, combine(s0, sr)))
  emit(combine(BASE + 6, combine(combine(sl, s0), sr)))
  emit(combine(BASE + 7, combine(cl, c0)))
  emit(combine(BASE + 8, combine(c0, cr)))
  emit(combine(BASE + 9, combine(combine(dl, d0), dr)))
  emit(combine(BASE + 10, combine(kl, k0)))
  emit(combine(BASE + 11, combine(k0, kr)))
  emit(combine(BASE + 12, combine(wl, s0)))
  emit(combine(BASE + 13, combine(s0, wr)))
  emit(combine(BASE + 14, combine(wl, k0)))
  emit(combine(BASE + 15, combine(k0, wr)))
  emit(combine(BASE + 16, combine(cl, s0)))
  emit(combine(BASE + 17, combine(s0, cr)))
  emit(combine(BASE + 18, combine(combine(at > 1 ? facts.lower[at - 2]! : EDGE, wl), s0)))
  emit(combine(BASE + 19, combine(combine(s0, wr), at < last - 1 ? facts.lower[at + 2]! : EDGE)))
  emit(combine(BASE + 20, combine(facts.suffix[at]!, wl)))
  emit(combine(BASE + 21, combine(facts.suffix[at]!, wr)))
  if (g0 !== 0) {
    emit(combine(BASE + 22, g0))
    emit(combine(BASE + 23, combine(g0, wl)))
    emit(combine(BASE + 24, combine(g0, k0)))
    emit(combine(BASE + 25, combine(g0, d0)))
  }
  if (gl !== 0) emit(combine(BASE + 26, gl))
  if (gr !== 0) emit(combine(BASE + 27, gr))
  if (!hasLeft) {
    emit(combine(BASE + 28, s0))
    emit(combine(BASE + 29, d0))
    emit(combine(BASE + 30, k0))
  }
  if (!hasRight) emit(combine(BASE + 31, s0))
  if (facts.quoted[at] === 1) {
    emit(combine(BASE + 32, s0))
    emit(combine(BASE + 33, k0))
  }
  const head = headBefore(facts, at)
  if (head >= 0) {
    emit(combine(BASE + 34, combine(facts.lower[head]!, w0)))
    emit(combine(BASE + 35, combine(facts.cluster1024[head]!, s0)))
    emit(combine(BASE + 36, combine(facts.cluster256[head]!, w0)))
    emit(combine(BASE + 37, combine(facts.suffix[head]!, s0)))
  }
}

/** Farthest place of the head noun before a token of a long name. */
const FARTHEST_HEAD = 5

/**
 * The nearest capitalised word two to five places before: the head of names like Institut für Pflanzenbau und Pflanzenzucht,
 * whose later words only it can explain. -1 where there is none.
 */
function headBefore(facts: SentenceFacts, at: number): number {
  for (let place = at - 1; place >= 0 && at - place <= FARTHEST_HEAD; place--) {
    if (facts.capital[place] === 1 && place < at - 1) return place
  }
  return -1
}
