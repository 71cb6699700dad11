import { CorpusError } from '../errors.js'
import { ENTITY_TYPES, type EntityKind, type EntityType } from '../labels/scheme.js'

/** A mention of an annotated text, with offsets into its plain text. */
export interface AnnotatedMention {
  /** Half-open UTF-16 offsets. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly type: EntityType
  readonly kind: EntityKind
  readonly canonical: string
  /** Marked as invented for the corpus. */
  readonly invented: boolean
  /** 0 for an outer mention, 1 for one nested in another. */
  readonly depth: number
}

/** One text of a corpus file, its markup taken out. */
export interface AnnotatedText {
  readonly id: string
  /** Keys of the header line: genre, region, topic. */
  readonly meta: Readonly<Record<string, string>>
  readonly text: string
  /** Sorted by start, then longer first. */
  readonly mentions: readonly AnnotatedMention[]
  /** 1-based line of the header. */
  readonly line: number
}

const TAG = new RegExp(`^(${ENTITY_TYPES.join('|')})(deriv|part)?$`)
const KIND_OF_SUFFIX: Readonly<Record<string, EntityKind>> = { deriv: 'derived', part: 'compound' }
const DEEPEST = 1

/**
 * Reads the corpus format: `=== id | key: value | ...` begins a text, `[surface|TAG|Canonical]` marks a mention.
 * @throws CorpusError that names file, line and remedy
 */
export function parseAnnotated(content: string, source: string): AnnotatedText[] {
  const texts: AnnotatedText[] = []
  const lines = content.split(/\r?\n/)
  let header: { line: number; text: string } | undefined
  let body: string[] = []
  const flush = (): void => {
    if (header !== undefined) texts.push(parseText(header.text, body, header.line, source))
    body = []
  }
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('===')) {
      flush()
      header = { line: index + 1, text: line }
    } else if (header !== undefined) {
      body.push(line)
    } else if (line !== '' && !line.startsWith('#')) {
      throw new CorpusError(
        `${source}:${index + 1}: text before the first "=== id" line: ${JSON.stringify(line.slice(0, 60))}. Begin each text with such a line, and comments with "#".`,
        index + 1,
      )
    }
  }
  flush()
  return texts
}

function parseText(header: string, body: readonly string[], line: number, source: string): AnnotatedText {
  const [id = '', ...fields] = header
    .replace(/^=+/, '')
    .split('|')
    .map((field) => field.trim())
  if (id === '')
    throw new CorpusError(
      `${source}:${line}: the text has no id. Write "=== id | genre: ... | region: ... | topic: ...".`,
      line,
    )
  const meta: Record<string, string> = {}
  for (const field of fields) {
    const colon = field.indexOf(':')
    if (colon < 0)
      throw new CorpusError(
        `${source}:${line}: expected "key: value" in the header, found ${JSON.stringify(field)}.`,
        line,
      )
    meta[field.slice(0, colon).trim()] = field.slice(colon + 1).trim()
  }
  let first = 0
  let last = body.length
  while (first < last && body[first]!.trim() === '') first++
  while (last > first && body[last - 1]!.trim() === '') last--
  const reader = new MarkupReader(
    body.slice(first, last).join('\n'),
    `${source}:${line + 1 + first}: ${id}`,
    line + 1 + first,
  )
  return { id, meta, ...reader.read(), line }
}

interface OpenMention {
  readonly start: number
  readonly position: number
}

/** Takes the markup out of one text. */
class MarkupReader {
  private readonly markup: string
  private readonly place: string
  private readonly line: number
  /** Code units of the text without its markup. */
  private readonly plain: string[] = []
  private readonly open: OpenMention[] = []
  private readonly mentions: AnnotatedMention[] = []

  constructor(markup: string, place: string, line: number) {
    this.markup = markup
    this.place = place
    this.line = line
  }

  read(): { text: string; mentions: readonly AnnotatedMention[] } {
    const { markup } = this
    let at = 0
    while (at < markup.length) {
      const char = markup[at]!
      if (char === '\\' && at + 1 < markup.length) {
        this.plain.push(markup[at + 1]!)
        at += 2
      } else if (char === '[') {
        this.open.push({ start: this.plain.length, position: at })
        at++
      } else if (char === '|') {
        at = this.close(at)
      } else if (char === ']') {
        throw this.fault(
          'a "]" without its mention',
          at,
          'Write [surface|TAG], or \\] for the character itself',
        )
      } else {
        this.plain.push(char)
        at++
      }
    }
    if (this.open.length > 0) {
      throw this.fault(
        'a mention that is not closed',
        this.open[0]!.position,
        'Write [surface|TAG], or \\[ for the character itself',
      )
    }
    this.mentions.sort((a, b) => a.start - b.start || b.end - a.end)
    return { text: this.plain.join(''), mentions: this.mentions }
  }

  private close(at: number): number {
    const mention = this.open.pop()
    const end = this.markup.indexOf(']', at)
    if (mention === undefined || end < 0) {
      throw this.fault(
        'a "|" outside of a mention',
        at,
        'Write [surface|TAG|Canonical name], or \\| for the character itself',
      )
    }
    const [tag, canonical, ...more] = this.markup.slice(at + 1, end).split('|')
    const match = TAG.exec(tag!)
    if (match === null) {
      throw this.fault(
        `the unknown tag ${JSON.stringify(tag)}`,
        at,
        `Use one of ${ENTITY_TYPES.join(', ')}, plain or with deriv or part`,
      )
    }
    if (more.length > 0)
      throw this.fault('more than one canonical name', at, 'Write [surface|TAG|Canonical name]')
    const surface = this.plain.slice(mention.start).join('')
    if (surface.trim() !== surface || surface === '') {
      throw this.fault(
        `the mention ${JSON.stringify(surface)}`,
        at,
        'A mention neither begins nor ends with a space and is not empty',
      )
    }
    if (this.open.length > DEEPEST)
      throw this.fault('a mention nested too deep', at, 'Mentions nest one level deep')
    this.mentions.push({
      start: mention.start,
      end: this.plain.length,
      text: surface,
      type: match[1] as EntityType,
      kind: KIND_OF_SUFFIX[match[2] ?? ''] ?? 'name',
      canonical: canonical?.replace(/^\*/, '') || surface,
      invented: canonical?.startsWith('*') ?? false,
      depth: this.open.length,
    })
    return end + 1
  }

  private fault(what: string, at: number, remedy: string): CorpusError {
    const line = this.line + this.markup.slice(0, at).split('\n').length - 1
    const near = this.markup.slice(Math.max(0, at - 25), at + 15).replace(/\n/g, ' ')
    return new CorpusError(
      `${this.place}: found ${what} near ${JSON.stringify(near)} (line ${line}). ${remedy}.`,
      line,
    )
  }
}
