/** `eigennamen/wink`: a German language model for wink-nlp. */
export type { AdapterOptions, EntitySource, RecognizedText } from './adapters/source.js'
export {
  type EigennamenWinkModel,
  eigennamenModel,
  type WinkAddons,
  type WinkDocument,
  type WinkModelOptions,
} from './adapters/wink/model.js'
export type { Entity, RecognizeOptions } from './types.js'
