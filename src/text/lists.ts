import abbreviationsText from './lists/abbreviations.txt'
import ordinalNounsText from './lists/ordinal-nouns.txt'
import starterText from './lists/sentence-starters.txt'
import slashUnitsText from './lists/slash-units.txt'

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
  /** Those that are ordinary words as well (`Art`, `Bad`): an abbreviation only where something follows. */
  readonly wordAbbreviations: ReadonlySet<string>
  /** Capitalised nouns that follow an ordinal number: months, Jahrhundert, Spieltag. */
  readonly ordinalNouns: ReadonlySet<string>
  /** Words with a slash that stay one token: km/h. */
  readonly slashUnits: ReadonlySet<string>
  /** Capitalised function words: after a doubtful period they tell that a sentence begins. */
  readonly sentenceStarters: ReadonlySet<string>
}

let lists: TokenizerLists | undefined

/** The tokeniser's lists, parsed on first use so that importing the package costs nothing. */
export function tokenizerLists(): TokenizerLists {
  if (lists !== undefined) return lists
  const abbreviations = new Set<string>()
  const wordAbbreviations = new Set<string>()
  for (const entry of readList(abbreviationsText)) {
    const isWord = entry.endsWith(' word')
    // Several parts (`z. B.`) are entered part by part: each is an abbreviation of its own.
    for (const part of entry.replace(/ word$/, '').split(/[\s.]+/)) {
      if (part === '') continue
      abbreviations.add(part)
      if (isWord) wordAbbreviations.add(part)
    }
  }
  lists = {
    abbreviations,
    wordAbbreviations,
    ordinalNouns: new Set(readList(ordinalNounsText)),
    slashUnits: new Set(readList(slashUnitsText)),
    sentenceStarters: new Set(readList(starterText)),
  }
  return lists
}
