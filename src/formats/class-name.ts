import { CorpusError, describe } from '../errors.js'
import {
  CLASS_NAMES,
  classOf,
  classOfLabel,
  type EntityKind,
  type EntityType,
  kindOfClass,
  labelOf,
  typeOfClass,
} from '../labels/scheme.js'

/** Type and kind in one word, as GermEval 2014 writes them: `LOC`, `LOCderiv`, `ORGpart`. */
export function classNameOf(mention: { readonly type: EntityType; readonly kind: EntityKind }): string {
  return CLASS_NAMES[classOf(mention.type, mention.kind)]!
}

/**
 * The inverse; GermEval's OTH is MISC.
 * @throws CorpusError for any other word; `place` names file and line
 */
export function readClassName(
  name: unknown,
  place: string,
  line?: number,
): { readonly type: EntityType; readonly kind: EntityKind } {
  const label = typeof name === 'string' ? labelOf(`B-${name}`) : undefined
  if (label === undefined) {
    throw new CorpusError(
      `${place}: unknown label ${describe(name)}; expected one of ${CLASS_NAMES.join(', ')}, or OTH for MISC. Map other labels to these first.`,
      line,
    )
  }
  const cls = classOfLabel(label)
  return { type: typeOfClass(cls), kind: kindOfClass(cls) }
}
