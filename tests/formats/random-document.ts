import type { NamedDocument, TokenDocument } from '../../src/formats/document.js'
import { ENTITY_KINDS, ENTITY_TYPES } from '../../src/labels/scheme.js'
import { splitSentences } from '../../src/text/sentences.js'
import { tokenize } from '../../src/text/tokenizer.js'
import { Random } from '../../src/training/random.js'
import type { Entity, Sentence, Token } from '../../src/types.js'

/** What breaks formats: markup of each of them, white space of all kinds, halves and pairs of surrogates, controls. */
// biome-ignore format: one list, read as a whole
const PIECES = [
  'Kiel', 'Russland-Ukraine-Krieg', 'Wla\u00addimir', 'Ö', '👍', '👩‍🚀', '𝔄bc', '\ud800', '\udc00', '\ufeff', '\u0000',
  '\u0007', '\u000b', '\f', '\u0085', '\u2028', '\uffff', '<b>', '</p>', '&amp;', ']]>', '"', "'", ',', ';', '|', '\\', '\\n',
  '->', '[1]', '*', '_', '#Text=', '=', '.', '. Der', '!', '(', ')', '%', '=1+1',
]
const SPACES = [' ', ' ', ' ', ' ', '', '  ', '\t', '\n', '\r\n', '\r', '\n\n', '\u00a0']
const IDS = [undefined, 'Q1707', 'Q42', 'own/7']

export type RandomDocument = NamedDocument & TokenDocument

/** A document of random pieces with mentions on its tokens: names, derived words, and compounds with their host. */
export function randomDocument(seed: number): RandomDocument {
  const random = new Random(seed)
  const pick = <T>(items: readonly T[]): T => items[random.integer(items.length)]!
  const words = (count: number): string =>
    Array.from({ length: count }, () => pick(PIECES) + pick(SPACES)).join('')
  const text = pick(SPACES) + words(random.integer(40))
  const { tokens, sentences } = segment(text)
  const entities: Entity[] = []
  const add = (start: number, end: number, kind: Entity['kind'], host?: Entity['host']): void => {
    const id = pick(IDS)
    entities.push({
      start,
      end,
      text: text.slice(start, end),
      type: pick(ENTITY_TYPES),
      kind,
      ...(host === undefined ? {} : { host }),
      score: (1 + random.integer(1000)) / 1000,
      canonical: pick(PIECES) + words(random.integer(3)),
      ...(id === undefined ? {} : { id }),
      ...(random.integer(2) === 0 ? {} : { link: { method: 'exact', alias: pick(PIECES), score: 1 } }),
      cluster: entities.length,
    })
  }
  for (let at = 0; at < tokens.length; at += 1 + random.integer(3)) {
    const host = tokens[at]!
    const parts = [...host.text.matchAll(/\p{L}{3,}/gu)]
    if (parts.length > 1 && random.integer(2) === 0) {
      for (const part of parts) {
        add(host.start + part.index, host.start + part.index + part[0].length, 'compound', host)
      }
    } else {
      const last = Math.min(tokens.length - 1, at + random.integer(3))
      add(host.start, tokens[last]!.end, pick(ENTITY_KINDS.slice(0, 2)))
      // Now and then a name in a name: never across its end.
      if (last > at && random.integer(3) === 0) add(host.start, tokens[last - 1]!.end, 'name')
      at = last
    }
  }
  return { id: `${words(1)}${seed}`, text, entities, tokens, sentences }
}

/** Tokens and sentences of a text, as a recognised document has them. */
export function segment(text: string): { tokens: Token[]; sentences: Sentence[] } {
  const spans = tokenize(text)
  const starts = splitSentences(text, spans)
  const tokens = Array.from({ length: spans.length }, (_, at) => {
    const start = spans.starts[at]!
    const end = spans.ends[at]!
    return { start, end, text: text.slice(start, end) }
  })
  const sentences = Array.from({ length: starts.length - 1 }, (_, at) => ({
    start: tokens[starts[at]!]!.start,
    end: tokens[starts[at + 1]! - 1]!.end,
  }))
  return { tokens, sentences }
}

/** Runs a check on 300 documents and names the seed that fails. */
export function forRandomDocuments(check: (doc: RandomDocument) => void, count = 300): void {
  for (let seed = 1; seed <= count; seed++) {
    try {
      check(randomDocument(seed))
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error })
    }
  }
}
