import type { Candidate, LinkMethod } from './gazetteer/gazetteer.js'
import type { EntityKind, EntityType } from './labels/scheme.js'

/** A token: half-open UTF-16 offsets, `text.slice(start, end) === token.text`. */
export interface Token {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A sentence, from its first to its last token. */
export interface Sentence {
  readonly start: number
  readonly end: number
}

/** How a mention was tied to its gazetteer entry. */
export interface Link {
  readonly method: LinkMethod
  /** The gazetteer's spelling that the mention met. */
  readonly alias: string
  /** In (0, 1]. */
  readonly score: number
}

/** A mention of a person, organisation or place. Plain, JSON-safe; `text.slice(start, end) === entity.text`. */
export interface Entity {
  /** Half-open UTF-16 offsets into the input. */
  readonly start: number
  readonly end: number
  /** The mention as it stands in the input. */
  readonly text: string
  readonly type: EntityType
  /** A name; a word derived from one (kasachische); or a name inside a longer word (Ukraine in Ukraine-Krieg). */
  readonly kind: EntityKind
  /** The whole word, where the mention is only a part of it: a compound, or one half of deutsch-französische. */
  readonly host?: { readonly start: number; readonly end: number; readonly text: string }
  /** Probability of the mention, in (0, 1]. */
  readonly score: number
  /** Preferred German name; of a name that the gazetteer lacks, the longest form in this document. */
  readonly canonical: string
  /** Wikidata QID where the gazetteer knows it. */
  readonly id?: string
  readonly link?: Link
  /** Number shared by the mentions of one entity in this document. */
  readonly cluster: number
}

/** An entity with all its mentions in a document. */
export interface IndexedEntity {
  readonly canonical: string
  readonly type: EntityType
  readonly id?: string
  readonly cluster: number
  /** Number of mentions. */
  readonly count: number
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

/** Options of `recognize`. */
export interface RecognizeOptions {
  /** Types to return; default PER, ORG and LOC. */
  readonly types?: readonly EntityType[]
  /** Kinds to return; default all three. */
  readonly kinds?: readonly EntityKind[]
  /** Least score to return, in [0, 1]; default 0. */
  readonly minScore?: number
  /** ISO date of the text: the gazetteer's names carry years of use. */
  readonly date?: string
  /** `'detect'` tells in `doc.language` what language the text looks like; `'de'` (default) takes it as German. Nothing is dropped. */
  readonly language?: 'detect' | 'de'
}

export type { Candidate, EntityKind, EntityType, LinkMethod }
