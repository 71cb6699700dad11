import { countBelow } from '../binary/bisect.js'
import type { Candidate, Gazetteer, LookupOptions } from '../gazetteer/gazetteer.js'
import { foldKey } from '../gazetteer/key.js'
import { derivationBases, inflectionBases } from '../gazetteer/morphology.js'
import { baseForm, lastWord, plain } from './base-form.js'
import type { LinkedMention, Mention } from './mention.js'

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

interface Group {
  readonly members: number[]
  candidate?: Candidate
  canonical: string
}

class Resolver {
  private readonly mentions: readonly Mention[]
  private readonly text: string
  private readonly gazetteer: Gazetteer
  private readonly options: LookupOptions
  private readonly candidates: (Candidate | undefined)[]
  /** Group of each mention, once decided. */
  private readonly groupOf: (Group | undefined)[]
  private readonly byKey = new Map<string, Group>()
  private readonly lookups = new Map<string, Candidate | undefined>()
  /** Folded forms of all names in the document, for undoing genitives. */
  private readonly forms = new Set<string>()
  /** Mentions of full names by folded surname, in order of appearance. */
  private readonly bySurname = new Map<string, number[]>()

  constructor(mentions: readonly Mention[], text: string, gazetteer: Gazetteer, options: LookupOptions) {
    this.mentions = mentions
    this.text = text
    this.gazetteer = gazetteer
    this.options = options
    this.candidates = new Array(mentions.length)
    this.groupOf = new Array(mentions.length)
  }

  run(): LinkedMention[] {
    for (const [index, mention] of this.mentions.entries()) {
      this.candidates[index] = this.lookup(mention)
      if (mention.kind === 'name') this.register(mention, index)
    }
    for (let index = 0; index < this.mentions.length; index++)
      if (this.isAnchor(index)) this.join(index, this.ownGroup(index))
    for (let index = 0; index < this.mentions.length; index++) {
      if (this.groupOf[index] === undefined) this.join(index, this.relatedGroup(index))
    }
    this.joinAcronyms()
    return this.result()
  }

  private lookup(mention: Mention): Candidate | undefined {
    const key = `${mention.type}|${mention.kind}|${mention.text}`
    if (!this.lookups.has(key)) {
      const found = this.gazetteer.lookupMention(plain(mention.text), mention.kind, {
        ...this.options,
        type: mention.type,
      })
      this.lookups.set(key, found[0] ?? this.lookupElsewhere(mention))
    }
    return this.lookups.get(key)
  }

  /** kasachische Regierung may be tagged as derived from an organisation, and the like: any type is better than none. */
  private lookupElsewhere(mention: Mention): Candidate | undefined {
    if (mention.kind === 'name') return undefined
    return this.gazetteer.lookupMention(plain(mention.text), mention.kind, this.options)[0]
  }

  private register(mention: Mention, index: number): void {
    const name = plain(mention.text)
    this.forms.add(foldKey(name))
    if (mention.type !== 'PER' || !name.includes(' ')) return
    for (const form of [lastWord(name), ...inflectionBases(lastWord(name))]) {
      const key = foldKey(form)
      const list = this.bySurname.get(key)
      if (list === undefined) this.bySurname.set(key, [index])
      else list.push(index)
    }
  }

  /** Full names and names that the gazetteer knows found groups; single surnames wait for them. */
  private isAnchor(index: number): boolean {
    const mention = this.mentions[index]!
    if (mention.type === 'PER' && mention.kind === 'name') return plain(mention.text).includes(' ')
    return this.candidates[index] !== undefined
  }

  /** Group that a mention founds or meets by its own name. */
  private ownGroup(index: number): Group {
    const candidate = this.candidates[index]
    if (candidate !== undefined) return this.group(candidateKey(candidate), candidate.canonical, candidate)
    const mention = this.mentions[index]!
    const canonical = this.unlinkedName(mention)
    return this.group(`${mention.type}|${foldKey(canonical)}`, canonical)
  }

  /** Group of a mention that may stand for another one: a surname, a short form. */
  private relatedGroup(index: number): Group {
    const mention = this.mentions[index]!
    const full = mention.type === 'PER' ? this.fullName(mention, index) : undefined
    if (full !== undefined) return this.groupOf[full]!
    if (this.candidates[index] !== undefined) return this.ownGroup(index)
    const canonical = this.unlinkedName(mention)
    const known =
      this.byKey.get(`${mention.type}|${foldKey(canonical)}`) ?? this.shortFormOf(mention, canonical)
    return known ?? this.ownGroup(index)
  }

  /** The full name that a surname stands for: the nearest before it, else the first after it. */
  private fullName(mention: Mention, index: number): number | undefined {
    const name = plain(mention.text)
    for (const form of [name, ...inflectionBases(name)]) {
      const list = this.bySurname.get(foldKey(form))
      if (list === undefined) continue
      return list[Math.max(0, countBelow(list, index) - 1)]
    }
    return undefined
  }

  /** Werder for Werder Bremen: the first or last word of exactly one longer name of the same type. */
  private shortFormOf(mention: Mention, name: string): Group | undefined {
    if (mention.type !== 'ORG' || name.includes(' ') || name.length < 4) return undefined
    this.indexWords()
    const groups = this.byWord.get(foldKey(name))
    return groups?.size === 1 ? [...groups][0] : undefined
  }

  private byWord = new Map<string, Set<Group>>()
  private indexed = false

  private indexWords(): void {
    if (this.indexed) return
    this.indexed = true
    for (const [index, mention] of this.mentions.entries()) {
      const group = this.groupOf[index]
      const words = plain(mention.text).split(' ')
      if (group === undefined || mention.type !== 'ORG' || words.length < 2 || mention.kind !== 'name')
        continue
      for (const word of [words[0]!, words[words.length - 1]!]) {
        const key = foldKey(word)
        const set = this.byWord.get(key)
        if (set === undefined) this.byWord.set(key, new Set([group]))
        else set.add(group)
      }
    }
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
      if (!/^\p{Lu}[\p{L}\d-]{1,9}$/u.test(this.mentions[short]!.text)) continue
      this.merge(this.groupOf[long]!, this.groupOf[short]!)
    }
  }

  private merge(kept: Group, given: Group): void {
    if (kept === given || (kept.candidate !== undefined && given.candidate !== undefined)) return
    for (const member of given.members) {
      this.groupOf[member] = kept
      kept.members.push(member)
    }
    if (kept.candidate === undefined && given.candidate !== undefined) {
      kept.candidate = given.candidate
      kept.canonical = given.canonical
    }
    given.members.length = 0
  }

  private unlinkedName(mention: Mention): string {
    if (mention.kind === 'derived') {
      // Breisgauer where the text names the Breisgau: the base is one of the document's own names.
      for (const base of derivationBases(mention.text)) if (this.forms.has(foldKey(base))) return base
    }
    return baseForm(mention, (form) => this.forms.has(foldKey(form)))
  }

  private group(key: string, canonical: string, candidate?: Candidate): Group {
    let group = this.byKey.get(key)
    if (group === undefined) {
      group = { members: [], canonical, ...(candidate === undefined ? {} : { candidate }) }
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
      return {
        mention,
        canonical: group.canonical,
        cluster,
        ...(candidate === undefined ? {} : { candidate }),
      }
    })
  }

  /** How this mention reached its entry: by its own look-up, or through another mention. */
  private linkOf(index: number, group: Group): Candidate | undefined {
    if (group.candidate === undefined) return undefined
    const own = this.candidates[index]
    if (own !== undefined && candidateKey(own) === candidateKey(group.candidate)) return own
    return {
      ...group.candidate,
      method: 'coreference',
      score: Math.round(group.candidate.score * 0.9e4) / 1e4,
    }
  }
}

function candidateKey(candidate: Candidate): string {
  return `${candidate.id ?? candidate.type}|${candidate.canonical}`
}
