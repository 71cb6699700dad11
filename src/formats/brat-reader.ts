import { CorpusError } from '../errors.js'
import { ENTITY_KINDS, type EntityKind } from '../labels/scheme.js'
import { readClassName } from './class-name.js'
import { utf16Offsets } from './code-points.js'
import type { ReadDocument, ReadMention } from './document.js'

const TEXT_BOUND = /^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t/
const ATTRIBUTE = /^A\d+\tKind (T\d+) (\S+)$/
const REFERENCE = /^N\d+\tReference (T\d+) [^:\s]+:(\S+)/
const NOTE = /^#\d+\tAnnotatorNotes (T\d+)\t([\s\S]*)$/

/** Facts about a mention that stand on lines of their own. */
interface Facts {
  kind?: EntityKind
  id?: string
  canonical?: string
}

/**
 * Reads brat stand-off annotation (http://brat.nlplab.org/standoff.html) of a text. A mention of several fragments is read
 * as one from the first to the last. Relations, events and other lines are passed over.
 * @throws CorpusError for a T line of another form, an unknown label, or an offset beyond the text
 */
export function readBrat(text: string, annotation: string, source = 'brat'): ReadDocument {
  const utf16 = utf16Offsets(text)
  const facts = new Map<string, Facts>()
  const factsOf = (id: string): Facts => {
    const known = facts.get(id) ?? {}
    facts.set(id, known)
    return known
  }
  const found: { id: string; mention: ReadMention }[] = []
  for (const [index, line] of annotation.split(/\r?\n/).entries()) {
    let match: RegExpExecArray | null
    if (line.startsWith('T')) {
      found.push(readMention(line, text, utf16, `${source}:${index + 1}`, index + 1))
    } else if ((match = ATTRIBUTE.exec(line)) !== null) {
      const kind = ENTITY_KINDS.find((known) => known === match![2])
      if (kind !== undefined) factsOf(match[1]!).kind = kind
    } else if ((match = REFERENCE.exec(line)) !== null) {
      factsOf(match[1]!).id = match[2]!
    } else if ((match = NOTE.exec(line)) !== null) {
      factsOf(match[1]!).canonical = match[2]!
    }
  }
  return { text, mentions: found.map(({ id, mention }) => ({ ...mention, ...facts.get(id) })) }
}

function readMention(
  line: string,
  text: string,
  utf16: (offset: number) => number,
  place: string,
  number: number,
): { id: string; mention: ReadMention } {
  const match = TEXT_BOUND.exec(line)
  if (match === null) {
    throw new CorpusError(
      `${place}: expected "T1 TAB LABEL START END TAB TEXT", found ${JSON.stringify(line.slice(0, 60))}. Separate the columns by one tab.`,
      number,
    )
  }
  const offsets = match[3]!.split(/[ ;]/).map(Number)
  const start = utf16(offsets[0]!)
  const end = utf16(offsets[offsets.length - 1]!)
  if (end > text.length || start >= end) {
    throw new CorpusError(
      `${place}: ${match[1]} spans ${match[3]}, but the text has ${[...text].length} characters. Read the .ann file with the .txt file it was made for.`,
      number,
    )
  }
  return {
    id: match[1]!,
    mention: { start, end, text: text.slice(start, end), ...readClassName(match[2], place, number) },
  }
}
