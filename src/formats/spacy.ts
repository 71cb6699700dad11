import type { Entity } from '../types.js'
import { codePointOffsets } from './code-points.js'

/** A document as spaCy's `Doc.to_json` writes it, the part that names matter for; offsets in code points. */
export interface SpacyDocument {
  readonly text: string
  readonly ents: readonly {
    readonly start: number
    readonly end: number
    readonly label: string
    readonly kb_id: string
  }[]
}

/**
 * spaCy allows no overlapping `ents`: of overlapping mentions the longer is kept. Derived words and compounds carry their
 * kind in the label (LOCderiv, ORGpart) as the corpora do.
 */
export function toSpacy(text: string, entities: readonly Entity[]): SpacyDocument {
  const offset = codePointOffsets(text)
  const ents: SpacyDocument['ents'][number][] = []
  let end = -1
  for (const entity of entities) {
    if (entity.start < end) continue
    end = entity.end
    const suffix = entity.kind === 'derived' ? 'deriv' : entity.kind === 'compound' ? 'part' : ''
    ents.push({
      start: offset(entity.start),
      end: offset(entity.end),
      label: entity.type + suffix,
      kb_id: entity.id ?? '',
    })
  }
  return { text, ents }
}
