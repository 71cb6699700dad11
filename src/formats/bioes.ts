import { classOfLabel, insideLabel, isInside, LABEL_NAMES, OUTSIDE } from '../labels/scheme.js'

/**
 * Tags of IOB2 labels in the BIOES scheme (Ratinov and Roth, CoNLL 2009): S for a mention of one token, E for the last token
 * of a longer one. Shape: one tag a label.
 */
export function bioesTags(labels: ArrayLike<number>): string[] {
  return Array.from({ length: labels.length }, (_, at) => {
    const label = labels[at]!
    const name = LABEL_NAMES[label]!
    if (label === OUTSIDE) return name
    const ends = labels[at + 1] !== insideLabel(classOfLabel(label))
    if (!ends) return name
    return `${isInside(label) ? 'E' : 'S'}${name.slice(1)}`
  })
}

/** The IOB2 tag of a BIOES one: S begins, E continues. Other tags are answered as they stand. */
export function iobTag(tag: string): string {
  if (tag.startsWith('S-')) return `B${tag.slice(1)}`
  return tag.startsWith('E-') ? `I${tag.slice(1)}` : tag
}
