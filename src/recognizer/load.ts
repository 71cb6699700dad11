import { Gazetteer } from '../gazetteer/gazetteer.js'
import { Tagger } from '../tagger/tagger.js'
import { readTaggerModel } from '../tagger/tagger-model.js'
import type { Files } from './files.js'
import { Recognizer } from './recognizer.js'
import { type LoadOptions, readSources, type Sources } from './sources.js'

/** What `loadRecognizer` does, with a platform's way of reading files. */
export async function loadWith(files: Files, options?: LoadOptions): Promise<Recognizer> {
  return openSources(await readSources(options, files, 'loadRecognizer'))
}

/** @throws ModelError for unusable bytes, GazetteerError for a bad entry of the caller's own */
export function openSources(sources: Sources): Recognizer {
  const { model, modelName, network, gazetteer, gazetteerName, own } = sources
  const shipped = gazetteer === 'none' ? Gazetteer.empty() : Gazetteer.read(gazetteer, gazetteerName)
  const tagger = new Tagger(readTaggerModel(model, modelName), network)
  return new Recognizer(tagger, own.length > 0 ? shipped.with(own) : shipped)
}
