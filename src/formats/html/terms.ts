import type { EntityKind, EntityType } from '../../labels/scheme.js'
import type { LinkMethod } from '../../types.js'

/** What the page calls each type: a class of the style sheet, one and many. */
export const TYPES: Readonly<Record<EntityType, { css: string; one: string; many: string }>> = {
  PER: { css: 'per', one: 'person', many: 'People' },
  ORG: { css: 'org', one: 'organisation', many: 'Organisations' },
  LOC: { css: 'loc', one: 'place', many: 'Places' },
  MISC: { css: 'misc', one: 'other name', many: 'Other names' },
}

/** Said behind the type of a mention. */
export const KINDS: Readonly<Record<EntityKind, string>> = {
  name: '',
  derived: ', in a derived word',
  compound: ', in a compound',
}

/** Said of a mention's link to the gazetteer. */
export const METHODS: Readonly<Record<LinkMethod, string>> = {
  exact: 'by its exact name',
  inflection: 'by inflection',
  transliteration: 'by transliteration',
  fuzzy: 'by a similar spelling',
  acronym: 'by its abbreviation',
  coreference: 'by another mention in this text',
}
