import type { Document, EntityType, IndexedEntity } from '../index.js'
import { colours } from './io.js'

const COLOUR: Readonly<Record<EntityType, string>> = { PER: '1;34', ORG: '1;35', LOC: '1;32', MISC: '1;33' }

const SECTION: Readonly<Record<EntityType, string>> = {
  PER: 'People',
  ORG: 'Organisations',
  LOC: 'Places',
  MISC: 'Other names',
}

const WIDEST_NAME = 54

/** A document for reading: its distinct entities by type, each with its spellings and their offsets. */
export function formatPretty(name: string, doc: Document): string {
  const paint = colours(process.stdout)
  const entities = doc.index()
  const lines = [
    paint(
      '1',
      `${name}: ${entities.length} entities, ${doc.entities.length} mentions, ${doc.tokens.length} tokens`,
    ),
  ]
  if (doc.language.code === 'und') lines.push('Too little text to tell its language.')
  else if (!doc.language.isGerman) lines.push(`The text looks like "${doc.language.code}", not German.`)
  const width = Math.min(WIDEST_NAME, Math.max(0, ...entities.map(({ canonical }) => canonical.length)))
  for (const type of Object.keys(SECTION) as EntityType[]) {
    const found = entities.filter((entity) => entity.type === type)
    if (found.length === 0) continue
    lines.push('', paint(COLOUR[type], SECTION[type]))
    for (const entity of found) {
      lines.push(
        `  ${paint(COLOUR[type], entity.canonical.padEnd(width))}  ${(entity.id ?? '').padEnd(10)}  ${mentions(entity)}`,
      )
    }
  }
  return `${lines.join('\n')}\n\n`
}

/** `Toqajew 84, 230; Toqajews 312`: each spelling with its start offsets. */
function mentions(entity: IndexedEntity): string {
  const bySpelling = new Map<string, number[]>()
  for (const { text, host, start } of entity.mentions) {
    const spelling = (host === undefined ? text : `${text} (${host.text})`).replace(/\s+/g, ' ')
    const starts = bySpelling.get(spelling)
    if (starts === undefined) bySpelling.set(spelling, [start])
    else starts.push(start)
  }
  return [...bySpelling].map(([spelling, starts]) => `${spelling} ${starts.join(', ')}`).join('; ')
}
