import type { Candidate, LinkMethod } from './gazetteer/gazetteer.js'
import type { EntityKind, EntityType } from './labels/scheme.js'

/** A token: half-open UTF-16 offsets, `text.slice(start, end) === token.text`. */
export interface Token {
  /** First UTF-16 unit. */
  readonly start: number
  /** The unit behind the last. */
  readonly end: number
  /** The token as it stands in the text. */
  readonly text: string
}

/** A sentence, from its first to its last token. */
export interface Sentence {
  /** Where its first token begins, in UTF-16 units. */
  readonly start: number
  /** Where its last token ends. */
  readonly end: number
}

/** How a mention was tied to its gazetteer entry. */
export interface Link {
  /** Which question to the gazetteer was answered; docs/normalise.md explains each. */
  readonly method: LinkMethod
  /** The gazetteer's spelling that the mention met. */
  readonly alias: string
  /** Closeness of the spelling and prominence of the entry, in (0, 1]; no probability. */
  readonly score: number
}

/** A mention of a person, organisation or place. Plain, JSON-safe; `text.slice(start, end) === entity.text`. */
export interface Entity {
  /** First UTF-16 unit of the mention in the input. */
  readonly start: number
  /** The unit behind the last. */
  readonly end: number
  /** The mention as it stands in the input. */
  readonly text: string
  /** Person, organisation, place, or another name (MISC, only where asked for). */
  readonly type: EntityType
  /** A name; a word derived from one (kasachische); or a name inside a longer word (Ukraine in Ukraine-Krieg). */
  readonly kind: EntityKind
  /** The whole word, where the mention is only a part of it: a compound, or one half of deutsch-französische. */
  readonly host?: { readonly start: number; readonly end: number; readonly text: string }
  /** Probability that exactly this span has this type and kind, in (0, 1]: a threshold for `minScore`. */
  readonly score: number
  /** Preferred German name; of a name that the gazetteer lacks, the longest form in this document, in the nominative. */
  readonly canonical: string
  /** Wikidata QID (`Q1520`) where the gazetteer knows it, or the identifier of an entry of your own. */
  readonly id?: string
  /** How the name met the gazetteer; absent where it did not. */
  readonly link?: Link
  /** Number shared by the mentions of one entity in this document. */
  readonly cluster: number
}

/** An entity with all its mentions in a document. */
export interface IndexedEntity {
  /** As in its mentions, which share it. */
  readonly canonical: string
  readonly type: EntityType
  /** As in its mentions; absent where none has one. */
  readonly id?: string
  /** `Entity.cluster` of its mentions. */
  readonly cluster: number
  /** Number of mentions. */
  readonly count: number
  /** In the order of the text. */
  readonly mentions: readonly Entity[]
}

/** Outcome of language detection; docs/language.md says how often it is right. */
export interface LanguageGuess {
  /**
   * ISO 639-3 code: `deu`, or what the text looks like (`eng`, `nld`, `nds` Low German, `gsw` Swiss German, and 13 more);
   * `und` where there is too little text to tell.
   */
  readonly code: string
  /** Whether the code is `deu`. False for `und`, too: a text is not foreign because it is short. */
  readonly isGerman: boolean
}

/** Options of `recognize`. An unknown option or an impossible value throws ArgumentError with the code `INVALID_OPTION`. */
export interface RecognizeOptions {
  /** Types to return; default `['PER', 'ORG', 'LOC']`. `'MISC'` (works, events, products) only where it is listed. */
  readonly types?: readonly EntityType[]
  /** Kinds to return; default `['name', 'derived', 'compound']`. */
  readonly kinds?: readonly EntityKind[]
  /** Least score to return, in [0, 1]; default 0. */
  readonly minScore?: number
  /** ISO date of the text (`2020`, `2020-05-01`): names that were not in use then rank lower. Default: no date. */
  readonly date?: string
  /** `'detect'` tells in `doc.language` what language the text looks like; `'de'` (default) takes it as German. Nothing is dropped. */
  readonly language?: 'detect' | 'de'
}

export type { Candidate, EntityKind, EntityType, LinkMethod }
