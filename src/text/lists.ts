import abbreviationsText from './lists/abbreviations.txt'
import ordinalNounsText from './lists/ordinal-nouns.txt'
import slashUnitsText from './lists/slash-units.txt'
import starterText from './lists/sentence-starters.txt'
import domainsText from './lists/top-level-domains.txt'

/** Reads a word list: one entry a line, `#` begins a comment. */
export function readList(text: string): string[] {
  const entries: string[] = []
  for (const line of text.split('\n')) {
    const entry = line.replace(/#.*$/, '').trim()
    if (entry !== '') entries.push(entry)
  }
  return entries
}

interface TokenizerLists {
  /** Abbreviations without their final period, as written: `Dr`, `z`, `Mio`. */
  readonly abbreviations: ReadonlySet<string>
  /** Those after which a sentence may well end: `usw`, `etc`. */
  readonly finalAbbreviations: ReadonlySet<string>
  /** Capitalised nouns that follow an ordinal number: months, Jahrhundert, Spieltag. */
  readonly ordinalNouns: ReadonlySet<string>
  /** Words with a slash that stay one token: km/h. */
  readonly slashUnits: ReadonlySet<string>
  /** Capitalised function words: after a doubtful period they tell that a sentence begins. */
  readonly sentenceStarters: ReadonlySet<string>
  readonly topLevelDomains: ReadonlySet<string>
}

let lists: TokenizerLists | undefined

/** The tokeniser's lists, parsed on first use so that importing the package costs nothing. */
export function tokenizerLists(): TokenizerLists {
  if (lists !== undefined) return lists
  const abbreviations = new Set<string>()
  const finalAbbreviations = new Set<string>()
  for (const entry of readList(abbreviationsText)) {
    const final = entry.endsWith(' final')
    // Several parts (`z. B.`) are entered part by part: each is an abbreviation of its own.
    for (const part of entry.replace(/ final$/, '').split(/[\s.]+/)) {
      if (part === '') continue
      abbreviations.add(part)
      if (final) finalAbbreviations.add(part)
    }
  }
  lists = {
    abbreviations,
    finalAbbreviations,
    ordinalNouns: new Set(readList(ordinalNounsText)),
    slashUnits: new Set(readList(slashUnitsText)),
    sentenceStarters: new Set(readList(starterText)),
    topLevelDomains: new Set(readList(domainsText)),
  }
  return lists
}
