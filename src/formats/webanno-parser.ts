import { CorpusError } from '../errors.js'
import { splitStack, unescapeText, unescapeValue } from './webanno-escape.js'

/** An annotation of a span layer. */
export interface TsvAnnotation {
  readonly layer: string
  /** Half-open UTF-16 offsets. */
  readonly start: number
  end: number
  /** Features that have a value. */
  readonly features: Map<string, string>
  /** 1-based line of its first unit. */
  readonly line: number
}

interface Column {
  readonly layer: string
  /** Undefined for the one column of a layer without features. */
  readonly feature: string | undefined
}

/** Parses one file; what it holds is told in `webanno.ts`. Only span layers with plain features are understood. */
export class WebAnnoParser {
  private readonly lines: readonly string[]
  private readonly source: string
  private readonly columns: Column[] = []
  private readonly annotations: TsvAnnotation[] = []
  /** Annotations by their number in brackets. */
  private readonly numbered = new Map<string, TsvAnnotation>()
  private text = ''
  /** 0-based. */
  private at = 0

  constructor(content: string, source: string) {
    this.lines = content.split(/\r?\n/)
    this.source = source
  }

  parse(): { text: string; annotations: readonly TsvAnnotation[] } {
    this.readHeader()
    let sentence: string[] = []
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at]!
      if (line === '') continue
      if (line.startsWith('#Text=')) sentence.push(unescapeText(line.slice('#Text='.length)))
      else if (!line.startsWith('#')) {
        const unit = this.readUnit(line)
        if (sentence.length > 0) this.beginSentence(sentence.join('\n'), unit.start)
        sentence = []
        this.readAnnotations(unit)
      }
    }
    return { text: this.text, annotations: this.annotations }
  }

  private readHeader(): void {
    const first = this.lines[0]!.replace(/^\ufeff/, '')
    if (!/^#FORMAT=WebAnno TSV 3\.[23]$/.test(first)) {
      throw this.fault(
        `expected "#FORMAT=WebAnno TSV 3.3", found ${JSON.stringify(first.slice(0, 60))}. Export the document as WebAnno TSV v3.3.`,
      )
    }
    for (this.at = 1; this.lines[this.at]?.startsWith('#T_'); this.at++) {
      const line = this.lines[this.at]!
      if (!line.startsWith('#T_SP=') || line.includes('|ROLE_')) {
        throw this.fault(
          `only span layers with plain features are understood, found ${JSON.stringify(line.slice(0, 60))}. Leave relations, chains and slots out of the export.`,
        )
      }
      const [layer = '', ...features] = line.slice('#T_SP='.length).split('|')
      const named = features.filter((feature) => feature !== '')
      for (const feature of named.length === 0 ? [undefined] : named) this.columns.push({ layer, feature })
    }
  }

  private readUnit(line: string): { start: number; end: number; cells: readonly string[] } {
    const [, place = '', , ...cells] = line.split('\t')
    const match = /^(\d+)-(\d+)$/.exec(place)
    if (match === null || cells.length < this.columns.length) {
      throw this.fault(
        `expected a number, "start-end", a token and ${this.columns.length} columns, found ${JSON.stringify(line.slice(0, 60))}. Separate columns by one tab.`,
      )
    }
    return { start: Number(match[1]), end: Number(match[2]), cells }
  }

  /** What stands between sentences is not told: a line break, and spaces as far as the offset. */
  private beginSentence(sentence: string, start: number): void {
    if (start < this.text.length) {
      throw this.fault(
        `the sentence begins at ${start}, but the text before it ends at ${this.text.length}. Offsets count UTF-16 code units.`,
      )
    }
    if (start > this.text.length) {
      const gap = start - this.text.length
      this.text += this.text === '' ? ' '.repeat(gap) : `\n${' '.repeat(gap - 1)}`
    }
    this.text += sentence
  }

  private readAnnotations({
    start,
    end,
    cells,
  }: {
    start: number
    end: number
    cells: readonly string[]
  }): void {
    /** Annotations of this line by layer, in the order of the stack. */
    const stacks = new Map<string, TsvAnnotation[]>()
    for (const [index, { layer, feature }] of this.columns.entries()) {
      if (cells[index] === '_') continue
      const stack = stacks.get(layer) ?? []
      stacks.set(layer, stack)
      for (const [depth, raw] of splitStack(cells[index]!).entries()) {
        // A bracket of the value itself is escaped, so that it never closes on a digit.
        const match = /^([\s\S]*)\[(\d+)\]$/.exec(raw)
        const value = match === null ? raw : match[1]!
        stack[depth] ??= this.annotation(layer, start, end, match?.[2])
        if (feature !== undefined && value !== '*') stack[depth].features.set(feature, unescapeValue(value))
      }
    }
  }

  /** The annotation of that number, now reaching to `end`, or a new one. */
  private annotation(layer: string, start: number, end: number, number: string | undefined): TsvAnnotation {
    const known = number === undefined ? undefined : this.numbered.get(number)
    if (known !== undefined) {
      known.end = end
      return known
    }
    const created = { layer, start, end, features: new Map<string, string>(), line: this.at + 1 }
    this.annotations.push(created)
    if (number !== undefined) this.numbered.set(number, created)
    return created
  }

  private fault(what: string): CorpusError {
    return new CorpusError(`${this.source}:${this.at + 1}: ${what}`, this.at + 1)
  }
}
