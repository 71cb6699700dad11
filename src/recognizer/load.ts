import { Gazetteer } from '../gazetteer/gazetteer.js'
import { readTaggerModel } from '../tagger/tagger-model.js'
import type { Files } from './files.js'
import { Recognizer } from './recognizer.js'
import { type LoadOptions, readSources, type Sources } from './sources.js'

/** What `loadRecognizer` does, with a platform's way of reading files. */
export async function loadWith(files: Files, options?: LoadOptions): Promise<Recognizer> {
  return openSources(await readSources(options, files, 'loadRecognizer'))
}

/** @throws ModelError for unusable bytes, GazetteerError for a bad entry of the caller's own */
export function openSources({ model, modelName, gazetteer, gazetteerName, own }: Sources): Recognizer {
  const shipped = gazetteer === 'none' ? Gazetteer.empty() : Gazetteer.read(gazetteer, gazetteerName)
  return new Recognizer(readTaggerModel(model, modelName), own.length > 0 ? shipped.with(own) : shipped)
}
