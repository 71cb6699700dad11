import { CorpusError } from '../errors.js'
import type { LabelledSentence } from '../formats/conll.js'
import { beginLabel, CLASS_NAMES, insideLabel } from '../labels/scheme.js'
import { tokenize } from '../text/tokenizer.js'
import { checksum } from './sources.js'
import { tableRows } from './tables.js'

/**
 * Annotations of lines of a text that is not in the repository: `line TAB checksum TAB mentions`, where a line counts from 1, the
 * checksum is that of its text, and mentions are `start-end:TAG` in UTF-16 units of the line, separated by spaces.
 * @throws CorpusError if a line of the text is not the one that was annotated
 */
export function readStandoff(annotations: string, text: string, name: string): LabelledSentence[] {
  const lines = text.split('\n')
  return tableRows(annotations).map(([number, sum, mentions = '']) => {
    const line = lines[Number(number) - 1]
    if (line === undefined || checksum(line) !== sum)
      throw new CorpusError(
        `${name} annotates line ${number} of a text whose checksum is ${sum}; found ${line === undefined ? 'no such line' : checksum(line)}. Use the version of the text that the file's header names.`,
      )
    return labelled(line, mentions, `${name}, line ${number}`)
  })
}

function labelled(line: string, mentions: string, place: string): LabelledSentence {
  const tokens = tokenize(line)
  const labels = new Uint8Array(tokens.length)
  for (const mention of mentions.split(' ').filter((part) => part !== '')) {
    const match = /^(\d+)-(\d+):(\w+)$/.exec(mention)
    const cls = match === null ? -1 : CLASS_NAMES.indexOf(match[3]!.replace('OTH', 'MISC'))
    if (match === null || cls < 0)
      throw new CorpusError(`${place}: expected start-end:TAG, got ${JSON.stringify(mention)}`)
    let begun = false
    for (let at = 0; at < tokens.length; at++) {
      if (tokens.ends[at]! <= Number(match[1]) || tokens.starts[at]! >= Number(match[2])) continue
      labels[at] = begun ? insideLabel(cls) : beginLabel(cls)
      begun = true
    }
  }
  return {
    words: Array.from({ length: tokens.length }, (_, at) => line.slice(tokens.starts[at], tokens.ends[at])),
    labels,
    inner: new Uint8Array(tokens.length),
    line: 0,
  }
}
