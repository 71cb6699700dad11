import { ArgumentError, describe } from '../../errors.js'
import type { Entity } from '../../types.js'
import { type AdapterOptions, checkArguments, type EntitySource } from '../source.js'
import { IDLE_MACHINE, POS_SHIFT, type RawDocument, TOKEN_SIZE, type WinkSpan } from './contract.js'
import { coreModel } from './core.js'
import { patternMachine } from './custom.js'
import { cutText } from './cut.js'
import { featureFunctions, posNumber } from './features.js'
import { Pipe } from './pipe.js'
import { textOf, writeTokens } from './raw-text.js'

/** Word functions of the caller's own, in wink-nlp's form. Without one, the `its` helper that needs it throws. */
export interface WinkAddons {
  /** For `its.stem`. */
  readonly stem?: (word: string) => string
  /** For `its.lemma`: the lower-cased word, and its part of speech (X for most words). */
  readonly lemmatize?: (word: string, pos: string, cache: unknown) => string
  /** For `its.readabilityStats`. */
  readonly readabilityStats?: (document: unknown, its: unknown) => unknown
}

/** Options of `eigennamenModel`. */
export interface WinkModelOptions extends AdapterOptions {
  readonly addons?: WinkAddons
}

/** The least of a wink-nlp document: what `entitiesOf` tells documents apart by. */
export interface WinkDocument {
  isOOV(text: string): boolean
}

/** A language model for `winkNLP`. Its functions are wink-nlp's to call; `entitiesOf` is yours. */
export interface EigennamenWinkModel {
  readonly core: () => unknown
  readonly sbd: () => unknown
  readonly ner: () => unknown
  readonly negation: () => unknown
  readonly sa: () => unknown
  readonly pos: () => unknown
  readonly metaCER: () => unknown
  readonly featureFn: () => unknown
  readonly addons: Required<WinkAddons>
  /**
   * The entities behind `doc.entities()`, one for one and in the same order, with all that wink-nlp has no place for:
   * offsets into the text, canonical name, id, kind, score, cluster.
   * @throws ArgumentError for a document of another model, or one read without `sbd` in the pipe
   */
  readonly entitiesOf: (doc: WinkDocument) => readonly Entity[]
}

/**
 * A German language model for wink-nlp around a recogniser: tokens, sentences and entities are the recogniser's.
 *
 * ```ts
 * import { loadRecognizer } from 'eigennamen'
 * import { eigennamenModel } from 'eigennamen/wink'
 * import winkNLP from 'wink-nlp'
 *
 * const model = eigennamenModel(await loadRecognizer())
 * const nlp = winkNLP(model)
 * const doc = nlp.readDoc('Toqajew traf in Nur-Sultan Vertreter der OVKS.')
 * doc.entities().out(nlp.its.detail) // -> [{ value: 'Toqajew', type: 'PER' }, ...]
 * model.entitiesOf(doc)[0].canonical // -> 'Qassym-Schomart Toqajew'
 * ```
 *
 * How it works: wink-nlp's own tokeniser only cuts at spaces, which loses nothing. Then the sentence stage, the first that
 * a model may write in, recognises the text, replaces the tokens and sets sentences and entities. So `sbd` must be in the
 * pipe; it is by default.
 *
 * @throws ArgumentError for anything but a recogniser, and for unusable options
 */
export function eigennamenModel(source: EntitySource, options: WinkModelOptions = {}): EigennamenWinkModel {
  checkArguments('eigennamenModel', source, options)
  const entities = new WeakMap<WinkDocument['isOOV'], readonly Entity[]>()
  const names = new WeakMap<RawDocument, readonly WinkSpan[]>()

  /** Reads one document: everything that the recogniser knows goes into wink-nlp's data. */
  const readInto = (raw: RawDocument): void => {
    const text = textOf(raw)
    const cut = cutText(text, source.recognize(text, options.recognize))
    writeTokens(raw, text, cut.tokens)
    raw.sentences = cut.sentences
    names.set(
      raw,
      cut.spans.filter((_, index) => cut.entities[index]!.kind !== 'derived'),
    )
    const shown = raw.currPipe.ner === true
    holdEntities(raw, shown ? cut.spans : [])
    // The document publishes isOOV of this cache, so a copy for each document makes the function a key to its entities.
    const { cache } = raw
    raw.cache = { ...cache, isOOV: (word) => cache.isOOV(word) }
    entities.set(raw.cache.isOOV, shown ? cut.entities : [])
  }

  // winkNLP(model) loads all stages at once, core first: the pipe that core begins is the one the others belong to.
  let pipe = new Pipe()
  return {
    core: () => {
      pipe = new Pipe()
      return coreModel()
    },
    featureFn: featureFunctions,
    sbd: () => {
      const { read } = pipe
      return {
        machines: [],
        transformers: [],
        setter: (_found: unknown, raw: RawDocument) => read(raw, readInto),
      }
    },
    ner: () => {
      const { needSentences } = pipe
      return { machines: [IDLE_MACHINE], transformers: [needSentences] }
    },
    negation: () => ({ machines: [IDLE_MACHINE], setter: () => undefined }),
    sa: () => ({ machines: [IDLE_MACHINE], setter: () => undefined }),
    pos: () => {
      const { refresh } = pipe
      const setter = (raw: RawDocument, tags: readonly number[]) => writePos(raw, tags, names.get(raw) ?? [])
      return { machines: [IDLE_MACHINE], transformers: [], updater: refresh, setter }
    },
    metaCER: () => {
      const { needPos } = pipe
      return { machines: patternMachine(), transformers: [needPos] }
    },
    addons: {
      stem: missing('its.stem', 'stem'),
      lemmatize: missing('its.lemma', 'lemmatize'),
      readabilityStats: missing('its.readabilityStats', 'readabilityStats'),
      ...options.addons,
    },
    entitiesOf: (doc) => {
      const found = entities.get(doc?.isOOV)
      if (found !== undefined) return found
      throw new ArgumentError(
        'INVALID_ARGUMENT',
        `entitiesOf expects a document that winkNLP read with this model and "sbd" in its pipe, got ${describe(doc)}. Pass what readDoc returns.`,
      )
    },
  }
}

/** Keeps the entities against the entity stage, which assigns what its machines found: nothing. */
function holdEntities(raw: RawDocument, spans: WinkSpan[]): void {
  Object.defineProperty(raw, 'entities', { get: () => spans, set: () => undefined, enumerable: true })
}

/** Writes parts of speech: PROPN on the words of names, elsewhere what the kind of token tells. */
function writePos(raw: RawDocument, tags: readonly number[], names: readonly WinkSpan[]): void {
  const known = [...tags]
  for (const [first, last] of names) {
    for (let index = first; index <= last; index++) if (known[index] === WORD) known[index] = PROPER
  }
  for (const [index, tag] of known.entries()) raw.tokens[index * TOKEN_SIZE + 2] = tag << POS_SHIFT
}

const WORD = posNumber('X')
const PROPER = posNumber('PROPN')

function missing(helper: string, addon: keyof WinkAddons): () => never {
  return () => {
    throw new ArgumentError(
      'INVALID_ARGUMENT',
      `${helper} needs a function that this model does not bring for German. Pass one as eigennamenModel(recognizer, { addons: { ${addon} } }).`,
    )
  }
}
