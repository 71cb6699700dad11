import type { Entity } from '../types.js'
import { checkDocument, TOKENS } from './check.js'
import { classNameOf } from './class-name.js'
import type { TokenDocument } from './document.js'
import { escapeText, escapeValue } from './webanno-escape.js'
import { layOut, type Unit } from './webanno-units.js'
import { conceptIri } from './wikidata.js'

/** A span layer: its type, and its features with their values in a mention. */
interface Layer {
  readonly type: string
  readonly features: Readonly<Record<string, (entity: Entity) => string | undefined>>
}

/** The layer that every INCEpTION project has; its tag set is GermEval's, where MISC is called OTH. */
export const NAMED_ENTITY = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity'
/** A layer of our own for what the former has no features for. A project must define it before the import. */
export const EIGENNAME = 'webanno.custom.Eigenname'

const LAYERS: readonly Layer[] = [
  {
    type: NAMED_ENTITY,
    features: {
      identifier: ({ id }) => conceptIri(id) ?? id,
      value: (entity) => classNameOf(entity).replace('MISC', 'OTH'),
    },
  },
  {
    type: EIGENNAME,
    features: {
      canonical: ({ canonical }) => canonical,
      id: ({ id }) => id,
      kind: ({ kind }) => kind,
    },
  },
]

/** Options of `formatWebAnno`. */
export interface WebAnnoOptions {
  /** Only the layer that every INCEpTION project has: identifier and value. Default false. */
  readonly builtInOnly?: boolean
}

/**
 * WebAnno TSV 3.3, which INCEpTION and WebAnno import; format: the section of that name in INCEpTION's user guide,
 * https://inception-project.github.io/. Offsets are UTF-16 code units, sub-tokens stand for parts of words, a number in
 * brackets tells stacked mentions and the lines of one mention apart.
 *
 * The format has no place for what stands between two sentences: it comes back as a line break and spaces, and what stands
 * behind the last one does not come back. Offsets are exact all the same.
 */
export function formatWebAnno(doc: TokenDocument, options: WebAnnoOptions = {}): string {
  checkDocument('formatWebAnno', doc, TOKENS)
  const layers = options.builtInOnly ? LAYERS.slice(0, 1) : LAYERS
  const lines = ['#FORMAT=WebAnno TSV 3.3']
  for (const { type, features } of layers) {
    lines.push(`#T_SP=${[type, ...Object.keys(features)].join('|')}`)
  }
  lines.push('')
  const sentences = layOut(doc)
  const ids = disambiguationIds(sentences.flat(), doc.entities.length, layers.length)
  for (const [index, units] of sentences.entries()) {
    const { start, end } = doc.sentences[index]!
    lines.push('')
    for (const line of doc.text.slice(start, end).split('\n')) lines.push(`#Text=${escapeText(line)}`)
    for (const unit of units) {
      const cells = layers.flatMap(({ features }, layer) =>
        Object.values(features).map((featureOf) => cell(unit, doc.entities, featureOf, ids[layer]!)),
      )
      lines.push(
        `${unit.id}\t${unit.start}-${unit.end}\t${surface(doc.text.slice(unit.start, unit.end))}\t${cells.join('\t')}\t`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}

/** Values of a feature on a line: `_` none, `*` a mention without the feature, `|` between stacked ones. */
function cell(
  unit: Unit,
  entities: readonly Entity[],
  featureOf: (entity: Entity) => string | undefined,
  ids: readonly number[],
): string {
  if (unit.mentions.length === 0) return '_'
  return unit.mentions
    .map((mention) => {
      const value = featureOf(entities[mention]!)
      const id = ids[mention]! === 0 ? '' : `[${ids[mention]}]`
      return `${value === undefined ? '*' : escapeValue(value)}${id}`
    })
    .join('|')
}

/**
 * Numbers of the mentions that need one: those on several lines, and those stacked on one. Unique in the document over all
 * layers; 0 where none is needed. Shape: for each layer one number a mention.
 */
function disambiguationIds(units: readonly Unit[], mentions: number, layers: number): number[][] {
  const lineCounts = new Uint32Array(mentions)
  const stacked = new Set<number>()
  for (const unit of units) {
    for (const mention of unit.mentions) {
      lineCounts[mention]!++
      if (unit.mentions.length > 1) stacked.add(mention)
    }
  }
  let last = 0
  return Array.from({ length: layers }, () =>
    Array.from(lineCounts, (count, mention) => (count > 1 || stacked.has(mention) ? ++last : 0)),
  )
}

/** A token's text stands for readers only and is not escaped, except where it would break its line. */
function surface(text: string): string {
  return /[\t\n\r]/.test(text) ? escapeText(text) : text
}
