import type { AnnotatedMention, AnnotatedText } from '../formats/annotated.js'
import { parseConll } from '../formats/conll.js'
import { tokenize } from '../text/tokenizer.js'

/** The three fixed parts of the corpus. */
export const SPLITS = ['train', 'dev', 'test'] as const
export type Split = (typeof SPLITS)[number]

export interface CorpusFile {
  readonly path: string
  readonly split: Split
  readonly texts: readonly AnnotatedText[]
}

const GENRES = new Set([
  'agency',
  'regional',
  'national',
  'weekly',
  'broadcaster',
  'sports',
  'business',
  'blotter',
  'feuilleton',
  'science',
  'ticker',
  'headline',
  'caption',
  'interview',
  'parliament',
  'encyclopaedia',
  'press-release',
  'austria',
  'switzerland',
  'obituary',
  'weather',
  'letter',
])

const WORD = /[\p{L}\p{N}]/u

/** What the format's reader cannot see: offsets, word boundaries, doubles, people in two splits. One line a problem. */
export function corpusProblems(files: readonly CorpusFile[]): string[] {
  const problems: string[] = []
  const ids = new Map<string, string>()
  const bodies = new Map<string, string>()
  const invented = new Map<string, Split>()
  const types = new Map<string, string>()
  for (const { path, split, texts } of files) {
    for (const text of texts) {
      const where = `${path}:${text.line}: ${text.id}`
      if (ids.has(text.id)) problems.push(`${where}: the id stands in ${ids.get(text.id)} already`)
      ids.set(text.id, path)
      const body = text.text.replace(/\s+/g, ' ')
      if (bodies.has(body)) problems.push(`${where}: the same text as ${bodies.get(body)}`)
      bodies.set(body, text.id)
      if (body === '') problems.push(`${where}: the text is empty`)
      for (const key of ['genre', 'region', 'topic'])
        if (!text.meta[key]) problems.push(`${where}: the header lacks "${key}"`)
      if (text.meta.genre && !GENRES.has(text.meta.genre))
        problems.push(`${where}: unknown genre "${text.meta.genre}"; known are ${[...GENRES].join(', ')}`)
      for (const mention of text.mentions) {
        problems.push(...mentionProblems(text, mention).map((problem) => `${where}: ${problem}`))
        if (mention.type !== 'PER' || !mention.invented) continue
        const before = invented.get(mention.canonical)
        if (before !== undefined && before !== split)
          problems.push(`${where}: the invented person "${mention.canonical}" occurs in ${before} too`)
        invented.set(mention.canonical, split)
      }
      for (const mention of text.mentions) {
        if (mention.kind !== 'name') continue
        const known = types.get(`${text.id}|${mention.canonical}`)
        if (known !== undefined && known !== mention.type) {
          problems.push(`${where}: "${mention.canonical}" is ${known} and ${mention.type} in one text`)
        }
        types.set(`${text.id}|${mention.canonical}`, mention.type)
      }
    }
  }
  return problems
}

function mentionProblems(text: AnnotatedText, mention: AnnotatedMention): string[] {
  const problems: string[] = []
  const { start, end, canonical } = mention
  const name = `"${mention.text}"`
  if (text.text.slice(start, end) !== mention.text) problems.push(`${name} does not stand at its offsets`)
  const before = text.text[start - 1] ?? ' '
  const after = text.text[end] ?? ' '
  const cutLeft = WORD.test(before) && WORD.test(mention.text[0]!)
  const cutRight = WORD.test(after) && WORD.test(mention.text[mention.text.length - 1]!)
  const hyphens = '-–'
  const joined =
    cutLeft || cutRight || hyphens.includes(before) || hyphens.includes(after) || mention.text.endsWith('-')
  if (mention.kind === 'compound' && !joined)
    problems.push(`${name} is marked as part, but is a word of its own`)
  if (mention.kind !== 'compound' && mention.depth === 0 && (cutLeft || cutRight))
    problems.push(`${name} is cut out of a word; mark it as part`)
  const quoted = /„/.test(mention.text)
  if (
    // Some names are written like an address: ://about blank.
    /^(?!:\/\/)[\s.,;:!?“»«]/.test(mention.text) ||
    /[\s,;:»«]$/.test(mention.text) ||
    (!quoted && /[„“]$/.test(mention.text))
  )
    problems.push(`${name} begins or ends with punctuation`)
  if (canonical.trim() !== canonical || canonical === '' || /[[\]|\n]/.test(canonical))
    problems.push(`the canonical name ${JSON.stringify(canonical)} of ${name} is malformed`)
  if (!/\p{L}|\p{N}/u.test(canonical)) problems.push(`the canonical name of ${name} has no letter`)
  return problems
}

/** A distinct entity of the corpus. */
export interface CorpusEntity {
  readonly type: string
  readonly canonical: string
  readonly invented: boolean
  readonly mentions: number
}

/** All entities, by type and name. */
export function corpusEntities(texts: readonly AnnotatedText[]): CorpusEntity[] {
  const entities = new Map<string, { type: string; canonical: string; invented: boolean; mentions: number }>()
  for (const { type, canonical, invented } of texts.flatMap(({ mentions }) => mentions)) {
    const key = `${type}\t${canonical}`
    const entity = entities.get(key) ?? { type, canonical, invented: false, mentions: 0 }
    entity.mentions++
    entity.invented ||= invented
    entities.set(key, entity)
  }
  return [...entities].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entity]) => entity)
}

/** The table of entities must name each entity of the corpus once, with a well-formed QID or none. */
export function entityTableProblems(table: string, path: string, texts: readonly AnnotatedText[]): string[] {
  const problems: string[] = []
  const listed = new Map<string, boolean>()
  for (const [index, line] of table.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue
    const [type, canonical, qid, invented, ...rest] = line.split('\t')
    const where = `${path}:${index + 1}`
    if (rest.length !== 1) problems.push(`${where}: expected five columns, found ${rest.length + 4}`)
    if (listed.has(`${type}\t${canonical}`)) problems.push(`${where}: "${canonical}" is listed twice`)
    if (qid !== '' && !/^Q[1-9]\d*$/.test(qid ?? '')) problems.push(`${where}: "${qid}" is no QID`)
    if (qid !== '' && invented === 'invented')
      problems.push(`${where}: the invented "${canonical}" has a QID`)
    listed.set(`${type}\t${canonical}`, invented === 'invented')
  }
  for (const { type, canonical, invented } of corpusEntities(texts)) {
    const known = listed.get(`${type}\t${canonical}`)
    if (known === undefined) problems.push(`${path}: lacks ${type} "${canonical}"; run "corpus ids" again`)
    else if (known !== invented)
      problems.push(`${path}: ${type} "${canonical}" is ${invented ? '' : 'not '}invented in the texts`)
    listed.delete(`${type}\t${canonical}`)
  }
  for (const key of listed.keys())
    problems.push(`${path}: "${key.replace('\t', ' ')}" does not occur in the corpus; run "corpus ids" again`)
  return problems
}

/** Figures of the corpus, for its card. */
export interface CorpusStatistics {
  readonly texts: number
  readonly tokens: number
  readonly mentions: number
  readonly byTag: ReadonlyMap<string, number>
  readonly entities: number
  readonly inventedEntities: number
  /** Share of ORG among outer and nested names (PER, ORG, LOC, MISC), in percent. */
  readonly organisationShare: number
  /** Texts whose first three words open another text as well, in percent. */
  readonly repeatedOpenings: number
  /** Sentences of five words or more that occur more than once, in percent. */
  readonly repeatedSentences: number
  /** Distinct n-grams among all n-grams of the first `DISTINCT_TOKENS` tokens, in percent. */
  readonly distinct: readonly [number, number, number]
}

/** Distinct-n depends on the size of the sample, so it is always taken over the same number of tokens. */
export const DISTINCT_TOKENS = 40_000

export function corpusStatistics(texts: readonly AnnotatedText[]): CorpusStatistics {
  const byTag = new Map<string, number>()
  const canonicals = new Map<string, boolean>()
  const openings = new Map<string, number>()
  const sentences = new Map<string, number>()
  const sample: string[] = []
  let tokens = 0
  let mentions = 0
  for (const { text, mentions: marked } of texts) {
    const words = wordsOf(text)
    tokens += words.length
    mentions += marked.length
    for (const word of words) if (sample.length < DISTINCT_TOKENS) sample.push(word)
    count(openings, words.slice(0, 3).join(' '))
    for (const sentence of text.split(/(?<=[.!?])\s+|\n+/))
      if (sentence.split(' ').length >= 5) count(sentences, sentence)
    for (const { type, kind, canonical, invented } of marked) {
      count(byTag, type + (kind === 'name' ? '' : kind === 'derived' ? 'deriv' : 'part'))
      canonicals.set(`${type}|${canonical}`, (canonicals.get(`${type}|${canonical}`) ?? false) || invented)
    }
  }
  const names = ['PER', 'ORG', 'LOC', 'MISC'].reduce((sum, type) => sum + (byTag.get(type) ?? 0), 0)
  return {
    texts: texts.length,
    tokens,
    mentions,
    byTag,
    entities: canonicals.size,
    inventedEntities: [...canonicals.values()].filter(Boolean).length,
    organisationShare: (100 * (byTag.get('ORG') ?? 0)) / Math.max(1, names),
    repeatedOpenings: repeated(openings),
    repeatedSentences: repeated(sentences),
    distinct: [distinct(sample, 1), distinct(sample, 2), distinct(sample, 3)],
  }
}

/** Distinct-n of a CoNLL file over the same number of tokens, for comparison. */
export function distinctOfConll(content: string, source: string): readonly [number, number, number] {
  const sample: string[] = []
  for (const { words } of parseConll(content, source))
    for (const word of words) if (sample.length < DISTINCT_TOKENS) sample.push(word)
  return [distinct(sample, 1), distinct(sample, 2), distinct(sample, 3)]
}

function wordsOf(text: string): string[] {
  const tokens = tokenize(text)
  return Array.from({ length: tokens.length }, (_, i) => text.slice(tokens.starts[i], tokens.ends[i]))
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Share of occurrences whose key occurs more than once, in percent. */
function repeated(counts: Map<string, number>): number {
  let all = 0
  let twice = 0
  for (const times of counts.values()) {
    all += times
    if (times > 1) twice += times
  }
  return (100 * twice) / Math.max(1, all)
}

function distinct(words: readonly string[], n: number): number {
  const grams = new Set<string>()
  for (let at = 0; at + n <= words.length; at++) grams.add(words.slice(at, at + n).join(' '))
  return (100 * grams.size) / Math.max(1, words.length - n + 1)
}
