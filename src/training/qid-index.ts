/** Points of prominence (0-100). */
const CANONICAL_BONUS = 20
const CLEAR_MARGIN = 15

/**
 * Wikidata QIDs by type and name, as the merged entity table ties them. Class C rows are read too: an identifier is a fact, and
 * nothing else of them is used.
 */
export class QidIndex {
  /** For each `type|name` the QID numbers with the prominence of their entry. */
  private readonly byName = new Map<string, Map<number, number>>()

  /** @param entities canonical TAB type TAB subtype TAB qid TAB aliases (|) TAB prominence TAB ... */
  constructor(entities: string) {
    for (const line of entities.split('\n')) {
      const [canonical, type, , qid, aliases = '', prominence] = line.split('\t')
      if (!canonical || !/^Q\d+$/.test(qid ?? '')) continue
      const id = Number(qid!.slice(1))
      for (const name of [canonical, ...aliases.split('|')]) {
        const key = `${type}|${name}`
        const found = this.byName.get(key) ?? new Map<number, number>()
        // A canonical name outranks the same spelling among another entry's aliases.
        const rank = Number(prominence) + (name === canonical ? CANONICAL_BONUS : 0)
        found.set(id, Math.max(found.get(id) ?? 0, rank))
        this.byName.set(key, found)
      }
    }
  }

  /**
   * The QID number of an entry: that of its name, else of an alias of several words. Where several entities share the name, the
   * most prominent one, if it is so by a clear margin; otherwise 0.
   */
  idOf(name: string, type: string, aliases: readonly string[] = []): number {
    for (const form of [name, ...aliases.filter((alias) => alias.includes(' ') || alias.includes('-'))]) {
      const found = [...(this.byName.get(`${type}|${form}`) ?? [])].sort((a, b) => b[1] - a[1] || a[0] - b[0])
      if (found.length === 0) continue
      if (found.length === 1 || found[0]![1] - found[1]![1] >= CLEAR_MARGIN) return found[0]![0]
    }
    return 0
  }
}
