import type { EntityType } from '../labels/scheme.js'
import type { GazetteerTable } from './table.js'

/**
 * How a name was tied to its entry: by the spelling itself, an acronym, its base form, another romanisation or folded spelling,
 * a slip of the pen, or by way of another mention of the document.
 */
export type LinkMethod = 'exact' | 'inflection' | 'transliteration' | 'fuzzy' | 'acronym' | 'coreference'

/** An answer of the gazetteer. */
export interface Candidate {
  /** Preferred German name. */
  readonly canonical: string
  readonly type: EntityType
  /** Wikidata QID, or the identifier of a caller's own entry; absent where none is known. */
  readonly id?: string
  /** Which question to the gazetteer was answered. */
  readonly method: LinkMethod
  /** The spelling of the gazetteer that the name met. */
  readonly alias: string
  /** Closeness of the spelling and prominence of the entry, in (0, 1]. */
  readonly score: number
}

/** A table with the identifiers that its entries have. */
export interface Layer {
  readonly table: GazetteerTable
  /** Identifiers of a caller's own entries, which need not be QIDs; undefined for the shipped table. */
  readonly ids: readonly (string | undefined)[] | undefined
}

/** A candidate with what decides between several: where it stands, its country and its sort. */
export interface Match extends Candidate {
  readonly layer: number
  /** An entry of the caller's own. */
  readonly isOwn: boolean
  readonly entry: number
  /** ISO 3166 alpha-2, empty where unknown. */
  readonly country: string
  /** Sort of entity (club, ministry, river), empty where unknown. */
  readonly subtype: string
  /** In [0, 1]. */
  readonly prominence: number
  /** Closeness of the spelling, in (0, 1]. */
  readonly similarity: number
  /** Other names of a text that speak for this entity. */
  readonly contexts: readonly string[]
  /** The mention is only a surname, which by rule stands for this person. */
  readonly bySurname: boolean
}

/** Worth of a method: an exact spelling is better evidence than a derived or folded one. */
export const METHOD_SCORE: Readonly<Record<LinkMethod, number>> = {
  exact: 1,
  acronym: 0.95,
  inflection: 0.92,
  transliteration: 0.85,
  fuzzy: 0.7,
  coreference: 0.9,
}

/** What callers see of a match. */
export function toCandidate({ canonical, type, id, method, alias, score }: Match): Candidate {
  return id === undefined
    ? { canonical, type, method, alias, score }
    : { canonical, type, id, method, alias, score }
}
