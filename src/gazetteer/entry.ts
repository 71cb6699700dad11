import { describe, GazetteerError } from '../errors.js'
import { ENTITY_TYPES, type EntityType } from '../labels/scheme.js'

/** A name of the caller's own: one entity with its spellings. */
export interface GazetteerEntry {
  /** Preferred name; what `canonical` answers. */
  readonly name: string
  /** Look-ups for another type do not find it. */
  readonly type: EntityType
  /** Wikidata QID (`Q42`), or any identifier of the caller's. */
  readonly id?: string
  /** Other spellings; inflected and derived forms are found without. */
  readonly aliases?: readonly string[]
  /** ISO date (`2019`, `2019-03-20`) since which the name has been in use. */
  readonly from?: string
  /** ISO date until which it was. */
  readonly to?: string
}

/** @throws GazetteerError that names the entry, the field and what was expected. */
export function checkEntry(entry: unknown, position: string): GazetteerEntry {
  if (typeof entry !== 'object' || entry === null) {
    throw fault(
      position,
      `expected an object { name, type, id?, aliases?, from?, to? }, got ${describe(entry)}`,
    )
  }
  const { name, type, id, aliases, from, to } = entry as Record<string, unknown>
  if (typeof name !== 'string' || name.trim() === '') {
    throw fault(position, `"name" must be a non-empty string, got ${describe(name)}`)
  }
  if (!ENTITY_TYPES.includes(type as EntityType)) {
    throw fault(
      position,
      `"type" of ${describe(name)} must be one of ${ENTITY_TYPES.join(', ')}, got ${describe(type)}`,
    )
  }
  if (id !== undefined && typeof id !== 'string') {
    throw fault(position, `"id" of ${describe(name)} must be a string, got ${describe(id)}`)
  }
  if (
    aliases !== undefined &&
    !(Array.isArray(aliases) && aliases.every((alias) => typeof alias === 'string'))
  ) {
    throw fault(
      position,
      `"aliases" of ${describe(name)} must be an array of strings, got ${describe(aliases)}`,
    )
  }
  for (const [field, value] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (value !== undefined && !isDate(value)) {
      throw fault(
        position,
        `"${field}" of ${describe(name)} must be an ISO date such as "2019" or "2019-03-20", got ${describe(value)}`,
      )
    }
  }
  return entry as GazetteerEntry
}

/** A year, month or day in ISO form. */
export function isDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}(-\d\d(-\d\d)?)?$/.test(value)
}

function fault(position: string, message: string): GazetteerError {
  return new GazetteerError('GAZETTEER_ENTRY', `${position}: ${message}. Correct the entry or leave it out.`)
}
