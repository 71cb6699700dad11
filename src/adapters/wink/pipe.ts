import { ArgumentError } from '../../errors.js'
import { type RawDocument, TOKEN_SIZE, type WinkCache } from './contract.js'
import { type CustomConfig, customEvent } from './custom.js'

/** What the stages of one `winkNLP(model)` tell each other. wink-nlp reads documents one after the other. */
export class Pipe {
  /** The document at hand, once the sentence stage has read it. */
  private document: RawDocument | undefined
  /** The document whose tokens the later stages have been told. */
  private refreshed: RawDocument | undefined

  readonly read = (raw: RawDocument, readInto: (raw: RawDocument) => void): void => {
    readInto(raw)
    this.document = raw
    this.refreshed = undefined
  }

  /** Entities come from the sentence stage; a pipe without it would find none and not say so. */
  readonly needSentences = (token: number): number => {
    if (this.document !== undefined) return token
    throw new ArgumentError(
      'INVALID_ARGUMENT',
      'the pipe of winkNLP holds "ner" but not "sbd"; this model finds entities in the "sbd" stage. Add "sbd" to the pipe.',
    )
  }

  /** Replaces wink-nlp's list of the first cut's tokens, which it made before the sentence stage, in place. */
  readonly refresh = (_found: unknown, cache: WinkCache, _tags: unknown, normals: number[]): void => {
    if (this.document === undefined) return
    const { tokens } = this.document
    normals.length = tokens.length / TOKEN_SIZE
    for (let index = 0; index < normals.length; index++)
      normals[index] = cache.normal(tokens[index * TOKEN_SIZE]!)
    this.refreshed = this.document
  }

  readonly needPos = (
    token: number | string,
    _cache: unknown,
    config: CustomConfig,
    index: number,
  ): string => {
    if (this.refreshed === config.rdd) return customEvent(token, config, index)
    throw new ArgumentError(
      'INVALID_ARGUMENT',
      'custom entities need "sbd" and "pos" in the pipe of winkNLP with this model. Add both, or leave the pipe to its default.',
    )
  }
}
