/** The types of the built package against the public contract. Nothing here runs; the compiler is the test. */
import type {
  Candidate,
  Document,
  Entity,
  EntityKind,
  EntityType,
  ErrorCode,
  GazetteerEntry,
  IndexedEntity,
  LanguageGuess,
  Link,
  LinkMethod,
  LoadOptions,
  LoadProgress,
  Pool,
  PoolOptions,
  RecognizeOptions,
  Recognizer,
  Sentence,
  Token,
} from 'eigennamen'
import * as library from 'eigennamen'
import { describe, expectTypeOf, it } from 'vitest'
import type * as browser from '../../dist/browser.js'
import type * as common from '../../dist/index.cjs'

const { createPool, loadRecognizer, parseGazetteer } = library

declare const ner: Recognizer
declare const pool: Pool
declare const doc: Document
declare const entity: Entity

describe('Entity', () => {
  it('has the fields of the contract, all readonly', () => {
    interface Expected {
      readonly start: number
      readonly end: number
      readonly text: string
      readonly type: 'PER' | 'ORG' | 'LOC' | 'MISC'
      readonly kind: 'name' | 'derived' | 'compound'
      readonly host?: { readonly start: number; readonly end: number; readonly text: string }
      readonly score: number
      readonly canonical: string
      readonly id?: string
      readonly link?: Link
      readonly cluster: number
    }
    expectTypeOf<Entity>().toEqualTypeOf<Expected>()
    expectTypeOf<Link>().toEqualTypeOf<{
      readonly method: LinkMethod
      readonly alias: string
      readonly score: number
    }>()
    expectTypeOf<LinkMethod>().toEqualTypeOf<
      'exact' | 'inflection' | 'transliteration' | 'fuzzy' | 'acronym' | 'coreference'
    >()
  })

  it('cannot be written to', () => {
    // @ts-expect-error readonly
    entity.start = 1
    // @ts-expect-error readonly
    entity.canonical = 'Berlin'
    // @ts-expect-error readonly, the whole word too
    entity.host!.text = 'Berlin-Umzug'
    // @ts-expect-error readonly
    entity.link!.method = 'exact'
  })

  it('does not promise what may be absent', () => {
    // @ts-expect-error the id may be absent
    entity.id.length
    // @ts-expect-error only compounds have a host
    entity.host.start
    // @ts-expect-error the link may be absent
    entity.link.method
    // @ts-expect-error no such type
    const type: EntityType = 'PERSON'
    // @ts-expect-error no such kind
    const kind: EntityKind = 'part'
    void [type, kind]
  })
})

describe('Document', () => {
  it('has text, entities, tokens, sentences, language and an index', () => {
    expectTypeOf(doc.text).toBeString()
    expectTypeOf(doc.entities).toEqualTypeOf<readonly Entity[]>()
    expectTypeOf(doc.tokens).toEqualTypeOf<readonly Token[]>()
    expectTypeOf(doc.sentences).toEqualTypeOf<readonly Sentence[]>()
    expectTypeOf(doc.language).toEqualTypeOf<LanguageGuess>()
    expectTypeOf(doc.index()).toEqualTypeOf<IndexedEntity[]>()
    expectTypeOf<Token>().toEqualTypeOf<{
      readonly start: number
      readonly end: number
      readonly text: string
    }>()
    expectTypeOf<Sentence>().toEqualTypeOf<{ readonly start: number; readonly end: number }>()
    expectTypeOf<LanguageGuess>().toEqualTypeOf<{ readonly code: string; readonly isGerman: boolean }>()
    expectTypeOf<IndexedEntity['mentions']>().toEqualTypeOf<readonly Entity[]>()
  })

  it('cannot be changed or made by hand', () => {
    // @ts-expect-error readonly
    doc.text = ''
    // @ts-expect-error a readonly array
    doc.entities.push(entity)
    // @ts-expect-error only a getter
    doc.tokens = []
    // @ts-expect-error five arguments of the library's own
    new library.Document('text', [])
  })
})

describe('Recognizer', () => {
  it('answers documents at once and streams them', () => {
    expectTypeOf(loadRecognizer).returns.resolves.toEqualTypeOf<Recognizer>()
    expectTypeOf(ner.recognize).parameters.toEqualTypeOf<[text: string, options?: RecognizeOptions]>()
    expectTypeOf(ner.recognize('')).toEqualTypeOf<Document>()
    expectTypeOf(ner.recognizeTokens(['Angela', 'Merkel'])).toEqualTypeOf<Document>()
    expectTypeOf(ner.recognizeTokens([['Angela'], ['Merkel']] as const)).toEqualTypeOf<Document>()
    expectTypeOf(ner.stream(['a'])).toExtend<AsyncIterable<Document>>()
    expectTypeOf(ner.stream(new Set(['a']))).toExtend<AsyncIterable<Document>>()
    expectTypeOf(ner.stream(ner.stream(['a'])[Symbol.asyncIterator] as never)).toExtend<
      AsyncIterable<Document>
    >()
    expectTypeOf(ner.withGazetteer([{ name: 'x', type: 'PER' }])).toEqualTypeOf<Recognizer>()
    expectTypeOf(ner.lookup('x', { type: 'PER', date: '2020' })).toEqualTypeOf<Candidate[]>()
    expectTypeOf<Candidate>().toEqualTypeOf<{
      readonly canonical: string
      readonly type: EntityType
      readonly id?: string
      readonly method: LinkMethod
      readonly alias: string
      readonly score: number
    }>()
  })

  it('takes the options of the contract and no others', () => {
    expectTypeOf<RecognizeOptions>().toEqualTypeOf<{
      readonly types?: readonly EntityType[]
      readonly kinds?: readonly EntityKind[]
      readonly minScore?: number
      readonly date?: string
      readonly language?: 'detect' | 'de'
    }>()
    // @ts-expect-error a misspelt option
    ner.recognize('x', { type: ['PER'] })
    // @ts-expect-error a date is a string
    ner.recognize('x', { date: new Date() })
    // @ts-expect-error no such language
    ner.recognize('x', { language: 'en' })
    // @ts-expect-error bytes are no text
    ner.recognize(new Uint8Array())
    // @ts-expect-error tokens are a list
    ner.recognizeTokens('Angela Merkel')
    // @ts-expect-error a promise is awaited first
    loadRecognizer().recognize('x')
  })
})

describe('options of loading', () => {
  it('are those of the contract and those of browsers', () => {
    expectTypeOf(loadRecognizer).parameters.toEqualTypeOf<[options?: LoadOptions]>()
    expectTypeOf<keyof LoadOptions>().toEqualTypeOf<
      'model' | 'network' | 'gazetteer' | 'gazetteerFile' | 'onProgress' | 'signal' | 'cache'
    >()
    expectTypeOf<LoadOptions['gazetteer']>().toEqualTypeOf<readonly GazetteerEntry[] | undefined>()
    expectTypeOf<LoadProgress>().toEqualTypeOf<{
      readonly file: 'model' | 'gazetteer'
      readonly loaded: number
      readonly total: number | undefined
    }>()
    loadRecognizer({ model: 'fast', cache: 'eigennamen', signal: new AbortController().signal })
    loadRecognizer({ model: new URL('https://example.org/x.model'), gazetteerFile: new ArrayBuffer(8) })
    loadRecognizer({ onProgress: ({ file, loaded, total }) => [file, loaded / (total ?? loaded)] })
    // @ts-expect-error no such model
    loadRecognizer({ model: 'small' })
    // @ts-expect-error a path is no URL
    loadRecognizer({ gazetteerFile: './gazetteer.bin' })
    // @ts-expect-error the signal, not its controller
    loadRecognizer({ signal: new AbortController() })
    // @ts-expect-error the name of a cache
    loadRecognizer({ cache: true })
    // @ts-expect-error the total may be unknown
    loadRecognizer({ onProgress: ({ loaded, total }) => loaded / total })
    // @ts-expect-error an entry needs a type
    loadRecognizer({ gazetteer: [{ name: 'x' }] })
  })

  it('are taken by a pool too, with its own', () => {
    expectTypeOf<Exclude<keyof PoolOptions, keyof LoadOptions>>().toEqualTypeOf<'workers' | 'worker'>()
    expectTypeOf(createPool).parameters.toEqualTypeOf<[options?: PoolOptions]>()
    createPool({ worker: () => new Worker('worker.js', { type: 'module' }) })
    // @ts-expect-error a function that makes one: dead workers are replaced
    createPool({ worker: new Worker('worker.js') })
    // @ts-expect-error a number
    createPool({ workers: '2' })
    // @ts-expect-error a recogniser has no workers
    loadRecognizer({ workers: 2 })
  })
})

describe('Pool', () => {
  it('promises documents and streams them', () => {
    expectTypeOf(pool.recognize('x', { minScore: 0.5 })).resolves.toEqualTypeOf<Document>()
    expectTypeOf(pool.stream(['x'])).toEqualTypeOf<AsyncGenerator<Document>>()
    expectTypeOf(pool.close()).resolves.toBeVoid()
    expectTypeOf(pool.workers).toBeNumber()
    // @ts-expect-error readonly
    pool.workers = 3
    // @ts-expect-error made by createPool
    new library.Pool()
    // @ts-expect-error a promise of a document
    pool.recognize('x').entities
  })
})

describe('errors', () => {
  it('are classes below EigennamenError with a code', () => {
    for (const Class of [
      library.ArgumentError,
      library.CorpusError,
      library.FileError,
      library.GazetteerError,
      library.ModelError,
      library.PoolError,
    ]) {
      expectTypeOf<InstanceType<typeof Class>>().toExtend<library.EigennamenError>()
    }
    expectTypeOf<library.EigennamenError>().toExtend<Error>()
    expectTypeOf<library.EigennamenError['code']>().toEqualTypeOf<ErrorCode>()
    expectTypeOf<'WORKER_FAILED' | 'MODEL_CORRUPT' | 'INVALID_OPTION'>().toExtend<ErrorCode>()
    expectTypeOf<library.CorpusError['line']>().toEqualTypeOf<number | undefined>()
    const error = new library.ModelError('MODEL_CORRUPT', 'damaged')
    // @ts-expect-error readonly
    error.code = 'MODEL_FORMAT'
    // @ts-expect-error no such code
    const none = error.code === 'NOT_FOUND'
    void none
  })
})

describe('parseGazetteer', () => {
  it('answers entries and bad rows', () => {
    const { entries, badRows } = parseGazetteer('', { onBadRow: 'skip', format: 'tsv', source: 'x' })
    expectTypeOf(entries).toEqualTypeOf<readonly GazetteerEntry[]>()
    expectTypeOf(badRows[0]!.line).toBeNumber()
    expectTypeOf<GazetteerEntry>().toEqualTypeOf<{
      readonly name: string
      readonly type: EntityType
      readonly id?: string
      readonly aliases?: readonly string[]
      readonly from?: string
      readonly to?: string
    }>()
    // @ts-expect-error no such way
    parseGazetteer('', { onBadRow: 'ignore' })
  })
})

describe('the other builds', () => {
  it('export the same names', () => {
    expectTypeOf<keyof typeof browser>().toEqualTypeOf<keyof typeof library>()
    // Seen from an ES module, CommonJS has a default besides.
    expectTypeOf<Exclude<keyof typeof common, 'default'>>().toEqualTypeOf<keyof typeof library>()
  })

  it('take the same and answer the same', () => {
    expectTypeOf<Parameters<typeof browser.createPool>>().toEqualTypeOf<Parameters<typeof createPool>>()
    expectTypeOf<Parameters<typeof common.createPool>>().toEqualTypeOf<Parameters<typeof createPool>>()
    expectTypeOf<browser.Entity>().toEqualTypeOf<Entity>()
    expectTypeOf<common.Entity>().toEqualTypeOf<Entity>()
    expectTypeOf<keyof browser.Recognizer>().toEqualTypeOf<keyof Recognizer>()
    expectTypeOf<keyof common.Pool>().toEqualTypeOf<keyof Pool>()
    expectTypeOf<browser.Document['entities']>().toEqualTypeOf<Document['entities']>()
  })
})
