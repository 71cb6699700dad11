/** Points of prominence (0-100): how much better the first of several entities of a name must be than the second. */
const CLEAR_MARGIN = 15
/** A canonical name outranks the same spelling among another entry's aliases by this. */
const CANONICAL_BONUS = 20
/** One-word names of organisations below this are too often another shop or bus line of the same name. */
const LEAST_ONE_WORD = 20
/** People below this are too often namesakes: members of parliament, footballers. */
const LEAST_PERSON = 65
/** An alias alone ties a name to an entity of at least this prominence. */
const LEAST_BY_ALIAS = 50

interface Claim {
  readonly prominence: number
  readonly canonical: boolean
}

/**
 * Wikidata QIDs by type and name, as the merged entity table ties them. Class C rows are read too: an identifier is a fact, and
 * nothing else of them is used.
 */
export class QidIndex {
  /** For each `type|name` the QID numbers that claim it. */
  private readonly byName = new Map<string, Map<number, Claim>>()
  /** Names that an entry without a QID has too. */
  private readonly unidentified = new Set<string>()

  /** @param entities canonical TAB type TAB subtype TAB qid TAB aliases (|) TAB prominence TAB ... */
  constructor(entities: string) {
    for (const line of entities.split('\n')) {
      const [canonical, type, , qid, aliases = '', prominence] = line.split('\t')
      if (!canonical) continue
      if (!/^Q\d+$/.test(qid ?? '')) {
        this.unidentified.add(`${type}|${canonical}`)
        continue
      }
      const id = Number(qid!.slice(1))
      for (const name of [canonical, ...aliases.split('|')])
        this.claim(`${type}|${name}`, id, Number(prominence), name === canonical)
    }
  }

  private claim(key: string, id: number, prominence: number, canonical: boolean): void {
    const claims = this.byName.get(key) ?? new Map<number, Claim>()
    const before = claims.get(id)
    claims.set(id, {
      prominence: Math.max(prominence, before?.prominence ?? 0),
      canonical: canonical || (before?.canonical ?? false),
    })
    this.byName.set(key, claims)
  }

  /**
   * The QID number that a bare name leads to: the most prominent of its bearers, if it is so by a clear margin; 0 wherever the name
   * alone might be somebody else's.
   */
  certainIdOf(name: string, type: string): number {
    const best = this.bestOf(name, type)
    if (best === undefined) return 0
    if (!best.canonical && (best.prominence < LEAST_BY_ALIAS || this.unidentified.has(`${type}|${name}`)))
      return 0
    if (type === 'ORG' && !/[ -]/.test(name) && best.prominence < LEAST_ONE_WORD) return 0
    if (type === 'PER' && (best.prominence < LEAST_PERSON || this.unidentified.has(`PER|${name}`))) return 0
    return best.id
  }

  private bestOf(name: string, type: string): (Claim & { readonly id: number }) | undefined {
    const rank = ({ prominence, canonical }: Claim): number => prominence + (canonical ? CANONICAL_BONUS : 0)
    const claims = [...(this.byName.get(`${type}|${name}`) ?? [])].map(([id, claim]) => ({ id, ...claim }))
    claims.sort((a, b) => rank(b) - rank(a) || a.id - b.id)
    const [first, second] = claims
    return first === undefined || (second !== undefined && rank(first) - rank(second) < CLEAR_MARGIN)
      ? undefined
      : first
  }
}
