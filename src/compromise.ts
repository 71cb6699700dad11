/** `eigennamen/compromise`: a plugin for compromise and de-compromise. */
export {
  type EigennamenPlugin,
  type EntityJson,
  eigennamenPlugin,
} from './adapters/compromise/plugin.js'
export type { AdapterOptions, EntitySource, RecognizedText } from './adapters/source.js'
export type { Entity, RecognizeOptions } from './types.js'
