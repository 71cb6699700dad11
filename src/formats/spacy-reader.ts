import { CorpusError, describe } from '../errors.js'
import { readClassName } from './class-name.js'
import { utf16Offsets } from './code-points.js'
import type { ReadDocument, ReadMention } from './document.js'
import { field, parseJson } from './json.js'

/**
 * Reads one document of spaCy JSON (https://spacy.io/api/doc#to_json): a JSON text, or its parsed value.
 * @throws CorpusError for anything else, an unknown label, or an offset beyond the text
 */
export function readSpacy(json: unknown, source = 'spaCy JSON'): ReadDocument {
  const doc = parseJson(json, source)
  const text = field(doc, 'text')
  const ents = field(doc, 'ents')
  if (typeof text !== 'string' || !Array.isArray(ents)) {
    throw new CorpusError(
      `${source}: expected one document { "text": "...", "ents": [...] }, got ${describe(doc)}. Pass the documents of a list one by one.`,
    )
  }
  const utf16 = utf16Offsets(text)
  return { text, mentions: ents.map((ent, index) => readEnt(ent, text, utf16, `${source}: ents[${index}]`)) }
}

function readEnt(ent: unknown, text: string, utf16: (offset: number) => number, place: string): ReadMention {
  const start = utf16(Number(field(ent, 'start')))
  const end = utf16(Number(field(ent, 'end')))
  if (!(start >= 0 && start < end && end <= text.length)) {
    throw new CorpusError(
      `${place}: expected offsets within the text's ${[...text].length} characters, found start ${describe(field(ent, 'start'))} and end ${describe(field(ent, 'end'))}. Count in code points, as spaCy does.`,
    )
  }
  const id = field(ent, 'kb_id')
  return {
    start,
    end,
    text: text.slice(start, end),
    ...readClassName(field(ent, 'label'), place),
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
  }
}
