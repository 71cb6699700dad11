import { ENTITY_KINDS, ENTITY_TYPES } from '../labels/scheme.js'
import type { AnnotatedMention, AnnotatedText } from './annotated.js'
import { codePointOffsets, utf16Offsets } from './code-points.js'

/** An annotated text as spaCy JSON; `spans` may nest, unlike spaCy's `ents`. Offsets in code points. */
export interface SpacyAnnotated {
  readonly id: string
  readonly meta: Readonly<Record<string, string>>
  readonly text: string
  readonly spans: {
    readonly mentions: readonly {
      readonly start: number
      readonly end: number
      readonly label: string
      readonly kb_id: string
    }[]
  }
}

const SUFFIX: Readonly<Record<AnnotatedMention['kind'], string>> = {
  name: '',
  derived: 'deriv',
  compound: 'part',
}

export function annotatedToSpacy(annotated: AnnotatedText): SpacyAnnotated {
  const offset = codePointOffsets(annotated.text)
  const mentions = annotated.mentions.map(({ start, end, type, kind, canonical, invented }) => ({
    start: offset(start),
    end: offset(end),
    label: type + SUFFIX[kind],
    kb_id: `${invented ? '*' : ''}${canonical}`,
  }))
  return { id: annotated.id, meta: annotated.meta, text: annotated.text, spans: { mentions } }
}

export function annotatedFromSpacy(doc: SpacyAnnotated): Omit<AnnotatedText, 'line'> {
  const utf16 = utf16Offsets(doc.text)
  return {
    id: doc.id,
    meta: doc.meta,
    text: doc.text,
    mentions: withDepth(
      doc.spans.mentions.map(({ start, end, label, kb_id }) =>
        mention(doc.text, utf16(start), utf16(end), label, kb_id),
      ),
    ),
  }
}

/** Brat stand-off annotation of a text; offsets in code points. Texts with line breaks inside a mention do not occur. */
export function annotatedToBrat(annotated: AnnotatedText): string {
  const offset = codePointOffsets(annotated.text)
  const lines = annotated.mentions.flatMap(({ start, end, text, type, kind, canonical, invented }, index) => [
    `T${index + 1}\t${type}${SUFFIX[kind]} ${offset(start)} ${offset(end)}\t${text}`,
    `#${index + 1}\tAnnotatorNotes T${index + 1}\t${invented ? '*' : ''}${canonical}`,
  ])
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

export function mentionsFromBrat(text: string, annotation: string): AnnotatedMention[] {
  const utf16 = utf16Offsets(text)
  const notes = new Map<string, string>()
  const found: { id: string; label: string; start: number; end: number }[] = []
  for (const line of annotation.split('\n')) {
    const [id = '', body = '', value = ''] = line.split('\t')
    if (id.startsWith('#')) notes.set(body.split(' ')[1]!, value)
    if (!id.startsWith('T')) continue
    const [label, start, end] = body.split(' ')
    found.push({ id, label: label!, start: Number(start), end: Number(end) })
  }
  return withDepth(
    found.map(({ id, label, start, end }) =>
      mention(text, utf16(start), utf16(end), label, notes.get(id) ?? ''),
    ),
  )
}

type FlatMention = Omit<AnnotatedMention, 'depth'>

function mention(text: string, start: number, end: number, label: string, canonical: string): FlatMention {
  const type = ENTITY_TYPES.find((name) => label.startsWith(name))!
  const kind = ENTITY_KINDS.find((name) => type + SUFFIX[name] === label)!
  return {
    start,
    end,
    text: text.slice(start, end),
    type,
    kind,
    canonical: canonical.replace(/^\*/, ''),
    invented: canonical.startsWith('*'),
  }
}

/** Depth is not stored by other formats: it follows from which mention lies in which, in document order. */
function withDepth(mentions: readonly FlatMention[]): AnnotatedMention[] {
  let end = -1
  return mentions.map((item) => {
    const nested = item.start < end
    if (!nested) end = item.end
    return { ...item, depth: nested ? 1 : 0 }
  })
}
