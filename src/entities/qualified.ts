import type { Gazetteer } from '../gazetteer/gazetteer.js'
import type { Mention } from './mention.js'

/** What lies at the river or in the landscape behind its name, and no other: Frankfurt (Oder), Kempten (Allgäu). */
const QUALIFIER = /^ ?\((\p{Lu}[\p{L}\p{M}-]{2,24})\)/u
/** Longest qualifier with its brackets and the space before it, in UTF-16 units. */
const LONGEST_QUALIFIER = 30
/** Kinds of places that stand in the official name of a town; a country or a state only says where it is: Gori (Georgien). */
const KINDS = new Set(['river', 'landscape', 'region'])

/** Takes the qualifier of a place along where the gazetteer knows the place by it. @param mentions in order of the text */
export function joinQualifiers(
  mentions: readonly Mention[],
  text: string,
  gazetteer: Gazetteer,
): readonly Mention[] {
  let joined: Mention[] | undefined
  for (const [index, mention] of mentions.entries()) {
    const last = joined?.[joined.length - 1]
    if (last !== undefined && mention.start < last.end) continue
    const whole = qualified(mention, text, gazetteer)
    if (whole !== mention) joined ??= mentions.slice(0, index)
    joined?.push(whole)
  }
  return joined ?? mentions
}

function qualified(mention: Mention, text: string, gazetteer: Gazetteer): Mention {
  const { start, end, type } = mention
  if (type !== 'LOC' || mention.kind !== 'name') return mention
  const [brackets, qualifier] = QUALIFIER.exec(text.slice(end, end + LONGEST_QUALIFIER)) ?? []
  if (brackets === undefined || qualifier === undefined) return mention
  if (gazetteer.searchExact(`${mention.text} (${qualifier})`, { type }).length === 0) return mention
  if (!gazetteer.searchExact(qualifier, { type }).some(({ subtype }) => KINDS.has(subtype))) return mention
  return { ...mention, end: end + brackets.length, text: text.slice(start, end + brackets.length) }
}
