// Articles for Elasticsearch or OpenSearch, with the names in them as keyword fields to search and count by.
//
//   npm install && npm run build     (in this repository; in your own project: npm install eigennamen)
//   node examples/elasticsearch.mjs --mapping | curl -X PUT localhost:9200/news -H 'content-type: application/json' --data-binary @-
//   node examples/elasticsearch.mjs < examples/articles.jsonl | curl localhost:9200/_bulk -H 'content-type: application/x-ndjson' --data-binary @-
//
// For a large corpus cut the output into requests of some megabytes: split -C 8m, always after an even number of lines.

import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { loadRecognizer } from 'eigennamen'

/** Facets are keywords; `mentions` is nested, so that type and canonical name of one mention belong together in a query. */
export const mapping = {
  mappings: {
    properties: {
      title: { type: 'text', analyzer: 'german' },
      text: { type: 'text', analyzer: 'german' },
      date: { type: 'date' },
      people: { type: 'keyword' },
      organisations: { type: 'keyword' },
      places: { type: 'keyword' },
      wikidata: { type: 'keyword' },
      mentions: {
        type: 'nested',
        properties: {
          start: { type: 'integer' },
          end: { type: 'integer' },
          text: { type: 'keyword' },
          type: { type: 'keyword' },
          canonical: { type: 'keyword' },
          id: { type: 'keyword' },
        },
      },
    },
  },
}

/** The article with its names. Changes nothing in the one given; `start` and `end` are UTF-16 offsets into `text`. */
export function enrich(ner, article) {
  const { entities } = ner.recognize(article.text, article.date ? { date: article.date } : {})
  const named = (type) => [...new Set(entities.filter((e) => e.type === type).map((e) => e.canonical))]
  return {
    ...article,
    people: named('PER'),
    organisations: named('ORG'),
    places: named('LOC'),
    wikidata: [...new Set(entities.flatMap((e) => e.id ?? []))],
    mentions: entities.map(({ start, end, text, type, canonical, id }) => {
      return { start, end, text, type, canonical, id }
    }),
  }
}

/** Two lines for the bulk API: what to do, and the article. Done twice it overwrites and does not double. */
export function bulkLines(index, { id, ...article }) {
  return `${JSON.stringify({ index: { _index: index, _id: id } })}\n${JSON.stringify(article)}\n`
}

async function main() {
  if (process.argv.includes('--mapping')) {
    console.log(JSON.stringify(mapping, null, 2))
    return
  }
  const ner = await loadRecognizer()
  async function* lines() {
    for await (const line of createInterface({ input: process.stdin })) {
      yield bulkLines('news', enrich(ner, JSON.parse(line)))
    }
  }
  // Reads no faster than the other end of the pipe takes.
  await pipeline(lines, process.stdout)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
