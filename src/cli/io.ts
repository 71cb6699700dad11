import { readFileSync } from 'node:fs'
import { FileError } from '../errors.js'

/** Reads a text file, or standard input for `-`. UTF-8; a byte order mark is dropped. */
export function readText(path: string): string {
  const bytes = readBytes(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new FileError(
      'UNREADABLE_FILE',
      `${nameOf(path)} is not valid UTF-8. Convert it first, e.g. iconv -f latin1 -t utf-8.`,
      { cause: error },
    )
  }
}

/** Reads a file's bytes, or standard input for `-`. */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path === '-' ? 0 : path)
  } catch (error) {
    throw new FileError('UNREADABLE_FILE', `cannot read ${nameOf(path)}: ${reason(error)}.`, { cause: error })
  }
}

export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path
}

function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file; check the path'
    case 'EISDIR':
      return 'it is a folder; name the files in it'
    case 'EACCES':
      return 'permission denied; check its mode'
    default:
      return (error as Error).message
  }
}

/** Colours, only where a terminal shows them and the user did not switch them off (NO_COLOR, https://no-color.org). */
export function colours(stream: NodeJS.WriteStream): (code: string, text: string) => string {
  const on = stream.isTTY && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb'
  return on ? (code, text) => `\u001b[${code}m${text}\u001b[0m` : (_code, text) => text
}
