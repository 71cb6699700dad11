import type { Entity } from '../types.js'
import { codePointOffsets } from './code-points.js'

/**
 * Brat stand-off annotation (.ann) of a text: `T1 TAB TYPE start end TAB text`, offsets in code points as brat counts them;
 * kind, canonical name and id as attributes and notes.
 */
export function formatBrat(text: string, entities: readonly Entity[]): string {
  const offset = codePointOffsets(text)
  const lines: string[] = []
  for (const [index, entity] of entities.entries()) {
    const number = index + 1
    // Brat writes a line break inside an annotation as a space.
    const surface = entity.text.replace(/\s/g, ' ')
    lines.push(`T${number}\t${entity.type} ${offset(entity.start)} ${offset(entity.end)}\t${surface}`)
    if (entity.kind !== 'name') lines.push(`A${number}\tKind T${number} ${entity.kind}`)
    lines.push(
      `#${number}\tAnnotatorNotes T${number}\t${[entity.canonical, entity.id].filter(Boolean).join(' | ')}`,
    )
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
