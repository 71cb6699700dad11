import { ENTITY_TYPES } from '../../labels/scheme.js'
import type { Entity, EntityType } from '../../types.js'
import { type AdapterOptions, checkArguments, type EntitySource } from '../source.js'
import { joinTerms, placeTerms } from './align.js'
import type { Pointer, TermDocument, View, ViewClass, World } from './contract.js'
import { isMarked, markTerms, mentionsIn } from './mark.js'

/** A plugin for `nlp.plugin(...)`; its members are compromise's to call. */
export interface EigennamenPlugin {
  readonly compute: { readonly eigennamen: (view: unknown) => void }
  readonly mutate: (world: unknown) => void
  readonly api: (view: unknown) => void
}

/** One object of `.people().json()` and its like: the entity, and what compromise itself was asked for (`terms`, ...). */
export type EntityJson = Entity & { readonly [option: string]: unknown }

const HOOK = 'eigennamen'

/**
 * A plugin for compromise and de-compromise: `.people()`, `.organizations()`, `.places()` and `.topics()` answer from a
 * recogniser, and the tags #Person, #Organization and #Place with them.
 *
 * ```ts
 * import nlp from 'compromise'
 * import { loadRecognizer } from 'eigennamen'
 * import { eigennamenPlugin } from 'eigennamen/compromise'
 *
 * nlp.plugin(eigennamenPlugin(await loadRecognizer()))
 * nlp('Toqajew traf in Nur-Sultan Vertreter der OVKS.').places().json()
 * // -> [{ text: 'Nur-Sultan', start: 16, end: 26, canonical: 'Astana', id: 'Q1520', type: 'LOC', ... }]
 * ```
 *
 * compromise keeps plugins for the whole program, so after this every text given to that `nlp` is read as German. Applied
 * again with another recogniser, the last one counts.
 *
 * @throws ArgumentError for anything but a recogniser, and for unusable options
 */
export function eigennamenPlugin(source: EntitySource, options: AdapterOptions = {}): EigennamenPlugin {
  checkArguments('eigennamenPlugin', source, options)
  /** The texts that documents were cut from. */
  const texts = new WeakMap<TermDocument, string>()

  const recognize = ({ document, world }: View): void => {
    const original = texts.get(document)
    let text = original ?? joinTerms(document)
    let placed = placeTerms(document, text)
    if (placed === undefined && original !== undefined) {
      // The document was edited since; offsets are those of its text as it is now.
      text = joinTerms(document)
      placed = placeTerms(document, text)
    }
    const { entities } = source.recognize(text, options.recognize)
    markTerms(document, placed ?? [], entities, world)
  }

  return {
    // Runs behind the taggers: it stands last among the hooks.
    compute: { [HOOK]: (view) => recognize(view as View) },
    mutate: (given) => {
      const world = given as World
      if (!world.hooks.includes(HOOK)) world.hooks = [...world.hooks, HOOK]
      const { tokenize } = world.methods.one
      const { fromString } = tokenize
      tokenize.fromString = (text, ofWorld) => {
        const document = fromString(text, ofWorld)
        texts.set(document, text)
        return document
      }
    },
    api: (given) => addMethods(given as ViewClass, recognize),
  }
}

/** The methods of compromise's views that answer from the recogniser. */
const METHODS: Readonly<Record<string, readonly EntityType[]>> = {
  people: ['PER'],
  organizations: ['ORG'],
  places: ['LOC'],
  topics: ENTITY_TYPES,
}

function addMethods(Base: ViewClass, recognize: (view: View) => void): void {
  /** Stretches that are mentions. What is matched inside them is an ordinary view again. */
  class Mentions extends Base {
    readonly #types: ReadonlySet<EntityType>

    constructor(document: TermDocument, pointer: readonly Pointer[] | null, types: ReadonlySet<EntityType>) {
      super(document, pointer)
      this.viewType = 'Mentions'
      this.#types = types
    }

    override update(pointer: readonly Pointer[] | null): Mentions {
      const view = new Mentions(this.document, pointer, this.#types)
      view.world = this.world
      return view
    }

    override json(options?: unknown): unknown {
      const plain = super.json(typeof options === 'number' ? undefined : options) as object[]
      const entities = this.#entities()
      const all = plain.map((json, index) => ({ ...json, ...entities[index] }))
      return typeof options === 'number' ? all[options] : all
    }

    data(options?: unknown): unknown {
      return this.json(options)
    }

    /** The entity of each stretch; of two equal stretches (two names in one term) the second gets the second entity. */
    #entities(): (Entity | undefined)[] {
      const used = new Set<Entity>()
      return this.fullPointer.map((pointer) => {
        const shown = mentionsIn(this.update([pointer]), this.#types)
        const mention = shown.find(
          ({ entity, pointer: [, start, end] }) =>
            start === pointer[1] && end === pointer[2] && !used.has(entity),
        )
        if (mention !== undefined) used.add(mention.entity)
        return mention?.entity
      })
    }
  }

  for (const [method, types] of Object.entries(METHODS)) {
    const wanted = new Set(types)
    Object.assign(Base.prototype, {
      [method](this: View, which?: number | string): View {
        if (!isMarked(this.document)) recognize(this)
        const pointers = mentionsIn(this, wanted).map(({ pointer }) => pointer)
        const view = new Mentions(this.document, pointers, wanted)
        view.world = this.world
        return view.getNth(which)
      },
    })
  }
}
