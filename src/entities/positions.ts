const WORDS =
  '(?:Nord|Süd)(?:ost|west)?|Ost|West|Mittel|Zentral|Ober|Unter|Nieder|Inner|Vorder|Hinter|Groß|Klein|Alt|Neu'

const ALONE = new RegExp(`^(?:${WORDS})$`, 'i')
const BEGINNING = new RegExp(`^(?:${WORDS})(?=[\\p{L}-])`, 'iu')
const BETWEEN = new RegExp(`^(?:[\\s,/&]|und|oder|bzw\\.|sowie|wie|(?:${WORDS})-)+$`, 'i')

/** True for a word that only says where something lies, or which of two it is (Nord, Ober, Neu): alone it is no name. */
export function isPosition(word: string): boolean {
  return ALONE.test(word)
}

/** What stands behind such a word at the beginning of a longer one (Südkorea: korea); undefined if there is none. */
export function behindPosition(word: string): string | undefined {
  const position = BEGINNING.exec(word)
  return position === null ? undefined : word.slice(position[0].length)
}

/** True for what may stand between the two halves of Nord- und Südkorea, Ober-, Mittel- und Unterfranken. */
export function joinsPositions(between: string): boolean {
  return BETWEEN.test(between)
}

const PREFIX = /^(?:Ex|Vize|Anti|Pro|Co|Nicht|Mini|Mega|Neo|Quasi|Pseudo)-[^-]+$/i

/** True for a word before whose only hyphen stands what is no name: Ex-Präsident, Vize-Kanzler. */
export function hasBarePrefix(word: string): boolean {
  return PREFIX.test(word)
}
