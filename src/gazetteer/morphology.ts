/** German word formation around names: which base forms may a mention have? Candidates only; the gazetteer decides. */

/** Base forms of an inflected name, most likely first: `Putins` → `Putin`, `Deutschen Bahn` → `Deutsche Bahn`. */
export function inflectionBases(name: string): string[] {
  const bases: string[] = []
  if (/['’]$/.test(name)) bases.push(name.slice(0, -1))
  if (/['’]s$/.test(name)) bases.push(name.slice(0, -2))
  if (/[^s]s$/.test(name)) bases.push(name.slice(0, -1))
  if (/[^s]es$/.test(name)) bases.push(name.slice(0, -2))
  if (/innen$/.test(name)) bases.push(name.slice(0, -3))
  if (isWeakPlural(name)) bases.push(name.slice(0, -1))
  if (name.includes(' ')) bases.push(...phraseBases(name))
  return bases
}

/** den Grünen, der Linken: an adjective used as a name has the weak ending. Few names are adjectives; the gazetteer says which. */
export function isWeakPlural(name: string): boolean {
  return /^\S+en$/.test(name)
}

/** Adjectives that open an organisation's name are inflected with it: der Deutschen Bahn, des Auswärtigen Amtes. */
function phraseBases(name: string): string[] {
  const words = name.split(' ')
  const bases: string[] = []
  const lastForms = [words[words.length - 1]!]
  const last = lastForms[0]!
  if (/[^s]s$/.test(last)) lastForms.push(last.slice(0, -1))
  if (/[^s]es$/.test(last)) lastForms.push(last.slice(0, -2))
  if (/en$/.test(last)) lastForms.push(last.slice(0, -1))
  const adjective = /^(.{3,}?)(e[nmrs]?)$/u
  const heads = words.slice(0, -1)
  for (const ending of ['', 'e', 'er', 'es']) {
    const changed = heads.map((word) => {
      const match = /^\p{Lu}/u.test(word) ? adjective.exec(word) : null
      return match === null || ending === '' ? word : match[1]! + ending
    })
    for (const form of lastForms) {
      const base = [...changed, form].join(' ')
      if (base !== name && !bases.includes(base)) bases.push(base)
    }
  }
  return bases
}

const ADJECTIVE_ENDINGS = ['e', 'en', 'em', 'er', 'es', '']

/** Adjective in its base form: `kasachischen` → `kasachisch`; undefined if it does not end in -isch. */
export function adjectiveBase(word: string): string | undefined {
  for (const ending of ADJECTIVE_ENDINGS) {
    if (!word.endsWith(`isch${ending}`)) continue
    return word.slice(0, word.length - ending.length).toLowerCase()
  }
  return undefined
}

/** Forms under which a derived word may be listed: itself, its base form as an adjective, and without the ending of its case. */
export function derivedForms(word: string): string[] {
  const forms = [word]
  const adjective = adjectiveBase(word)
  if (adjective !== undefined) forms.push(adjective)
  if (/(?:er|l)n$/.test(word)) forms.push(word.slice(0, -1))
  if (/en$/.test(word)) forms.push(word.slice(0, -1), word.slice(0, -2))
  forms.push(...inflectionBases(word))
  // Exiliraner, Exilkubanerin: people of the place all the same.
  const abroad = /^Exil-?(\p{L}{4,})$/u.exec(word)?.[1]
  if (abroad !== undefined) forms.push(...derivedForms(abroad.charAt(0).toUpperCase() + abroad.slice(1)))
  return forms
}

/** Names that an adjective in -isch or an inhabitant in -er(in) may come from, most likely first. */
export function derivationBases(word: string): string[] {
  const bases: string[] = []
  const add = (stem: string, ...endings: string[]): void => {
    if (stem.length < 2) return
    const name = stem.charAt(0).toUpperCase() + stem.slice(1)
    for (const ending of endings) bases.push(name + ending)
  }
  const adjective = adjectiveBase(word)
  if (adjective !== undefined) {
    const stem = adjective.slice(0, -4)
    add(stem, '', 'en', 'ien', 'e', 'a', 'land')
    if (stem.endsWith('an')) add(stem.slice(0, -2), 'a', 'o', 'en', '')
    if (stem.endsWith('ens')) add(stem.slice(0, -1), '')
    return bases
  }
  const inhabitant = /^(.+?)(erinnen|erin|ern|ers|er)$/u.exec(word)
  if (inhabitant !== null) {
    const stem = inhabitant[1]!
    add(stem, '', 'en', 'e', 'n', 'ern')
    if (stem.endsWith('n')) add(stem.slice(0, -1), '', 'en')
    if (stem.endsWith('an')) add(stem.slice(0, -2), '', 'a', 'o', 'en')
    if (stem.endsWith('ens')) add(stem.slice(0, -1), '')
  }
  const feminine = /^(.+?)(innen|in|n|en|s)$/u.exec(word)
  if (feminine !== null) add(feminine[1]!, '', 'e')
  return bases
}
