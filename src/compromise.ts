/** `eigennamen/compromise`: a plugin for compromise and de-compromise. */
export {
  type CompromisePluginOptions,
  type EigennamenPlugin,
  type EntityJson,
  eigennamenPlugin,
} from './adapters/compromise/plugin.js'
export type { EntitySource, RecognizedText } from './adapters/source.js'
export type { Entity, RecognizeOptions } from './types.js'
