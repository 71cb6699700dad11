import { parseArgs } from 'node:util'

/** The command line was wrong: exit code 2, with the usage behind the message. */
export class UsageError extends Error {}

type OptionTypes = Readonly<Record<string, 'string' | 'boolean'>>

/** Options and the remaining arguments of a command. */
export interface Arguments<T extends OptionTypes> {
  readonly options: { readonly [K in keyof T]?: T[K] extends 'string' ? string : boolean }
  readonly rest: readonly string[]
}

/** Parses `--name value`, `--name=value` and flags; everything else is a positional argument. */
export function parseArguments<T extends OptionTypes>(args: readonly string[], types: T): Arguments<T> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }])),
      allowPositionals: true,
    })
    return { options: values as Arguments<T>['options'], rest: positionals }
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** A value that must be one of a few. */
export function oneOf<T extends string>(
  name: string,
  value: string | undefined,
  known: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback
  if (!known.includes(value as T))
    throw new UsageError(`--${name} must be one of ${known.join(', ')}, got "${value}"`)
  return value as T
}

/** A comma-separated list of known values. */
export function listOf<T extends string>(
  name: string,
  value: string | undefined,
  known: readonly T[],
): T[] | undefined {
  if (value === undefined) return undefined
  return value.split(',').map((item) => oneOf(name, item.trim(), known, known[0]!))
}

/** A number within limits. */
export function numberIn(
  name: string,
  value: string | undefined,
  low: number,
  high: number,
): number | undefined {
  if (value === undefined) return undefined
  const number = Number(value)
  if (value.trim() === '' || !(number >= low && number <= high)) {
    throw new UsageError(`--${name} must be a number from ${low} to ${high}, got "${value}"`)
  }
  return number
}
