import type { Gazetteer } from '../gazetteer/gazetteer.js'
import type { Mention } from './mention.js'
import { behindPosition, isPosition, joinsPositions } from './positions.js'

/**
 * Completes what is suspended before another name: the Nord- of Nord- und Südkorea is Nordkorea. Where the gazetteer has no such
 * name the mention is left out, for Nord alone is none. Other suspended words (SPD- und Grünen-Politiker) are names already.
 * @param mentions in order of the text
 */
export function completeSuspended(
  mentions: readonly Mention[],
  text: string,
  gazetteer: Gazetteer,
): readonly Mention[] {
  const found: Mention[] = []
  let whole: Mention | undefined
  for (let index = mentions.length - 1; index >= 0; index--) {
    let mention: Mention | undefined = mentions[index]!
    if (mention.text.endsWith('-') && isPosition(mention.text.slice(0, -1)))
      mention = completed(mention, whole, text, gazetteer)
    else whole = mention
    if (mention !== undefined) found.push(mention)
  }
  return found.reverse()
}

/** Longest stretch between the two halves, in UTF-16 units. */
const LONGEST_BETWEEN = 60

/** @param whole the next mention that is said in full */
function completed(
  mention: Mention,
  whole: Mention | undefined,
  text: string,
  gazetteer: Gazetteer,
): Mention | undefined {
  const { start, end, text: part } = mention
  if (whole === undefined || whole.start - end > LONGEST_BETWEEN) return undefined
  const head = behindPosition(whole.text)
  if (head === undefined || !joinsPositions(text.slice(end, whole.start))) return undefined
  const { type } = whole
  const name = part.slice(0, -1) + head
  const kind = whole.kind === 'derived' ? 'derived' : 'compound'
  const method = gazetteer.searchMention(name, kind, { type })[0]?.method
  if (method !== 'exact' && method !== 'inflection') return undefined
  return { ...mention, name, type, kind, host: { start, end, text: part } }
}
