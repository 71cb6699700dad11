import { Char, classAt, classOf, isLetterClass, isWordClass, widthAt } from './characters.js'
import { tokenizerLists } from './lists.js'
import { TokenSpans } from './token-spans.js'

/**
 * German tokeniser: one pass from left to right, every offset in UTF-16 code units of the untouched input.
 *
 * A token is a word with what belongs to it (inner hyphens, apostrophes, gender stars, soft hyphens; the period of an
 * abbreviation, initial or ordinal), a number, an address, an emoji sequence, or one punctuation mark. Time is linear in
 * the text: look-ahead is bounded by the token at hand or by the next word.
 */
export function tokenize(text: string): TokenSpans {
  return new Scanner(text).run()
}

const SLASH = 0x2f
const AMPERSAND = 0x26
const PLUS = 0x2b
const AT = 0x40
const HASH = 0x23
const STAR = 0x2a
const UNDERSCORE = 0x5f
const COLON = 0x3a
const COMMA = 0x2c
const PERIOD = 0x2e
const HYPHEN = 0x2d
const ZWJ = 0x200d

const ELISIONS = new Set([
  's',
  'n',
  'ne',
  'nem',
  'nen',
  'ner',
  'rein',
  'raus',
  'rauf',
  'ran',
  'runter',
  'ma',
  'tschuldigung',
])
const TRAILING = '.,;:!?\'"“”„’‘»«)]}…'
const URL_STOP = '<>"“”„»«'
/** Longest word that is looked up in a list; anything longer is no abbreviation and not worth a slice. */
const LONGEST_LISTED = 24

class Scanner {
  private readonly text: string
  private readonly length: number
  private readonly lists = tokenizerLists()
  private readonly spans: TokenSpans
  /** True between an opening and a closing single quote, so that "Leuten'" does not keep the quote. */
  private openSingleQuote = false

  constructor(text: string) {
    this.text = text
    this.length = text.length
    this.spans = new TokenSpans(Math.max(16, text.length >> 2))
  }

  run(): TokenSpans {
    let at = 0
    while (at < this.length) {
      const cls = classAt(this.text, at)
      if (cls === Char.Space || cls === Char.Newline || cls === Char.Joiner) {
        at++
        continue
      }
      const end = this.scanToken(at, cls)
      this.spans.push(at, end)
      at = end
    }
    return this.spans
  }

  private scanToken(start: number, cls: number): number {
    if (isLetterClass(cls) || cls === Char.Digit) {
      return this.isUrl(start) ? this.scanUrl(start) : this.scanWord(start, start)
    }
    const unit = this.text.charCodeAt(start)
    switch (cls) {
      case Char.Apostrophe:
        return this.scanApostrophe(start)
      case Char.Period:
        return this.scanRun(start, unit)
      case Char.Hyphen:
        return this.scanHyphen(start)
      case Char.Symbol:
        return this.scanSymbol(start)
      default:
        if ((unit === HASH || unit === AT) && isWordClass(this.classAt(start + 1)))
          return this.scanHandle(start + 1)
        return unit === STAR ? this.scanRun(start, unit) : start + widthAt(this.text, start)
    }
  }

  /** Scans a word or number whose first characters up to `from` are settled; returns its end. */
  private scanWord(start: number, from: number): number {
    let at = from
    /** Start of the stretch since the last inner period: the part that decides about abbreviations. */
    let part = start
    while (at < this.length) {
      const cls = classAt(this.text, at)
      if (isWordClass(cls)) {
        at += widthAt(this.text, at)
        continue
      }
      const next = this.classAt(at + 1)
      const joins = isLetterClass(next) || next === Char.Digit
      const unit = this.text.charCodeAt(at)
      if (cls === Char.Hyphen) {
        if (joins) {
          at++
          part = at
          continue
        }
        if (this.isSuspended(at + 1, next)) return at + 1
        break
      }
      if (cls === Char.Apostrophe) {
        // N'Diaye, geht's; and the thousands of Swiss papers, 400'000.
        if (isLetterClass(next) || (next === Char.Digit && this.classAt(at - 1) === Char.Digit)) {
          at++
          continue
        }
        if (!this.openSingleQuote && this.takesBareApostrophe(at - 1)) return at + 1
        break
      }
      if (cls === Char.Period) {
        if (joins && this.joinsAcrossPeriod(part, at, next)) {
          at++
          part = at
          continue
        }
        return this.trimJoiners(start, this.attachesPeriod(start, part, at) ? at + 1 : at)
      }
      if (unit === COMMA || unit === COLON) {
        if (next === Char.Digit && this.classAt(at - 1) === Char.Digit) {
          at++
          continue
        }
        if (unit === COLON && this.isGenderSuffix(at + 1)) {
          at++
          continue
        }
        break
      }
      if (
        (unit === STAR || unit === UNDERSCORE) &&
        next === Char.Lower &&
        isLetterClass(this.classAt(at - 1))
      ) {
        at++
        continue
      }
      if (unit === SLASH && joins) {
        const end = this.endOfSlashWord(start, at, next)
        if (end > at) {
          at = end
          continue
        }
        break
      }
      if (unit === AMPERSAND && next === Char.Upper && this.classAt(at - 1) === Char.Upper) {
        at++
        continue
      }
      if (unit === PLUS && !joins && isLetterClass(this.classAt(at - 1))) {
        return this.text.charCodeAt(at + 1) === PLUS ? at + 2 : at + 1
      }
      if (unit === AT && joins) return this.scanEmail(at + 1)
      break
    }
    return this.trimJoiners(start, at)
  }

  /** "Vor- und Nachteile": the hyphen stays when the word breaks off after it. */
  private isSuspended(index: number, next: number): boolean {
    if (index >= this.length || next === Char.Space || next === Char.Newline) return true
    const unit = this.text.charCodeAt(index)
    return unit === COMMA || unit === SLASH || unit === 0x29
  }

  /** Scholz', Marx', Linz': the bare genitive apostrophe follows an s sound. */
  private takesBareApostrophe(index: number): boolean {
    return 'sxzßSXZẞ'.includes(this.text.charAt(index))
  }

  /** Bürger:innen, Leser:in: a colon within a word is the gender colon and nothing else. */
  private isGenderSuffix(index: number): boolean {
    return this.text.charCodeAt(index) === 0x69 && this.text.charCodeAt(index + 1) === 0x6e
  }

  /** Periods without a space: z.B., E.ON, U.S., ver.di, Merkur.de, Sat.1, IPPEN.MEDIA, 1.000. */
  private joinsAcrossPeriod(part: number, period: number, next: number): boolean {
    const before = this.classAt(period - 1)
    if (before === Char.Digit) return next === Char.Digit
    if (next === Char.Digit || next === Char.Lower) return isLetterClass(before)
    if (period - part === 1) return isLetterClass(before)
    return next === Char.Upper && before === Char.Upper && this.classAt(period + 2) === Char.Upper
  }

  /** Whether the period at `period` belongs to the word before it; `part` is where its last undotted stretch begins. */
  private attachesPeriod(start: number, part: number, period: number): boolean {
    if (this.text.charCodeAt(period + 1) === PERIOD) return false
    const first = this.classAt(part)
    if (first === Char.Digit) return this.isDigits(part, period) && this.isOrdinal(start, period)
    if (period - part > LONGEST_LISTED) return false
    if (
      this.isRoman(part, period) &&
      this.followsCapital() &&
      !(period - part === 1 && this.endsHere(period))
    )
      return true
    if (period - part === 1) return this.isInitial(start, part, period, first)
    const word = this.text.slice(part, period)
    if (!this.lists.abbreviations.has(word)) return false
    return !this.lists.wordAbbreviations.has(word) || !this.endsHere(period)
  }

  private isInitial(start: number, part: number, period: number, first: number): boolean {
    if (first === Char.Upper) return start < part || !this.endsHere(period)
    return this.lists.abbreviations.has(this.text.charAt(part))
  }

  private isDigits(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.classAt(at) !== Char.Digit) return false
    return true
  }

  /** 3. Mai, 30. Unabhängigkeitstag, am 3., 4. und 5.: what follows decides, and years rarely are ordinals. */
  private isOrdinal(start: number, period: number): boolean {
    const short =
      period - start <= 2 || (period - start <= 5 && this.text.lastIndexOf('.', period - 1) > start)
    const next = this.skipSpace(period + 1)
    if (next < 0) return false
    const cls = classAt(this.text, next)
    if (cls === Char.Lower) return true
    if (cls === Char.Digit) return short
    if (cls === Char.Upper) {
      const word = this.wordAt(next)
      if (this.lists.ordinalNouns.has(word)) return true
      return short && !this.lists.sentenceStarters.has(word)
    }
    const unit = this.text.charCodeAt(period + 1)
    return short && (unit === COMMA || unit === SLASH || unit === HYPHEN || unit === 0x29 || unit === 0x2013)
  }

  /** Heinrich IV., the XX. Olympische Spiele. */
  private isRoman(start: number, end: number): boolean {
    if (end - start > 6) return false
    for (let at = start; at < end; at++) if (!'IVX'.includes(this.text.charAt(at))) return false
    return true
  }

  private followsCapital(): boolean {
    const last = this.spans.length - 1
    return last >= 0 && this.classAt(this.spans.starts[last]!) === Char.Upper
  }

  /** True when the text, the line or (told by a capitalised function word) the sentence ends with this period. */
  private endsHere(period: number): boolean {
    const next = this.skipSpace(period + 1)
    if (next < 0) return true
    const cls = classAt(this.text, next)
    if (cls === Char.Quote) return true
    return cls === Char.Upper && this.lists.sentenceStarters.has(this.wordAt(next))
  }

  /** Index of the next visible character on this line, or -1. */
  private skipSpace(index: number): number {
    for (let at = index; at < this.length; at++) {
      const cls = classOf(this.text.charCodeAt(at))
      if (cls === Char.Newline) return -1
      if (cls !== Char.Space && cls !== Char.Joiner) return at
    }
    return -1
  }

  private wordAt(index: number): string {
    let end = index
    while (
      end < this.length &&
      end - index <= LONGEST_LISTED &&
      isWordClass(classOf(this.text.charCodeAt(end)))
    )
      end++
    return this.text.slice(index, end)
  }

  /** End of a word with a slash that is one token (km/h, 2014/15), else the index of the slash itself. */
  private endOfSlashWord(start: number, slash: number, next: number): number {
    const digits = next === Char.Digit && this.classAt(slash - 1) === Char.Digit
    let end = slash + 1
    while (end < this.length && end - start <= LONGEST_LISTED && isWordClass(classAt(this.text, end))) end++
    if (digits) return end
    if (end - start > LONGEST_LISTED) return slash
    return this.lists.slashUnits.has(this.text.slice(start, end)) ? end : slash
  }

  private isUrl(start: number): boolean {
    const unit = this.text.charCodeAt(start) | 0x20
    if (unit !== 0x68 && unit !== 0x77) return false
    const head = this.text.slice(start, start + 8).toLowerCase()
    return head.startsWith('http://') || head.startsWith('https://') || head.startsWith('www.')
  }

  private scanUrl(start: number): number {
    let end = start
    while (end < this.length) {
      const cls = classOf(this.text.charCodeAt(end))
      if (cls === Char.Space || cls === Char.Newline || URL_STOP.includes(this.text.charAt(end))) break
      end++
    }
    while (end > start + 1 && TRAILING.includes(this.text.charAt(end - 1))) end--
    return end
  }

  private scanEmail(from: number): number {
    let end = from
    while (end < this.length) {
      const unit = this.text.charCodeAt(end)
      if (!isWordClass(classOf(unit)) && unit !== PERIOD && unit !== HYPHEN) break
      end++
    }
    while (
      end > from &&
      (this.text.charCodeAt(end - 1) === PERIOD || this.text.charCodeAt(end - 1) === HYPHEN)
    )
      end--
    return end
  }

  private scanHandle(from: number): number {
    let end = from
    while (end < this.length) {
      if (!isWordClass(classAt(this.text, end)) && this.text.charCodeAt(end) !== UNDERSCORE) break
      end += widthAt(this.text, end)
    }
    return this.trimJoiners(from, end)
  }

  private scanApostrophe(start: number): number {
    const next = start + 1
    if (this.text.charCodeAt(next) === this.text.charCodeAt(start)) return start + 2
    if (isLetterClass(this.classAt(next))) {
      const word = this.wordAt(next)
      if (ELISIONS.has(word)) return next + word.length
      this.openSingleQuote = true
    } else if (this.classAt(next) !== Char.Digit) {
      this.openSingleQuote = false
    }
    return next
  }

  private scanHyphen(start: number): number {
    if (this.text.charCodeAt(start + 1) === this.text.charCodeAt(start))
      return this.scanRun(start, this.text.charCodeAt(start))
    const previous = start === 0 ? Char.Space : this.classAt(start - 1)
    // "Ein- und -ausgang": a word may begin with the hyphen when it stands free on its left.
    if (isLetterClass(this.classAt(start + 1)) && (previous === Char.Space || previous === Char.Newline)) {
      return this.scanWord(start, start + 1)
    }
    return start + 1
  }

  private scanRun(start: number, unit: number): number {
    let end = start + 1
    while (end < this.length && this.text.charCodeAt(end) === unit) end++
    return end
  }

  /** An emoji with its modifiers and joined partners is one token, any other symbol is one token of its own. */
  private scanSymbol(start: number): number {
    let end = start + widthAt(this.text, start)
    const first = this.text.codePointAt(start)!
    if (isRegionalIndicator(first) && end < this.length && isRegionalIndicator(this.text.codePointAt(end)!))
      return end + 2
    while (end < this.length) {
      const unit = this.text.charCodeAt(end)
      if (classOf(unit) === Char.Mark || isSkinTone(this.text.codePointAt(end)!)) {
        end += widthAt(this.text, end)
      } else if (unit === ZWJ && this.classAt(end + 1) === Char.Symbol) {
        end += 1 + widthAt(this.text, end + 1)
      } else break
    }
    return end
  }

  /** A joiner at the end of a word is not part of it. */
  private trimJoiners(start: number, end: number): number {
    let last = end
    while (last > start + 1 && classOf(this.text.charCodeAt(last - 1)) === Char.Joiner) last--
    return last
  }

  private classAt(index: number): number {
    return index >= 0 && index < this.length ? classAt(this.text, index) : Char.Space
  }
}

function isRegionalIndicator(point: number): boolean {
  return point >= 0x1f1e6 && point <= 0x1f1ff
}

function isSkinTone(point: number): boolean {
  return point >= 0x1f3fb && point <= 0x1f3ff
}
