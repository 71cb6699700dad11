import { EigennamenError } from '../../errors.js'
import { formatBrat } from '../../formats/brat.js'
import { documentToConll } from '../../formats/document-conll.js'
import { toSpacy } from '../../formats/spacy.js'
import type { Document } from '../../index.js'
import { oneOf, parseArguments } from '../arguments.js'
import { nameOf, readText } from '../io.js'
import { formatPretty } from '../pretty.js'
import { RECOGNIZE_HELP, RECOGNIZE_OPTIONS, recognizeOptions } from '../recognize-options.js'
import { openRecognizer, RECOGNIZER_HELP } from '../recognizer.js'
import type { Command } from './command.js'

const FORMATS = ['pretty', 'jsonl', 'json', 'conll', 'spacy', 'brat'] as const
type Format = (typeof FORMATS)[number]

export const extract: Command = {
  summary: 'find people, organisations and places in texts',
  help: `Usage: eigennamen extract [FILE...] [options]

Reads each FILE as one text ("-" or nothing: standard input) and prints its entities.

  --format F       pretty (default on a terminal), jsonl (default in a pipe), json, conll, spacy, brat
${RECOGNIZE_HELP}
${RECOGNIZER_HELP}

Examples:
  eigennamen extract artikel.txt
  echo 'Toqajew traf Vertreter der OVKS.' | eigennamen extract
  eigennamen extract --format conll artikel.txt > artikel.conll
  eigennamen extract --types ORG --min-score 0.8 *.txt | jq -r '.entities[].canonical' | sort | uniq -c
`,
  async run(args) {
    const { options, rest } = parseArguments(args, {
      format: 'string',
      ...RECOGNIZE_OPTIONS,
      model: 'string',
      gazetteer: 'string',
      names: 'string',
    })
    const format = oneOf('format', options.format, FORMATS, process.stdout.isTTY ? 'pretty' : 'jsonl')
    const wanted = recognizeOptions(options)
    const recognizer = await openRecognizer(options)
    const writer = new Writer(format)
    let failures = 0
    for (const path of rest.length === 0 ? ['-'] : rest) {
      try {
        writer.write(nameOf(path), recognizer.recognize(readText(path), wanted))
      } catch (error) {
        // A wrong option fails for every file alike; only an unreadable file lets the rest go on.
        if (!(error instanceof EigennamenError) || error.code !== 'UNREADABLE_FILE') throw error
        failures++
        process.stderr.write(`eigennamen: ${error.message}\n`)
      }
    }
    writer.end()
    return failures > 0 ? 1 : 0
  },
}

/** One object a document: what jsonl prints. */
function record(id: string, doc: Document): object {
  return { id, text: doc.text, language: doc.language.code, entities: doc.entities }
}

class Writer {
  private readonly format: Format
  private readonly collected: object[] = []

  constructor(format: Format) {
    this.format = format
  }

  write(id: string, doc: Document): void {
    switch (this.format) {
      case 'json':
        this.collected.push(record(id, doc))
        break
      case 'jsonl':
        process.stdout.write(`${JSON.stringify(record(id, doc))}\n`)
        break
      case 'spacy':
        this.collected.push({ id, ...toSpacy(doc.text, doc.entities) })
        break
      case 'conll':
        process.stdout.write(documentToConll(doc))
        break
      case 'brat':
        process.stdout.write(formatBrat(doc.text, doc.entities))
        break
      case 'pretty':
        process.stdout.write(formatPretty(id, doc))
    }
  }

  end(): void {
    if (this.format === 'json' || this.format === 'spacy')
      process.stdout.write(`${JSON.stringify(this.collected, null, 2)}\n`)
  }
}
