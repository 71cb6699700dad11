import type { Mention } from './mention.js'
import { nominative } from './nominative.js'

/** A name as the document writes it, without line breaks inside. */
export function plain(name: string): string {
  if (!/\s[\s]|[^\S ]|\u00AD/.test(name)) return name
  return name.replace(/\s+/g, ' ').replace(/\u00AD/g, '')
}

const LEGAL_FORM =
  /(?: ?(?:&|und) Co\.?)? (?:(?:gemeinnützige |g)?GmbH|UG|AG|SE|KG|KGaA|OHG|eG|e\. ?V\.|mbH|Ltd\.?|Inc\.?|Corp\.?|LLC|plc|S\.A\.|S\.p\.A\.|N\.V\.|B\.V\.|A\/S|AB|Oyj?)(?: (?:&|und) Co\.? ?(?:KGaA|KG|OHG)?)?$/u

/** Tells words that keep their capitals, given so and as a word has them. */
export type Acronyms = (capitals: string, word: string) => boolean

/**
 * Base form of a mention that no gazetteer knows, as a title would have it: without genitive, adjective endings of other cases,
 * legal form, or capitals throughout. An s at the end is taken for the genitive only where something vouches for it: another
 * mention without it, an apostrophe, or a noun that heads names. Otherwise it may well belong to the name (Klaus, Siemens).
 * @param vouched tells forms that the document uses without the ending
 */
export function baseForm(mention: Mention, vouched: (form: string) => boolean, isAcronym: Acronyms): string {
  const name = mixedCase(plain(mention.text), mention.type, isAcronym)
  // Most people's names end in no s, and nothing else is asked of them.
  if (mention.type === 'PER' && !/[s'’]/.test(name.charAt(name.length - 1))) return name
  if (/[sxzß]['’]$/.test(name)) return name.slice(0, -1)
  if (/['’]s$/.test(name)) return name.slice(0, -2)
  if (mention.type !== 'PER') {
    const bare = mention.type === 'ORG' ? name.replace(LEGAL_FORM, '') : name
    const base = nominative(bare === '' ? name : bare)
    if (base !== name) return base
  }
  if (/[^s]s$/.test(name)) {
    const stem = name.slice(0, -1)
    if (vouched(stem)) return stem
    // des [Name]s: a foreign ending before the s is hardly ever part of a German base form.
    if (mention.type === 'PER' && /(?:[wk]|enko|dze|yan|jan|shvili|ow|ew|in|ić|ij|oğlu)s$/u.test(name))
      return stem
  }
  if (/[^s]es$/.test(name) && vouched(name.slice(0, -2))) return name.slice(0, -2)
  return name
}

const SHORTEST_SHOUTED = 5
/** Words that are small inside a name. */
const SMALL =
  /^(?:und|in|im|an|am|auf|aus|bei|für|mit|nach|v[oa]n|vom|zu|zu[mr]|d(?:er|ie|as|es|em|en)|de|l[ae])$/
const ROMAN = /^[IVX]+$/
const VOWEL = /[aeiouyäöü]/

/** Headlines in capitals: TAUERNTUNNEL. Organisations of one word may be acronyms and stay, as do those inside a name. */
function mixedCase(name: string, type: Mention['type'], isAcronym: Acronyms): string {
  if (/[a-z]/.test(name)) return name
  if (name !== name.toUpperCase() || name === name.toLowerCase()) return name
  const words = name.split(' ')
  if (words.length === 1 && (type === 'ORG' || type === 'MISC' || name.length < SHORTEST_SHOUTED)) return name
  return name.replace(/\p{L}+/gu, (part, at: number) => {
    const small = part.toLowerCase()
    const word = part.charAt(0) + small.slice(1)
    // Names of people may begin small: von der Leyen.
    if (SMALL.test(small)) return at > 0 || type === 'PER' ? small : word
    return part.length < 3 || ROMAN.test(part) || !VOWEL.test(small) || isAcronym(part, word) ? part : word
  })
}
