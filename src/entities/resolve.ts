import { countBelow } from '../binary/bisect.js'
import {
  type Candidate,
  type Gazetteer,
  type LookupOptions,
  type Match,
  toCandidate,
} from '../gazetteer/gazetteer.js'
import { foldKey } from '../gazetteer/key.js'
import { derivationBases, inflectionBases } from '../gazetteer/morphology.js'
import type { EntityType } from '../labels/scheme.js'
import { toScore } from '../labels/score.js'
import { baseForm, plain } from './base-form.js'
import { DocumentContext, entityKey, sureReading } from './context.js'
import { surnameOf } from './generation.js'
import type { LinkedMention, Mention } from './mention.js'
import { withTitle } from './titles.js'

/**
 * Ties the mentions of one document to entities and to each other: the gazetteer first, then surnames after full names,
 * acronyms defined in the text, short forms, and equal spellings. Linear in the number of mentions.
 */
export function resolve(
  mentions: readonly Mention[],
  text: string,
  gazetteer: Gazetteer,
  options: LookupOptions,
): LinkedMention[] {
  return new Resolver(mentions, text, gazetteer, options).run()
}

/** Options that ask for a type alone. */
const OF_TYPE: Readonly<Record<EntityType, LookupOptions>> = {
  PER: { type: 'PER' },
  ORG: { type: 'ORG' },
  LOC: { type: 'LOC' },
  MISC: { type: 'MISC' },
}

interface Group {
  /** Its place in `byKey`. */
  readonly key: string
  readonly members: number[]
  match: Match | undefined
  canonical: string
}

class Resolver {
  private readonly mentions: readonly Mention[]
  private readonly text: string
  private readonly gazetteer: Gazetteer
  private readonly options: LookupOptions
  /** Each mention's name without line breaks, and that as a key. */
  private readonly names: string[]
  private readonly keys: string[]
  /** The gazetteer's reading of each mention by itself, once the document has been looked over. */
  private readonly matches: (Match | undefined)[]
  /** Mentions that the gazetteer knows by the title before them. */
  private readonly titled = new Set<number>()
  /** Group of each mention, once decided. */
  private readonly groupOf: (Group | undefined)[]
  private readonly byKey = new Map<string, Group>()
  private readonly context = new DocumentContext()
  /** Folded forms of all names in the document, for undoing genitives. */
  private readonly forms = new Set<string>()
  /** Mentions of full names by folded surname and by folded given name, in order of appearance. */
  private readonly bySurname = new Map<string, number[]>()
  private readonly byGivenName = new Map<string, number[]>()

  constructor(mentions: readonly Mention[], text: string, gazetteer: Gazetteer, options: LookupOptions) {
    this.mentions = mentions
    this.text = text
    this.gazetteer = gazetteer
    this.options = options
    this.names = mentions.map(({ text, name = text }) => plain(name))
    this.keys = this.names.map(foldKey)
    this.matches = new Array(mentions.length)
    this.groupOf = new Array(mentions.length)
  }

  run(): LinkedMention[] {
    const readings = this.mentions.map((_, index) => this.readingsOf(index))
    for (let index = 0; index < this.mentions.length; index++) {
      const sure = sureReading(readings[index]!)
      if (sure !== undefined) this.context.add(sure)
      this.context.addName(this.names[index]!)
      if (this.mentions[index]!.kind === 'name') this.register(index)
    }
    for (let index = 0; index < this.mentions.length; index++)
      this.matches[index] = this.context.choose(readings[index]!)
    for (let index = 0; index < this.mentions.length; index++)
      if (this.isAnchor(index)) this.join(index, this.ownGroup(index))
    this.joinAcronyms()
    for (let index = 0; index < this.mentions.length; index++) {
      if (this.groupOf[index] === undefined) this.join(index, this.relatedGroup(index))
    }
    this.joinAcronyms()
    return this.result()
  }

  /** What a mention may mean by itself. Kardinal Marx is listed with his title, which is no part of the mention. */
  private readingsOf(index: number): readonly Match[] {
    const mention = this.mentions[index]!
    const name = this.names[index]!
    if (mention.type === 'PER' && mention.kind === 'name' && !name.includes(' ')) {
      const titled = withTitle(this.text, mention.start, name, this.gazetteer, this.ofType('PER'))
      if (titled.length > 0) {
        this.titled.add(index)
        return titled
      }
    }
    return this.search(mention, name)
  }

  private search({ type, kind }: Mention, name: string): readonly Match[] {
    const found = this.gazetteer.searchMention(name, kind, this.ofType(type))
    // kasachische Regierung may be tagged as derived from an organisation: any type is better than none.
    return found.length > 0 || kind === 'name'
      ? found
      : this.gazetteer.searchMention(name, kind, this.options)
  }

  private ofType(type: EntityType): LookupOptions {
    const { date } = this.options
    return date === undefined ? OF_TYPE[type] : { date, type }
  }

  private register(index: number): void {
    const name = this.names[index]!
    this.forms.add(this.keys[index]!)
    if (this.mentions[index]!.type !== 'PER' || !(name.includes(' ') || this.titled.has(index))) return
    const surname = surnameOf(name)
    for (const form of [surname, ...inflectionBases(surname)]) push(this.bySurname, foldKey(form), index)
    if (name.includes(' ')) push(this.byGivenName, foldKey(name.slice(0, name.indexOf(' '))), index)
  }

  /** Full names and names that the gazetteer knows found groups; single surnames wait for them. */
  private isAnchor(index: number): boolean {
    const mention = this.mentions[index]!
    if (mention.type === 'PER' && mention.kind === 'name')
      return this.names[index]!.includes(' ') || (this.titled.has(index) && this.matches[index] !== undefined)
    return this.matches[index] !== undefined && !this.isShortForm(index)
  }

  /** One word that the gazetteer knows only as a short form: a longer name of the document may claim it (Union, Frankfurt). */
  private isShortForm(index: number): boolean {
    const { type, kind } = this.mentions[index]!
    const match = this.matches[index]!
    if (kind !== 'name' || (type !== 'ORG' && type !== 'LOC') || this.names[index]!.includes(' '))
      return false
    return match.method !== 'acronym' && match.canonical !== match.alias
  }

  /** Group that a mention founds or meets by its own name. */
  private ownGroup(index: number): Group {
    const match = this.matches[index]
    if (match !== undefined) return this.group(entityKey(match), match.canonical, match)
    const mention = this.mentions[index]!
    const canonical = this.unlinkedName(mention)
    return this.group(`${mention.type}|${foldKey(canonical)}`, canonical)
  }

  /** Group of a mention that may stand for another one: a surname, a short form. */
  private relatedGroup(index: number): Group {
    const mention = this.mentions[index]!
    const person = mention.type === 'PER' && mention.kind === 'name' ? this.personOf(index) : undefined
    if (person !== undefined) return this.groupOf[person]!
    const match = this.matches[index]
    const longer = mention.kind === 'name' ? this.longerName(index, match) : this.baseOf(index, match)
    if (longer !== undefined) return longer
    return this.ownGroup(index)
  }

  /**
   * The full name that a surname stands for: the bearer whom everybody calls so, if the document names him; else the nearest before
   * it, else the first after it. Or the one that a given name stands for, if there is only one.
   */
  private personOf(index: number): number | undefined {
    const name = this.names[index]!
    const match = this.matches[index]
    for (const form of [name, ...inflectionBases(name)]) {
      const list = this.bySurname.get(foldKey(form))
      if (list === undefined) continue
      // Trump is the president, in a text about his wife, too.
      const meant = match && list.find((item) => isSame(this.matches[item], match))
      return meant ?? list[Math.max(0, countBelow(list, index) - 1)]
    }
    if (match !== undefined) return undefined
    for (const form of [name, ...inflectionBases(name)]) {
      const list = this.byGivenName.get(foldKey(form)) ?? []
      if (new Set(list.map((item) => this.groupOf[item])).size === 1) return list[0]
    }
    return undefined
  }

  /**
   * Werder for Werder Bremen, Frankfurt for Frankfurt (Oder): the first or last word of exactly one longer name of the type.
   * A name that the gazetteer knows gives way only to names that it does not know, or knows as the same entity.
   */
  private longerName(index: number, match: Match | undefined): Group | undefined {
    const { type } = this.mentions[index]!
    const name = this.names[index]!
    if ((type !== 'ORG' && type !== 'LOC') || name.includes(' ') || name.length < SHORTEST_SHORT_FORM)
      return undefined
    for (const form of [name, ...inflectionBases(name)]) {
      const groups = this.wordIndex().get(`${type}|${foldKey(form)}`)
      if (groups?.size !== 1) continue
      const [group] = groups
      if (match === undefined || group!.match === undefined || entityKey(group!.match) === entityKey(match))
        return group
    }
    return undefined
  }

  /**
   * die Osnabrücker for the one club of the document that has Osnabrück in its name; FC-Trainer for the one that has FC in it.
   */
  private baseOf(index: number, match: Match | undefined): Group | undefined {
    const mention = this.mentions[index]!
    if (mention.kind === 'name' || mention.type !== 'ORG' || match !== undefined) return undefined
    const bases = mention.kind === 'derived' ? derivationBases(mention.text) : [this.names[index]!]
    for (const base of bases) {
      const groups = this.wordIndex().get(`ORG|${foldKey(base)}`)
      if (groups?.size === 1) return [...groups][0]
    }
    return undefined
  }

  private words: Map<string, Set<Group>> | undefined

  /** Groups by the first and last words of their longer names; places by the first alone. */
  private wordIndex(): Map<string, Set<Group>> {
    if (this.words !== undefined) return this.words
    this.words = new Map()
    for (const [index, { type, kind }] of this.mentions.entries()) {
      const group = this.groupOf[index]
      if (group === undefined || (type !== 'ORG' && type !== 'LOC') || kind !== 'name') continue
      const words = this.names[index]!.split(/[ /]/)
      if (words.length < 2) continue
      // 1. FC Köln is the FC.
      const first = /^\d+\.$/.test(words[0]!) && words.length > 2 ? words[1]! : words[0]!
      for (const word of type === 'ORG' ? [first, words[words.length - 1]!] : [first]) {
        const key = `${type}|${foldKey(word)}`
        const set = this.words.get(key)
        if (set === undefined) this.words.set(key, new Set([group]))
        else set.add(group)
      }
    }
    return this.words
  }

  /** Organisation für … (OfX): an acronym in brackets right behind a name of its type means the same. */
  private joinAcronyms(): void {
    for (let index = 1; index < this.mentions.length; index++) {
      const before = this.mentions[index - 1]!
      const mention = this.mentions[index]!
      if (mention.type !== before.type || mention.kind !== 'name' || before.kind !== 'name') continue
      if (this.text.slice(before.end, mention.start).trim() !== '(' || this.text.charAt(mention.end) !== ')')
        continue
      const [long, short] =
        before.text.length >= mention.text.length ? [index - 1, index] : [index, index - 1]
      if (!mayAbbreviate(this.mentions[short]!, this.mentions[long]!.text)) continue
      this.define(this.groupOf[long], this.groupOf[short])
    }
  }

  /** The text itself says that both mean the same; where the gazetteer has other ideas of the acronym, the text is right. */
  private define(long: Group | undefined, short: Group | undefined): void {
    if (long === undefined || short === undefined || long === short) return
    const isOther =
      short.match !== undefined && (long.match !== undefined || !shareWord(short.canonical, long.canonical))
    for (const member of short.members) {
      this.groupOf[member] = long
      long.members.push(member)
    }
    if (!isOther && short.match !== undefined) {
      long.match = short.match
      long.canonical = short.canonical
    }
    short.members.length = 0
    this.byKey.set(short.key, long)
  }

  private unlinkedName(mention: Mention): string {
    if (mention.name !== undefined) return mention.name
    if (mention.kind === 'derived') {
      // Breisgauer where the text names the Breisgau: the base is one of the document's own names.
      for (const base of derivationBases(mention.text)) if (this.forms.has(foldKey(base))) return base
      const town = mention.type === 'LOC' ? /^(\p{Lu}.{2,})er(?:in|innen|n|s)?$/u.exec(mention.text) : null
      if (town !== null) return town[1]!
    }
    const road =
      mention.type === 'LOC' && this.context.isMostly('DE', 'AT', 'CH') ? roadName(mention.text) : undefined
    if (road !== undefined) return road
    return baseForm(
      mention,
      (form) => this.forms.has(foldKey(form)),
      (capitals, word) =>
        this.gazetteer.searchExact(capitals)[0]?.method === 'acronym' &&
        this.gazetteer.searchExact(word).length === 0,
    )
  }

  private group(key: string, canonical: string, match?: Match): Group {
    let group = this.byKey.get(key)
    if (group === undefined) {
      group = { key, members: [], canonical, match }
      this.byKey.set(key, group)
    }
    return group
  }

  private join(index: number, group: Group): void {
    group.members.push(index)
    this.groupOf[index] = group
  }

  private result(): LinkedMention[] {
    const numbers = new Map<Group, number>()
    return this.mentions.map((mention, index) => {
      const group = this.groupOf[index]!
      let cluster = numbers.get(group)
      if (cluster === undefined) {
        cluster = numbers.size
        numbers.set(group, cluster)
      }
      const candidate = this.linkOf(index, group)
      const { canonical } = group
      return candidate === undefined
        ? { mention, canonical, cluster }
        : { mention, canonical, cluster, candidate }
    })
  }

  /** How this mention reached its entry: by its own look-up, or through another mention. */
  private linkOf(index: number, { match }: Group): Candidate | undefined {
    if (match === undefined) return undefined
    const own = this.matches[index]
    if (own !== undefined && entityKey(own) === entityKey(match)) return toCandidate(own)
    return {
      ...toCandidate(match),
      method: 'coreference',
      score: toScore(match.score * COREFERENCE_SHARE),
    }
  }
}

/** Of the score of an entity, what a mention that leads to it through another one has. */
const COREFERENCE_SHARE = 0.9

const ROADS: Readonly<Record<string, string>> = { A: 'Bundesautobahn', B: 'Bundesstraße' }

/** German roads by their numbers: A 7, B27. */
function roadName(text: string): string | undefined {
  const match = /^([AB])\s?(\d{1,3})$/.exec(text)
  return match === null ? undefined : `${ROADS[match[1]!]} ${match[2]}`
}

/**
 * Dehoga for Deutscher Hotel- und Gaststättenverband, NRW for Nordrhein-Westfalen; but Schweiz is none for Davos, and Musiala none
 * for Kane.
 */
function mayAbbreviate({ text: short, type }: Mention, long: string): boolean {
  if (type === 'PER' || !/^\p{Lu}[\p{L}\d-]{1,9}$/u.test(short)) return false
  if (type === 'LOC') return /^\p{Lu}{2,5}$/u.test(short)
  return /\p{Lu}.*\p{Lu}/u.test(short) || hasInOrder(long.toLowerCase(), short.toLowerCase())
}

/** True if the letters of the short word occur in the long one in this order. */
function hasInOrder(long: string, short: string): boolean {
  let at = 0
  for (const letter of long) if (at < short.length && letter === short[at]) at++
  return at === short.length
}

const SHORTEST_SHORT_FORM = 4
/** Shortest word that two names may have in common by more than chance. */
const SHORTEST_SHARED = 4

function isSame(a: Match | undefined, b: Match): boolean {
  return a !== undefined && entityKey(a) === entityKey(b)
}

function shareWord(a: string, b: string): boolean {
  const words = new Set(a.split(/[\s-]+/).map(foldKey))
  return b.split(/[\s-]+/).some((word) => word.length >= SHORTEST_SHARED && words.has(foldKey(word)))
}

function push(map: Map<string, number[]>, key: string, index: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [index])
  else list.push(index)
}
