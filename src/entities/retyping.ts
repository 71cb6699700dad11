import type { Gazetteer } from '../gazetteer/gazetteer.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import type { DerivedFinder } from './derived.js'
import { type DocumentClubs, hasPluralArticle, mayMeanTeam } from './document-clubs.js'
import type { Mention, TokenMention } from './mention.js'

/** A single word of lower probability may be no name but an inhabitant of a place of the document. */
const DOUBTFUL = 0.6
/** A word is derived from a place or from an organisation named after it, mostly. */
const OTHER_TYPE = { LOC: 'ORG', ORG: 'LOC' } as const

/** Puts right the kind and type of tagged mentions where the gazetteer or the rest of the document knows better. */
export class Retyper {
  private readonly derived: DerivedFinder
  private readonly gazetteer: Gazetteer

  constructor(derived: DerivedFinder, gazetteer: Gazetteer) {
    this.derived = derived
    this.gazetteer = gazetteer
  }

  /** The mention in the kind and type that the gazetteer and the rest of the document are sure of. */
  retype(
    mention: TokenMention,
    text: string,
    tokens: TokenSpans,
    clubs: DocumentClubs,
    places: ReadonlySet<string>,
  ): Mention {
    const { type, text: word, first, last } = mention
    if (type === 'MISC' && this.isSmallAdjective(mention)) return { ...mention, type: 'LOC', kind: 'derived' }
    const { score, start, end } = mention
    if (mention.kind === 'name' && score < DOUBTFUL && last - first === 1) {
      // Ferlacher in a text about Ferlach, if nobody is called so.
      const isInhabitant = this.derived.inhabitant(text, start, end, places) !== undefined
      if (isInhabitant && this.gazetteer.search(word).length === 0)
        return { ...mention, type: 'LOC', kind: 'derived' }
    }
    if (type !== 'LOC' && type !== 'ORG') return mention
    const kind = this.isDerived(mention, text, tokens) ? 'derived' : mention.kind
    if (kind !== 'derived') return mention
    const isOther =
      type === 'LOC'
        ? (mayMeanTeam(text, tokens, first, last) && clubs.has(word)) || this.isOnlyOf('ORG', word)
        : (this.isOnlyOf('LOC', word) && !clubs.has(word)) || this.isWomanOfPlace(word, clubs)
    return isOther || kind !== mention.kind
      ? { ...mention, kind, type: isOther ? OTHER_TYPE[type] : type }
      : mention
  }

  /** A language is written with a capital: a small word listed as derived from a place is an adjective (Wie pfälzisch sind Sie?). */
  private isSmallAdjective({ text: word, kind }: Mention): boolean {
    return kind === 'name' && classAt(word, 0) === Char.Lower && this.gazetteer.typeOfDerived(word) === 'LOC'
  }

  /**
   * True for a word tagged as a name or as a compound (Exiliraner) that is listed as derived and is no name, or not where it
   * stands.
   */
  private isDerived(
    { text: word, type, kind, first, last }: TokenMention,
    text: string,
    tokens: TokenSpans,
  ): boolean {
    if (kind === 'derived' || !this.gazetteer.isListedDerived(word)) return false
    if (kind === 'compound') return true
    // No country has an article like this: die Schweden are its people.
    if (
      type === 'LOC' &&
      (hasPluralArticle(text, tokens, first) || this.isAmongPeoples(text, tokens, first, last))
    )
      return true
    return this.gazetteer.search(word, { type }).length === 0
  }

  /** True for the Polen of Polen, Iren und Österreicher: the next of the list are a people, and no adjective. */
  private isAmongPeoples(text: string, tokens: TokenSpans, first: number, last: number): boolean {
    const wordAt = (token: number): string =>
      token < 0 || token >= tokens.length ? '' : text.slice(tokens.starts[token]!, tokens.ends[token]!)
    if (!/^(?:,|und|oder)$/.test(wordAt(last)) || /^(?:in|nach|aus|zwischen)$/i.test(wordAt(first - 1)))
      return false
    const next = wordAt(last + 1)
    return (
      /^\p{Lu}\p{Ll}+e[rn]$/u.test(next) &&
      !/^\p{Lu}/u.test(wordAt(last + 2)) &&
      this.gazetteer.typeOfDerived(next) === 'LOC' &&
      this.gazetteer.search(next, { type: 'LOC' }).every(({ method }) => method === 'inflection')
    )
  }

  /** True for an Erfurterin where no club of Erfurt is named: one woman is no team, though the word may be formed of one. */
  private isWomanOfPlace(word: string, clubs: DocumentClubs): boolean {
    return (
      word.endsWith('erin') &&
      !clubs.allow(word) &&
      this.gazetteer.searchDerived(word, { type: 'LOC' }).length > 0
    )
  }

  /** True if the gazetteer lists the word as derived from this type and derives it from nothing of the other. */
  private isOnlyOf(type: 'LOC' | 'ORG', word: string): boolean {
    return (
      this.gazetteer.typeOfDerived(word) === type &&
      this.gazetteer.searchDerived(word, { type: OTHER_TYPE[type] }).length === 0
    )
  }
}
