// What a page has to load: each entry bundled and minified by esbuild, in bytes, plain and gzipped, without and with the data.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const limits = JSON.parse(readFileSync(new URL('size-limits.json', import.meta.url), 'utf8'))
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length

/** A line of the table: what is imported, and whether it needs model and gazetteer. */
const ENTRIES = [
  { name: 'loadRecognizer', code: "import { loadRecognizer } from 'eigennamen'", data: true },
  { name: 'createPool', code: "import { createPool } from 'eigennamen'", data: true },
  { name: 'browser-worker', code: "import 'eigennamen/browser-worker'", data: false },
  { name: 'formats', code: "import * as all from 'eigennamen/formats'", data: false },
  { name: 'formats: formatHtml', code: "import { formatHtml } from 'eigennamen/formats'", data: false },
  { name: 'compromise', code: "import { eigennamenPlugin } from 'eigennamen/compromise'", data: false },
  { name: 'wink', code: "import { eigennamenModel } from 'eigennamen/wink'", data: false },
]

/** Measures the built files. @returns rows of { name, minified, gzip, withData, limit }, in bytes; withData gzipped too */
export async function measure() {
  const data = ['news.model', 'gazetteer.bin']
    .map((name) => gzip(readFileSync(new URL(`../../models/${name}`, import.meta.url))))
    .reduce((sum, length) => sum + length)
  const rows = []
  for (const { name, code, data: needsData } of ENTRIES) {
    const names = /import (?:\* as )?\{?\s*(\w+)/.exec(code)?.[1]
    const { outputFiles } = await build({
      // Used, so that nothing of it is dropped. The package finds itself by its own name.
      stdin: { contents: names ? `${code}\nglobalThis.used = ${names}` : code, resolveDir: root },
      bundle: true,
      minify: true,
      charset: 'utf8',
      format: 'esm',
      write: false,
    })
    const bytes = outputFiles[0].contents
    const small = gzip(bytes)
    rows.push({
      name,
      minified: bytes.length,
      gzip: small,
      withData: needsData ? small + data : undefined,
      limit: limits[name],
    })
  }
  return rows
}

/** The rows as a table of text. */
export function table(rows) {
  const head = ['import', 'minified', 'gzip', 'limit', 'gzip with data']
  const number = (value) => value?.toLocaleString('en-US') ?? '-'
  const lines = [
    head,
    ...rows.map(({ name, minified, gzip, limit, withData }) => [
      name,
      number(minified),
      number(gzip),
      number(limit),
      number(withData),
    ]),
  ]
  const width = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(width[0]) : cell.padStart(width[column])))
        .join('  '),
    )
    .join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = await measure()
  console.log(table(rows))
  for (const { name, gzip, limit } of rows.filter(({ gzip, limit }) => !(gzip <= limit))) {
    console.error(
      `${name}: ${gzip} bytes gzipped, at most ${limit}. Make it smaller, or raise it in size-limits.json.`,
    )
    process.exitCode = 1
  }
}
