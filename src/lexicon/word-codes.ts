import { countBelow } from '../binary/bisect.js'
import type { Container, SectionView } from '../binary/container.js'

/** Stands for a code that is not among the common ones. */
const RARE = 255

/**
 * Name codes of words, a byte a word: hundreds of combinations occur, but nearly all words have one of 255. Those of the few others
 * are listed by row.
 */
export class WordCodes {
  private readonly bytes: Uint8Array
  /** Code of each byte below `RARE`. */
  private readonly common: Uint16Array
  /** Rows of the others, ascending, and their codes. */
  private readonly rareRows: Uint32Array
  private readonly rare: Uint16Array

  private constructor(bytes: Uint8Array, common: Uint16Array, rareRows: Uint32Array, rare: Uint16Array) {
    this.bytes = bytes
    this.common = common
    this.rareRows = rareRows
    this.rare = rare
  }

  /** @param codes the code of each row */
  static pack(codes: readonly number[]): WordCodes {
    const counts = new Map<number, number>()
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
    const common = [...counts]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, RARE)
      .map(([code]) => code)
    const byteOf = new Map(common.map((code, byte) => [code, byte]))
    const bytes = Uint8Array.from(codes, (code) => byteOf.get(code) ?? RARE)
    const rareRows = Uint32Array.from([...bytes.keys()].filter((row) => bytes[row] === RARE))
    const rare = Uint16Array.from(rareRows, (row) => codes[row]!)
    return new WordCodes(bytes, Uint16Array.from(common), rareRows, rare)
  }

  static fromContainer(container: Container): WordCodes {
    return new WordCodes(
      container.section('lexicon.codes', 'u8'),
      container.section('lexicon.codes.common', 'u16'),
      container.section('lexicon.codes.rareRows', 'u32'),
      container.section('lexicon.codes.rare', 'u16'),
    )
  }

  toSections(): Record<string, SectionView> {
    return {
      'lexicon.codes': this.bytes,
      'lexicon.codes.common': this.common,
      'lexicon.codes.rareRows': this.rareRows,
      'lexicon.codes.rare': this.rare,
    }
  }

  /** Code of a row. */
  at(row: number): number {
    const byte = this.bytes[row]!
    return byte === RARE ? this.rare[countBelow(this.rareRows, row)]! : this.common[byte]!
  }
}
