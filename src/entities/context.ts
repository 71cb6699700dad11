import type { Match } from '../gazetteer/gazetteer.js'

/** Fields of public life that subtypes belong to; a document mostly stays in one. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  sport: [
    'club',
    'federation',
    'league',
    'competition',
    'national_body',
    'athlete',
    'coach',
    'footballer',
    'sports_official',
    'stadium',
  ],
  business: ['company', 'bank', 'business', 'airline', 'brand'],
  culture: ['museum', 'theatre', 'orchestra', 'band', 'festival', 'actor', 'musician', 'writer', 'artist'],
  state: [
    'ministry',
    'authority',
    'court',
    'parliament',
    'party',
    'government',
    'minister',
    'head_of_state',
    'head_of_government',
    'party_leader',
    'parliamentarian',
    'politician',
    'official',
    'intl_org',
    'military',
    'armed_group',
  ],
}

const FIELD_OF = new Map(
  Object.entries(FIELDS).flatMap(([field, subtypes]) => subtypes.map((subtype) => [subtype, field] as const)),
)

/** What agreement with the rest of the document is worth, beside a score in (0, 1]. */
const COUNTRY_WORTH = 0.4
const FIELD_WORTH = 0.1
const NAMED_WORTH = 0.5
const SPEAKING_WORTH = 0.4
/** Two readings closer than this are a tie. */
const TIE = 0.02
/** A bare surname stands for somebody whom everybody knows; for others the document must speak of their country or field. */
const SURNAME_PROMINENCE = 0.9

/**
 * What the sure names of a document say about the doubtful ones: the countries and the fields that it speaks of, and the
 * entities that it names in full. Each entity counts once.
 */
export class DocumentContext {
  private readonly countries = new Map<string, number>()
  private readonly fields = new Map<string, number>()
  private readonly named = new Set<string>()
  /** Names that occur, as they stand and as the canonical names of the sure ones. */
  private readonly names = new Set<string>()

  /** Takes a name of the document into account, whatever it may mean. */
  addName(name: string): void {
    this.names.add(name)
  }

  /** Takes a sure reading into account. */
  add(match: Match): void {
    const key = entityKey(match)
    if (this.named.has(key)) return
    this.named.add(key)
    this.names.add(match.canonical)
    if (match.country !== '') bump(this.countries, match.country)
    const field = FIELD_OF.get(match.subtype)
    if (field !== undefined) bump(this.fields, field)
  }

  /** The reading to take of several, or none where nothing decides. */
  choose(matches: readonly Match[]): Match | undefined {
    if (matches[0]?.isOwn) return matches[0]
    const open = matches.filter((match) => this.isBelievable(match))
    if (open.length < 2) return open[0]
    let best: Match | undefined
    let bestWorth = 0
    let second = 0
    for (const match of open) {
      const worth = match.score + this.agreement(match)
      if (best === undefined || worth > bestWorth) {
        second = bestWorth
        bestWorth = worth
        best = match
      } else if (worth > second) second = worth
    }
    return bestWorth - second < TIE ? undefined : best
  }

  /** True if the document speaks more of the first country than of any of the others. */
  isMostly(country: string, ...others: readonly string[]): boolean {
    const count = this.countries.get(country) ?? 0
    return others.every((other) => (this.countries.get(other) ?? 0) <= count)
  }

  private isBelievable(match: Match): boolean {
    if (this.countries.has(match.country)) return true
    if (match.bySurname && match.prominence < SURNAME_PROMINENCE) return false
    // Full names of people are telling by themselves; a single word in another spelling may be any village.
    if (match.similarity >= SURE_SIMILARITY) return true
    return match.type === 'PER' && (match.alias.includes(' ') || match.prominence >= SURNAME_PROMINENCE)
  }

  private agreement(match: Match): number {
    const speaking = match.contexts.some((name) => this.names.has(name)) ? SPEAKING_WORTH : 0
    return (
      speaking +
      COUNTRY_WORTH * shareOf(this.countries, match.country) +
      FIELD_WORTH * shareOf(this.fields, FIELD_OF.get(match.subtype) ?? '') +
      (this.named.has(entityKey(match)) ? NAMED_WORTH : 0)
    )
  }
}

/** A reading that needs no context: the only one, or far ahead; and more than a surname. */
export function sureReading(matches: readonly Match[]): Match | undefined {
  const [first, second] = matches
  if (first === undefined || first.bySurname || first.similarity < SURE_SIMILARITY) return undefined
  return second === undefined || first.isOwn || first.score > SURE_LEAD * second.score ? first : undefined
}

const SURE_LEAD = 1.5
/** Spellings closer than this need no support from the document. */
const SURE_SIMILARITY = 0.95

/** Tells entities apart; the same for all names of one. */
export function entityKey({ layer, entry }: Match): string {
  return `${layer}:${entry}`
}

/** Share of a country or field among all that were counted. */
function shareOf(counts: ReadonlyMap<string, number>, key: string): number {
  let total = 0
  for (const count of counts.values()) total += count
  return total === 0 ? 0 : (counts.get(key) ?? 0) / total
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
