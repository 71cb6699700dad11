import type { Mention } from './mention.js'

/** Last word of a name: the surname of a person. */
export function lastWord(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1)
}

/** A name as the document writes it, without line breaks inside. */
export function plain(name: string): string {
  return name.replace(/\s+/g, ' ').replace(/\u00AD/g, '')
}

/**
 * Base form of a mention that no gazetteer knows. An s at the end is taken for the genitive only where something vouches
 * for it: another mention without it, or an apostrophe. Otherwise it may well belong to the name (Klaus, Siemens).
 */
export function baseForm(mention: Mention, vouched: (form: string) => boolean): string {
  const name = plain(mention.text)
  if (/[sxzß]['’]$/.test(name)) return name.slice(0, -1)
  if (/['’]s$/.test(name)) return name.slice(0, -2)
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
