import type { Gazetteer, LookupOptions, Match } from '../gazetteer/gazetteer.js'
import { inflectionBases } from '../gazetteer/morphology.js'

/**
 * People whom the gazetteer lists by one name with the title or office right before it (Kardinal Marx, Prinz William). Title and
 * name may be in the genitive; nothing else is forgiven. Whether a word is a title, the entry itself says.
 * @param start where the name begins in the text
 * @param options those of a look-up of people
 */
export function withTitle(
  text: string,
  start: number,
  name: string,
  gazetteer: Gazetteer,
  options: LookupOptions,
): readonly Match[] {
  const title = TITLE.exec(text.slice(Math.max(0, start - LONGEST), start))?.[1]
  if (title === undefined) return NONE
  for (const office of [title, ...inflectionBases(title)]) {
    for (const form of [name, ...inflectionBases(name)]) {
      const found = gazetteer.searchExact(`${office} ${form}`, options)
      if (found.length > 0)
        return form === name ? found : found.map((match) => ({ ...match, method: 'inflection' }))
    }
  }
  return NONE
}

/** A capitalised word and a gap. Herr and Frau may be anybody: Herr Fuchs of the news is not the one of the story. */
const TITLE = /(?<!\p{L})(?!Herrn?\s|Frau\s)(\p{Lu}\p{L}*)\s$/u
const LONGEST = 40

const NONE: readonly Match[] = []
