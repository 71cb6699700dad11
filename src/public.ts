/** Everything public that is the same in Node and in browsers. */
export {
  ArgumentError,
  CorpusError,
  EigennamenError,
  type ErrorCode,
  FileError,
  GazetteerError,
  ModelError,
  PoolError,
  QueueError,
} from './errors.js'
export type { GazetteerEntry } from './gazetteer/entry.js'
export type { LookupOptions } from './gazetteer/gazetteer.js'
export {
  type BadRow,
  type GazetteerFormat,
  type ParsedGazetteer,
  type ParseGazetteerOptions,
  parseGazetteer,
} from './gazetteer/gazetteer-file.js'
export { Document } from './recognizer/document.js'
export type { LoadProgress } from './recognizer/files.js'
export { Recognizer } from './recognizer/recognizer.js'
export type { BinarySource, LoadOptions, ModelName } from './recognizer/sources.js'
export type { ModelHeader, SourceNote } from './tagger/tagger-model.js'
export type {
  Candidate,
  Entity,
  EntityKind,
  EntityType,
  IndexedEntity,
  LanguageGuess,
  Link,
  LinkMethod,
  RecognizeOptions,
  Sentence,
  Token,
} from './types.js'
