import { ENTITY_KINDS } from '../labels/scheme.js'
import { readClassName } from './class-name.js'
import type { ReadDocument, ReadMention } from './document.js'
import { EIGENNAME, NAMED_ENTITY } from './webanno.js'
import { type TsvAnnotation, WebAnnoParser } from './webanno-parser.js'
import { idOfIri } from './wikidata.js'

/**
 * Reads a WebAnno TSV 3.2 or 3.3 file: the mentions of the built-in layer NamedEntity, with canonical name and kind where our
 * own layer is there too. Other layers are passed over.
 * @throws CorpusError that names the line
 */
export function readWebAnno(content: string, source = 'WebAnno TSV'): ReadDocument {
  const { text, annotations } = new WebAnnoParser(content, source).parse()
  const own = new Map<string, TsvAnnotation[]>()
  for (const annotation of annotations) {
    if (annotation.layer !== EIGENNAME) continue
    const place = `${annotation.start}-${annotation.end}`
    const known = own.get(place)
    if (known === undefined) own.set(place, [annotation])
    else known.push(annotation)
  }
  const mentions = annotations
    .filter(({ layer }) => layer === NAMED_ENTITY)
    .map((annotation): ReadMention => {
      const { start, end, features, line } = annotation
      // Mentions of one extent stand in the same order in both layers.
      const more = own.get(`${start}-${end}`)?.shift()?.features
      const canonical = more?.get('canonical')
      const kind = ENTITY_KINDS.find((known) => known === more?.get('kind'))
      const id = more?.get('id') ?? features.get('identifier')
      return {
        start,
        end,
        text: text.slice(start, end),
        ...readClassName(features.get('value'), `${source}:${line}`, line),
        ...(kind === undefined ? {} : { kind }),
        ...(canonical === undefined ? {} : { canonical }),
        ...(id === undefined ? {} : { id: idOfIri(id) }),
      }
    })
  return { text, mentions }
}
