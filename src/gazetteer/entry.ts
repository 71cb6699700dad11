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

/** All fields of an entry, which are the columns of a table of entries too. */
export const FIELDS = [
  'name',
  'type',
  'id',
  'aliases',
  'from',
  'to',
] as const satisfies readonly (keyof GazetteerEntry)[]

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
  const unknown = Object.keys(entry).find((key) => !FIELDS.includes(key as keyof GazetteerEntry))
  if (unknown !== undefined) {
    throw fault(position, `"${unknown}" of ${describe(name)} is no field; known are ${FIELDS.join(', ')}`)
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
        `"${field}" of ${describe(name)} must be an ISO date of the calendar such as "2019" or "2019-03-20", got ${describe(value)}`,
      )
    }
  }
  return entry as GazetteerEntry
}

/** A year, month or day in ISO form that is in the calendar: `2019`, `2019-03`, `2019-03-20`, not `2021-02-30`. */
export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}(-\d\d(-\d\d)?)?$/.test(value)) return false
  const [year, month = 1, day = 1] = value.split('-').map(Number)
  // Day 0 of the next month is the last of this one.
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year!, month, 0)).getUTCDate()
}

function fault(position: string, message: string): GazetteerError {
  return new GazetteerError('GAZETTEER_ENTRY', `${position}: ${message}. Correct the entry or leave it out.`)
}
