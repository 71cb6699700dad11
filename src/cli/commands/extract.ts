import { inputIsWritten, realPath } from '../../corpus/real-path.js'
import { EigennamenError } from '../../errors.js'
import { oneOf, parseArguments } from '../arguments.js'
import { documentWriter, FORMATS, filesOf } from '../document-writer.js'
import { nameOf, readText } from '../io.js'
import { RECOGNIZE_HELP, RECOGNIZE_OPTIONS, recognizeOptions } from '../recognize-options.js'
import { isModelFile, openRecognizer, RECOGNIZER_HELP, RECOGNIZER_OPTIONS } from '../recognizer.js'
import type { Command } from './command.js'

export const extract: Command = {
  summary: 'find people, organisations and places in texts',
  help: `Usage: eigennamen extract [FILE...] [options]

Reads each FILE as one text ("-" or nothing: standard input) and prints its entities.

  --format F       one of the formats below; default pretty on a terminal, jsonl in a pipe
  --out FILE       write to FILE instead of standard output; no input may be FILE, and FILE stays as it is where no
                   input could be read
${RECOGNIZE_HELP}
${RECOGNIZER_HELP}

Formats:
  pretty           entities by type, to read on a terminal
  jsonl, json      everything, one object a text; one a line, or in one array
  csv, tsv         a row a mention, for spreadsheets and shell tools
  parquet          mentions in FILE.parquet, distinct entities in FILE.entities.parquet, for DuckDB, pandas, Spark;
                   needs --out
  html             a page to read and show: names highlighted, with their entities
  tei              TEI P5 XML for digital editions: persName, orgName, placeName
  w3c              W3C Web Annotations in JSON-LD, positions in code points
  conll, bioes     token TAB tag, in IOB2 or BIOES, for training taggers
  spacy            JSON of spaCy's Doc, offsets in code points
  brat             stand-off annotation (.ann) of one text for brat, offsets in code points
  webanno          WebAnno TSV 3.3 of one text for INCEpTION; define the layer webanno.custom.Eigenname first
                   (string features canonical, id, kind)
In csv, tsv, parquet, json, jsonl and webanno offsets count UTF-16 code units, as JavaScript and Java do.

Examples:
  eigennamen extract artikel.txt
  echo 'Toqajew traf Vertreter der OVKS.' | eigennamen extract
  eigennamen extract --format conll artikel.txt > artikel.conll
  eigennamen extract --format html --out artikel.html artikel.txt
  eigennamen extract --format parquet --out names.parquet *.txt
  eigennamen extract --types ORG --min-score 0.8 *.txt | jq -r '.entities[].canonical' | sort | uniq -c
`,
  async run(args) {
    const { options, rest } = parseArguments(args, {
      format: 'string',
      out: 'string',
      ...RECOGNIZE_OPTIONS,
      ...RECOGNIZER_OPTIONS,
    })
    const format = oneOf('format', options.format, FORMATS, process.stdout.isTTY ? 'pretty' : 'jsonl')
    const wanted = recognizeOptions(options)
    const paths = rest.length === 0 ? ['-'] : rest
    const written = new Set(filesOf(format, options.out).map(realPath))
    const model = options.model !== undefined && isModelFile(options.model) ? options.model : undefined
    for (const path of [...paths, options.names, model, options.gazetteer])
      if (path !== undefined && path !== '-' && written.has(realPath(path))) throw inputIsWritten(path)
    const writer = documentWriter(format, options.out, paths.length)
    const { engine: recognizer, badNames } = await openRecognizer(options)
    let failures = badNames
    for (const path of paths) {
      try {
        writer.write(nameOf(path), recognizer.recognize(readText(path), wanted))
      } catch (error) {
        // A wrong option fails for every file alike; only an unreadable file lets the rest go on.
        if (!(error instanceof EigennamenError) || error.code !== 'UNREADABLE_FILE') throw error
        failures++
        process.stderr.write(`eigennamen: ${error.message}\n`)
      }
    }
    await writer.end()
    return failures > 0 ? 1 : 0
  },
}
