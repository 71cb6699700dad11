import { createHash } from 'node:crypto'
import { readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { ArgumentError, FileError } from '../errors.js'
import { inputIsWritten, realPath } from './real-path.js'

/** How a file holds documents: a JSON record a line, a text a line, or one text. */
export type Shape = 'records' | 'lines' | 'article'
export type Compression = 'none' | 'gz' | 'zst'

/** One file to read, or standard input. */
export interface Source {
  /** Path to open; `-` for standard input. */
  readonly path: string
  /** What reports call it. */
  readonly name: string
  /** What the documents in it are called, where they have no id of their own: inside a folder, the path from there. */
  readonly id: string
  readonly shape: Shape
  readonly compression: Compression
  /** Size on disk in bytes; 0 for standard input. */
  readonly bytes: number
}

/** An input as it was given, for telling whether it is still the same. */
export interface InputStamp {
  readonly path: string
  readonly files: number
  readonly bytes: number
  /** Digest of the names, sizes and times of change of its files. */
  readonly digest: string
}

export interface Inputs {
  readonly sources: readonly Source[]
  readonly stamps: readonly InputStamp[]
}

/**
 * The files behind the INPUT arguments, in the order of the arguments; those of a folder sorted by their path, in code units.
 *
 * @param stdinShape what standard input holds
 * @param own files that the run itself writes; in a folder they are passed over
 * @throws FileError for an input that is not there, ArgumentError for one of unknown kind
 */
export function findSources(
  inputs: readonly string[],
  stdinShape: 'records' | 'lines',
  own: readonly string[],
): Inputs {
  const passOver = new Set(own.map(realPath))
  const sources: Source[] = []
  const stamps: InputStamp[] = []
  for (const input of inputs) {
    const digest = createHash('sha256')
    const first = sources.length
    const add = (path: string, id: string, shape: Shape, stats: Stats): void => {
      sources.push({ path, name: path, id, shape, compression: compressionOf(path), bytes: stats.size })
      digest.update(`${id}\0${stats.size}\0${stats.mtimeMs}\n`)
    }
    if (input === '-') {
      const name = 'standard input'
      sources.push({ path: input, name, id: 'stdin', shape: stdinShape, compression: 'none', bytes: 0 })
    } else {
      const stats = statOf(input)
      if (stats.isDirectory()) {
        for (const path of walk(input, '').sort()) {
          const full = join(input, path)
          const shape = shapeOf(path)
          if (shape === undefined || passOver.has(realPath(full))) continue
          add(full, path, shape === 'lines' ? 'article' : shape, statOf(full))
        }
      } else {
        const shape = shapeOf(input)
        if (shape === undefined) {
          throw unusable(
            `cannot tell what ${input} holds; expected a folder or a file ending in .jsonl or .txt, or one of these with .gz or .zst. Rename it, or pipe it in.`,
          )
        }
        if (passOver.has(realPath(input))) throw inputIsWritten(input)
        add(input, input, shape, stats)
      }
    }
    const mine = sources.slice(first)
    if (mine.length === 0) {
      throw unusable(
        `the folder ${input} holds no .txt or .jsonl file (nor one with .gz or .zst). Check the path.`,
      )
    }
    stamps.push({
      path: input,
      files: mine.length,
      bytes: mine.reduce((sum, { bytes }) => sum + bytes, 0),
      digest: digest.digest('hex').slice(0, 32),
    })
  }
  return { sources, stamps }
}

/** Paths of the files below a folder, with `/`; hidden ones and linked folders are left out. */
function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.')) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return walk(root, path)
    return entry.isFile() || (entry.isSymbolicLink() && statOf(join(root, path)).isFile()) ? [path] : []
  })
}

function statOf(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw new FileError(
      'UNREADABLE_FILE',
      `cannot read ${path}: ${(error as Error).message}. Check the path.`,
      {
        cause: error,
      },
    )
  }
}

function unusable(message: string): ArgumentError {
  return new ArgumentError('INVALID_ARGUMENT', message)
}

function shapeOf(path: string): 'records' | 'lines' | undefined {
  const bare = path.replace(/\.(gz|zst)$/i, '')
  if (/\.(jsonl|ndjson)$/i.test(bare)) return 'records'
  return /\.txt$/i.test(bare) ? 'lines' : undefined
}

function compressionOf(path: string): Compression {
  if (/\.gz$/i.test(path)) return 'gz'
  return /\.zst$/i.test(path) ? 'zst' : 'none'
}
