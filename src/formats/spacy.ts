import { checkDocument, PLAIN } from './check.js'
import { classNameOf } from './class-name.js'
import { codePointOffsets } from './code-points.js'
import type { EntityDocument, TokenDocument } from './document.js'

/** Half-open offsets in code points. */
interface Place {
  readonly start: number
  readonly end: number
}

/** A document as spaCy's `Doc.to_json` writes it (https://spacy.io/api/doc#to_json), as far as names matter. */
export interface SpacyDocument {
  readonly text: string
  readonly ents: readonly (Place & { readonly label: string; readonly kb_id: string })[]
  /** Sentences; absent where the document has none. */
  readonly sents?: readonly Place[]
  /** Tokens as `Doc.from_json` wants them; absent where the document has none. */
  readonly tokens?: readonly (Place & { readonly id: number })[]
}

/**
 * A document as spaCy JSON, for `Doc.from_json`, with offsets in code points and QIDs in `kb_id`.
 * spaCy allows no overlapping `ents`: of overlapping mentions the longer is kept. Derived words and compounds carry their
 * kind in the label (LOCderiv, ORGpart) as the corpora do.
 */
export function toSpacy(doc: EntityDocument & Partial<TokenDocument>): SpacyDocument {
  checkDocument('toSpacy', doc, PLAIN)
  const { text, entities } = doc
  const offset = codePointOffsets(text)
  const ents: SpacyDocument['ents'][number][] = []
  const cuts = new Set<number>()
  let end = -1
  for (const entity of entities) {
    if (entity.start < end) continue
    end = entity.end
    ents.push({
      start: offset(entity.start),
      end: offset(entity.end),
      label: classNameOf(entity),
      kb_id: entity.id ?? '',
    })
    cuts.add(entity.start).add(entity.end)
  }
  const toPlace = (place: Place): Place => ({ start: offset(place.start), end: offset(place.end) })
  return {
    text,
    ents,
    ...(doc.sentences === undefined ? {} : { sents: doc.sentences.map(toPlace) }),
    ...(doc.tokens === undefined
      ? {}
      : { tokens: spacyTokens(text, doc.tokens, cuts).map((place, id) => ({ id, ...toPlace(place) })) }),
  }
}

/**
 * Tokens that spaCy can rebuild text and `ents` from: a token may have one space behind it and no more, so other white space
 * becomes tokens of its own, as spaCy's tokeniser makes them; a word is cut where a mention begins or ends inside it.
 */
function spacyTokens(text: string, tokens: readonly Place[], cuts: ReadonlySet<number>): Place[] {
  const result: Place[] = []
  let at = 0
  const fill = (to: number): void => {
    const from = at > 0 && text[at] === ' ' ? at + 1 : at
    if (from < to) result.push({ start: from, end: to })
  }
  for (const { start, end } of tokens) {
    fill(start)
    let from = start
    for (let cut = start + 1; cut <= end; cut++) {
      if (cut !== end && !cuts.has(cut)) continue
      result.push({ start: from, end: cut })
      from = cut
    }
    at = end
  }
  fill(text.length)
  return result
}
