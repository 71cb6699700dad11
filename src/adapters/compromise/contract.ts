import type { Entity } from '../../types.js'

/** The parts of compromise that the plugin meets, as versions 14.8 (inside de-compromise) and 14.17 have them. */

/** A term: `pre + text + post` is about what stands in the text. A contraction has a second term without text. */
export interface Term {
  readonly text: string
  readonly pre: string
  readonly post: string
  readonly id?: string
  readonly tags?: Set<string>
  [MARKS]?: readonly Mark[]
}

/** That a term belongs to a mention. Marks sit on the terms, so that they outlive clones and edits of the document. */
export interface Mark {
  readonly entity: Entity
  /** Place of the term among the terms of the mention, from 0. */
  readonly place: number
  /** Number of terms of the mention. */
  readonly count: number
}

export const MARKS: unique symbol = Symbol('eigennamen')

/** Sentences of terms. */
export type TermDocument = Term[][]

/** Sentence, first term, term after the last; then the ids by which compromise finds the terms again after edits. */
export type Pointer = [sentence: number, start?: number, end?: number, startId?: string, endId?: string]

export interface World {
  hooks: string[]
  readonly model: { readonly one: { readonly tagSet?: Readonly<Record<string, unknown>> } }
  readonly methods: {
    readonly one: {
      readonly tokenize: { fromString(text: string, world: World): TermDocument }
      setTag(terms: readonly Term[], tag: string, world: World, isSafe: boolean, reason: string): void
      unTag(terms: readonly Term[], tag: string, tagSet: Readonly<Record<string, unknown>>): void
    }
  }
}

/** compromise's view of a document, or of stretches of it. */
export interface View {
  readonly document: TermDocument
  /** The terms that the view shows, a list for each stretch. */
  readonly docs: TermDocument
  readonly fullPointer: readonly Pointer[]
  world: World
  viewType: string
  json(options?: unknown): unknown
  update(pointer: readonly Pointer[] | null): View
  getNth(which?: number | string): View
}

export type ViewClass = new (
  document: TermDocument,
  pointer?: readonly Pointer[] | null,
  groups?: unknown,
) => View
