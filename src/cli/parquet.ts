import { writeFileSync } from 'node:fs'
import type { BasicType, ColumnSource } from 'hyparquet-writer'
import type { NamedDocument } from '../formats/document.js'
import { type EntityRow, entityRows, type MentionRow, mentionRows } from '../formats/table.js'
import { cannotWrite } from './output.js'

/** A column's Parquet type, and whether a row may lack it. */
type Schema<Row> = { readonly [K in keyof Row]: readonly [type: BasicType, nullable: boolean] }

const MENTIONS: Schema<MentionRow> = {
  id: ['STRING', false],
  start: ['INT32', false],
  end: ['INT32', false],
  text: ['STRING', false],
  type: ['STRING', false],
  kind: ['STRING', false],
  score: ['DOUBLE', false],
  canonical: ['STRING', false],
  qid: ['STRING', true],
  method: ['STRING', true],
  cluster: ['INT32', false],
  host: ['STRING', true],
}

const ENTITIES: Schema<EntityRow> = {
  id: ['STRING', false],
  cluster: ['INT32', false],
  canonical: ['STRING', false],
  type: ['STRING', false],
  qid: ['STRING', true],
  mentions: ['INT32', false],
  first: ['INT32', false],
}

/** Where the distinct entities go, given where the mentions go: `names.parquet`, `names.entities.parquet`. */
export function entitiesPath(path: string): string {
  return path.endsWith('.parquet') ? path.replace(/\.parquet$/, '.entities.parquet') : `${path}.entities`
}

/** Collects rows and writes two Apache Parquet files (https://parquet.apache.org): the mentions, and the distinct entities. */
export class ParquetFiles {
  readonly #path: string
  readonly #mentions: MentionRow[] = []
  readonly #entities: EntityRow[] = []

  constructor(path: string) {
    this.#path = path
  }

  add(doc: NamedDocument): void {
    this.#mentions.push(...mentionRows(doc))
    this.#entities.push(...entityRows(doc))
  }

  /** @throws FileError for a file that cannot be written */
  async write(): Promise<void> {
    await writeTable(this.#path, this.#mentions, MENTIONS)
    await writeTable(entitiesPath(this.#path), this.#entities, ENTITIES)
  }
}

async function writeTable<Row>(path: string, rows: readonly Row[], schema: Schema<Row>): Promise<void> {
  // Loaded only where it is asked for: the other formats start without it.
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const columnData = Object.entries<readonly [BasicType, boolean]>(schema).map(
    ([name, [type, nullable]]): ColumnSource => ({
      name,
      type,
      nullable,
      data: rows.map((row) => wellFormed(row[name as keyof Row])),
    }),
  )
  const bytes = parquetWriteBuffer({ columnData })
  try {
    writeFileSync(path, new Uint8Array(bytes))
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

/** Parquet strings are UTF-8: half a surrogate pair becomes U+FFFD. */
function wellFormed(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Cs}/gu, '\ufffd') : value
}
