import { loadRecognizer, type ModelName, type Recognizer } from '../index.js'
import { oneOf } from './arguments.js'
import { readBytes } from './io.js'

/** Loads the shipped model by name, or a model and gazetteer from files. */
export async function openRecognizer(options: { model?: string; gazetteer?: string }): Promise<Recognizer> {
  const { model, gazetteer } = options
  const isFile = model !== undefined && /[./\\]/.test(model)
  return loadRecognizer({
    model: isFile ? readBytes(model) : oneOf<ModelName>('model', model, ['accurate', 'fast'], 'accurate'),
    ...(gazetteer === undefined ? {} : { gazetteerFile: readBytes(gazetteer) }),
  })
}
