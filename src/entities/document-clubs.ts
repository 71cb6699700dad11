import type { Gazetteer } from '../gazetteer/gazetteer.js'
import { derivationBases } from '../gazetteer/morphology.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import { entityKey } from './context.js'
import type { TokenMention } from './mention.js'

/** The clubs that a document names, looked up when the first word asks for them: most texts have no such word. */
export class DocumentClubs {
  private readonly mentions: readonly TokenMention[]
  private readonly gazetteer: Gazetteer
  private keys: Set<string> | undefined
  private readonly words = new Set<string>()

  constructor(mentions: readonly TokenMention[], gazetteer: Gazetteer) {
    this.mentions = mentions
    this.gazetteer = gazetteer
  }

  /** False for a word derived from a club, unless the document names that club. */
  allow(word: string): boolean {
    const matches = this.gazetteer.searchDerived(word, { type: 'ORG' })
    if (matches[0]?.subtype !== 'club') return true
    const keys = this.load()
    return matches.some((match) => keys.has(entityKey(match)))
  }

  /**
   * True if the word is formed of a club of the document or of a word in its name (die Meppener, of the SV Meppen), or of any
   * club where the document is about clubs.
   */
  has(word: string): boolean {
    const keys = this.load()
    if (keys.size === 0 && this.words.size === 0) return false
    const clubs = this.gazetteer
      .searchDerived(word, { type: 'ORG' })
      .filter(({ subtype }) => subtype === 'club')
    const isListed = clubs.some((match) => keys.size >= SPORTS_PAGE || keys.has(entityKey(match)))
    return isListed || derivationBases(word).some((base) => this.words.has(base))
  }

  private load(): ReadonlySet<string> {
    if (this.keys !== undefined) return this.keys
    this.keys = new Set()
    for (const { type, kind, text: name } of this.mentions) {
      if (type !== 'ORG' || kind === 'derived') continue
      const [match] = this.gazetteer.search(name, { type: 'ORG' })
      if (match !== undefined && match.subtype !== 'club') continue
      if (match !== undefined) this.keys.add(entityKey(match))
      if (kind === 'name' && (match !== undefined || /\d|\b[A-Z]{2,}\b/.test(name)))
        for (const word of name.split(/[\s-]+/)) this.words.add(word)
    }
    return this.keys
  }
}

/** Clubs that make a document one about sports: there 41 of 49 such words mean a club. */
const SPORTS_PAGE = 2

const PLURAL_ARTICLES = new Set(['die', 'der', 'den', 'Die', 'Der', 'Den'])
/** What a club has and a town has not. */
const CLUB_NOUNS = new Set([
  'Trainer',
  'Coach',
  'Chefcoach',
  'Torwart',
  'Torhüter',
  'Keeper',
  'Stürmer',
  'Abwehr',
  'Elf',
  'Treffer',
])

/** True if an inhabitants' word, tokens `[token, end)`, may stand for a club: with an article and no noun behind, or before such a noun. */
export function mayMeanTeam(text: string, tokens: TokenSpans, token: number, end = token + 1): boolean {
  if (classAt(text, tokens.starts[token]!) !== Char.Upper) return false
  // One woman is no team.
  if (text.slice(tokens.starts[end - 1]!, tokens.ends[end - 1]!).endsWith('in')) return false
  const isLast = end >= tokens.length
  if (!isLast && CLUB_NOUNS.has(text.slice(tokens.starts[end]!, tokens.ends[end]!))) return true
  if (token === 0 || !hasPluralArticle(text, tokens, token)) return false
  return isLast || classAt(text, tokens.starts[end]!) !== Char.Upper
}

/** True if an article that plurals have stands right before the token. */
export function hasPluralArticle(text: string, tokens: TokenSpans, token: number): boolean {
  return token > 0 && PLURAL_ARTICLES.has(text.slice(tokens.starts[token - 1]!, tokens.ends[token - 1]!))
}
