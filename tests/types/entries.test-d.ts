/** The types of the built subpaths. Nothing here runs; the compiler is the test. */
import type { Document, Entity, Recognizer } from 'eigennamen'
import type { EigennamenPlugin, EntityJson } from 'eigennamen/compromise'
import { eigennamenPlugin } from 'eigennamen/compromise'
import * as formats from 'eigennamen/formats'
import type { EigennamenWinkModel } from 'eigennamen/wink'
import { eigennamenModel } from 'eigennamen/wink'
import { describe, expectTypeOf, it } from 'vitest'
import type * as commonCompromise from '../../dist/compromise.cjs'
import type * as commonFormats from '../../dist/formats.cjs'
import type * as commonWink from '../../dist/wink.cjs'

/** What a CommonJS module exports; seen from an ES module it has a default besides. */
type Named<T> = Exclude<keyof T, 'default'>

declare const ner: Recognizer
declare const doc: Document

describe('eigennamen/formats', () => {
  it('writes a document of the recogniser', () => {
    const named = { id: 'x', text: doc.text, entities: doc.entities }
    expectTypeOf(formats.formatConll(doc, 'bioes')).toBeString()
    expectTypeOf(formats.formatBrat(doc)).toBeString()
    expectTypeOf(formats.formatWebAnno(doc, { builtInOnly: true })).toBeString()
    expectTypeOf(formats.formatTei(named)).toBeString()
    expectTypeOf(formats.formatTeiCorpus([named])).toBeString()
    expectTypeOf(formats.formatHtml([named])).toBeString()
    expectTypeOf(formats.formatCsv([named])).toBeString()
    expectTypeOf(formats.formatTsv([named])).toBeString()
    expectTypeOf(formats.toSpacy(doc)).toEqualTypeOf<formats.SpacyDocument>()
    expectTypeOf(formats.toW3c(named)).toEqualTypeOf<formats.W3cAnnotationPage>()
    expectTypeOf(formats.mentionRows(named)).toEqualTypeOf<formats.MentionRow[]>()
    expectTypeOf(formats.entityRows(named)).toEqualTypeOf<formats.EntityRow[]>()
    // @ts-expect-error no such scheme
    formats.formatConll(doc, 'bilou')
    // @ts-expect-error needs tokens and sentences
    formats.formatConll(named)
    // @ts-expect-error a page holds named documents
    formats.formatHtml([doc])
    // @ts-expect-error a list of documents
    formats.formatCsv(named)
  })

  it('reads back text and mentions in UTF-16', () => {
    expectTypeOf(formats.readBrat('', '')).toEqualTypeOf<formats.ReadDocument>()
    expectTypeOf(formats.readW3c).returns.toEqualTypeOf<formats.ReadDocument>()
    expectTypeOf<formats.ReadDocument['mentions']>().toEqualTypeOf<readonly formats.ReadMention[]>()
    expectTypeOf<formats.ReadMention>().toEqualTypeOf<{
      readonly start: number
      readonly end: number
      readonly text: string
      readonly type: Entity['type']
      readonly kind: Entity['kind']
      readonly canonical?: string
      readonly id?: string
      readonly score?: number
    }>()
    // @ts-expect-error brat keeps text and annotation apart
    formats.readBrat('')
    // @ts-expect-error readonly
    formats.readBrat('', '').mentions[0]!.start = 1
  })

  it('has the entities of the library and its errors', () => {
    expectTypeOf<formats.Entity>().toEqualTypeOf<Entity>()
    expectTypeOf<formats.CorpusError>().toExtend<formats.EigennamenError>()
    expectTypeOf<Named<typeof commonFormats>>().toEqualTypeOf<keyof typeof formats>()
  })
})

describe('eigennamen/compromise', () => {
  it('makes a plugin of a recogniser', () => {
    expectTypeOf(eigennamenPlugin(ner)).toEqualTypeOf<EigennamenPlugin>()
    expectTypeOf<EntityJson>().toExtend<Entity>()
    eigennamenPlugin(ner, { recognize: { kinds: ['name'], minScore: 0.5 } })
    // @ts-expect-error the recogniser, not a promise of one
    eigennamenPlugin(Promise.resolve(ner))
    // @ts-expect-error options of recognize stand below "recognize"
    eigennamenPlugin(ner, { kinds: ['name'] })
    expectTypeOf<Named<typeof commonCompromise>>().toEqualTypeOf<'eigennamenPlugin'>()
  })
})

describe('eigennamen/wink', () => {
  it('makes a model of a recogniser', () => {
    const model = eigennamenModel(ner, { addons: { stem: (word) => word } })
    expectTypeOf(model).toEqualTypeOf<EigennamenWinkModel>()
    expectTypeOf(model.entitiesOf({ isOOV: () => true })).toEqualTypeOf<readonly Entity[]>()
    // @ts-expect-error the recogniser, not a promise of one
    eigennamenModel(Promise.resolve(ner))
    // @ts-expect-error no such function
    eigennamenModel(ner, { addons: { tokenize: () => [] } })
    // @ts-expect-error a document of wink-nlp
    model.entitiesOf('text')
    expectTypeOf<Named<typeof commonWink>>().toEqualTypeOf<'eigennamenModel'>()
  })
})

describe('eigennamen/browser-worker', () => {
  it('exports nothing: it is a script', () => {
    // An empty module has a default of the compiler's at most.
    expectTypeOf<Named<typeof import('eigennamen/browser-worker')>>().toBeNever()
  })
})
