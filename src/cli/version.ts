import { readFileSync } from 'node:fs'

/** Version of the package that this command line belongs to. */
export function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}
