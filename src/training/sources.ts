import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashString } from '../binary/hash.js'
import { FileError } from '../errors.js'
import type { SourceNote } from '../tagger/tagger-model.js'

/** Reads source files below a folder and notes name, licence and checksum of each for the file that is built from them. */
export class SourceReader {
  readonly notes: SourceNote[] = []
  private readonly root: string

  /** @param root the data folder: an argument of the command or EIGENNAMEN_DATA */
  constructor(root: string) {
    this.root = root
  }

  read(path: string, licence: string): string {
    const text = readSource(join(this.root, path))
    this.notes.push({ name: path, licence, checksum: checksum(text) })
    return text
  }

  /** A file of numbers. */
  readBytes(path: string, licence: string): Uint8Array {
    const bytes = readBytes(join(this.root, path))
    this.notes.push({ name: path, licence, checksum: checksum(Buffer.from(bytes).toString('latin1')) })
    return bytes
  }

  /** A text compressed by xz, which must be installed. */
  readXz(path: string, licence: string): string {
    const text = decompress(join(this.root, path))
    this.notes.push({ name: path, licence, checksum: checksum(text) })
    return text
  }

  /** All files of a folder with an ending, by name. */
  readAll(folder: string, ending: string, licence: string): string[] {
    return this.readNamed(folder, ending, licence).map(({ content }) => content)
  }

  /** The same with their names. */
  readNamed(
    folder: string,
    ending: string,
    licence: string,
  ): { readonly name: string; readonly content: string }[] {
    return listFiles(join(this.root, folder), ending).map((name) => ({
      name,
      content: this.read(`${folder}/${name}`, licence),
    }))
  }
}

/** Reads a file outside of the data folder, of this repository. */
export function readSource(path: string): string {
  return new TextDecoder().decode(readBytes(path))
}

function decompress(path: string): string {
  try {
    return execFileSync('xz', ['-dc', path], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  } catch (error) {
    throw new FileError(
      'UNREADABLE_FILE',
      `cannot decompress the source ${path}: ${(error as Error).message}. The command xz (package xz-utils) must be there, and the file; name the data folder with --data or EIGENNAMEN_DATA.`,
      { cause: error },
    )
  }
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new FileError(
      'UNREADABLE_FILE',
      `cannot read the source ${path}: ${(error as Error).message}. Name the data folder with --data or EIGENNAMEN_DATA; its layout is described in models/README.md.`,
      { cause: error },
    )
  }
}

export function listFiles(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
  } catch (error) {
    throw new FileError(
      'UNREADABLE_FILE',
      `cannot list the folder ${folder}: ${(error as Error).message}. Check the path.`,
      { cause: error },
    )
  }
}

/** 32-bit checksum of a text as 8 hexadecimal digits. */
export function checksum(text: string): string {
  return hashString(text).toString(16).padStart(8, '0')
}
