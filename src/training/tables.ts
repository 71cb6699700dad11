/** Readers of the tab-separated sources that the lexicon and the gazetteer are made from. */

/** Cells of every line. */
export function rows(text: string): string[][] {
  return text.split('\n').map((line) => line.split('\t'))
}

/** Rows of a hand-written table: `#` begins a comment line. */
export function tableRows(text: string): string[][] {
  return rows(text).filter(([first]) => first !== undefined && first !== '' && !first.startsWith('#'))
}

/** word TAB count. */
export function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [word, count] of rows(text)) if (word) counts.set(word, Number(count))
  return counts
}

/** Surfaces that occur as ordinary words at least as often as as names: surface TAB types TAB as word TAB as name. */
export function ordinarySurfaces(text: string): Set<string> {
  const surfaces = new Set<string>()
  for (const [surface, , ordinary, name] of rows(text).slice(1)) {
    if (surface && Number(ordinary) >= Number(name)) surfaces.add(surface)
  }
  return surfaces
}
