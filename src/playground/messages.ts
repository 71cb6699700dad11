import type { Entity } from '../types.js'

/** What the page asks its worker. */
export interface Question {
  readonly number: number
  readonly text: string
}

/** What the worker says: bytes loaded so far, then that it is ready; an answer a question; or why it cannot. */
export type Message =
  | { readonly kind: 'progress'; readonly loaded: number; readonly total: number }
  | { readonly kind: 'ready'; readonly fromCache: boolean }
  | {
      readonly kind: 'answer'
      readonly number: number
      readonly text: string
      /** ISO 639-3, as the text looks; `und` where it is too short to tell. */
      readonly language: string
      /** All types and kinds, with any score. */
      readonly entities: readonly Entity[]
      readonly tokens: number
      readonly milliseconds: number
    }
  | { readonly kind: 'failed'; readonly message: string }
