import { CompoundFinder } from '../entities/compound-finder.js'
import { DerivedFinder } from '../entities/derived.js'
import { DocumentClubs } from '../entities/document-clubs.js'
import { withoutEuropeanUnion } from '../entities/european-union.js'
import { Extents } from '../entities/extents.js'
import type { Mention, TokenMention } from '../entities/mention.js'
import { joinQualifiers } from '../entities/qualified.js'
import { repeatedNames } from '../entities/repetition.js'
import { Retyper } from '../entities/retyping.js'
import { completeSuspended } from '../entities/suspended.js'
import { Trait, WordTraits } from '../entities/word-traits.js'
import type { Gazetteer } from '../gazetteer/gazetteer.js'
import type { Tagger } from '../tagger/tagger.js'
import { Char, classAt } from '../text/characters.js'
import type { TokenSpans } from '../text/token-spans.js'
import { taggedMentions } from './tagged-mentions.js'

/**
 * Finds the mentions of a text: what the tagger labels, compounds opened; compounds of known parts that it passed over; names
 * that it was sure of elsewhere in the text.
 */
export class MentionFinder {
  private readonly tagger: Tagger
  private readonly gazetteer: Gazetteer
  private readonly isCommon: (word: string) => boolean
  private readonly derived: DerivedFinder
  private readonly compounds: CompoundFinder
  private readonly extents: Extents
  private readonly retyper: Retyper
  private readonly words: WordTraits

  constructor(tagger: Tagger, gazetteer: Gazetteer) {
    this.tagger = tagger
    this.gazetteer = gazetteer
    this.isCommon = (word) => tagger.model.lexicon.isCommon(word)
    this.derived = new DerivedFinder(gazetteer, this.isCommon)
    this.compounds = new CompoundFinder(gazetteer, this.isCommon)
    this.extents = new Extents(this.derived, gazetteer, this.isCommon)
    this.retyper = new Retyper(this.derived, gazetteer)
    this.words = new WordTraits(
      (text, start, end) =>
        this.derived.traits(text, start, end) |
        this.compounds.traits(text, start, end) |
        (classAt(text, start) === Char.Upper ? Trait.Capital : 0),
    )
  }

  /** Mentions in order of the text. */
  find(text: string, tokens: TokenSpans, sentences: Int32Array): readonly Mention[] {
    const traits = new Uint8Array(tokens.length)
    const split: TokenMention[] = []
    const found = taggedMentions(this.tagger, text, tokens, sentences, this.words, traits)
    for (const [at, mention] of found.entries())
      this.extents.split(mention, text, tokens, split, found[at + 1]?.first)
    const tagged = withoutEuropeanUnion(split, text, tokens)
    const covered = new Uint8Array(tokens.length)
    for (const { first, last } of tagged) covered.fill(1, first, last)
    const mentions: Mention[] = []
    const clubs = new DocumentClubs(tagged, this.gazetteer)
    const places = new Set<string>()
    for (const { type, kind, text } of tagged) if (type === 'LOC' && kind === 'name') places.add(text)
    for (const mention of tagged)
      this.compounds.open(this.retyper.retype(mention, text, tokens, clubs, places), mentions)
    this.compounds.find(text, tokens, traits, covered, mentions)
    for (const mention of this.derived.find(text, tokens, traits, covered, clubs, places))
      this.compounds.open(mention, mentions)
    if (sentences.length > 2)
      mentions.push(...repeatedNames(text, tokens, traits, covered, tagged, this.isCommon))
    mentions.sort((a, b) => a.start - b.start || b.end - a.end)
    return joinQualifiers(completeSuspended(mentions, text, this.gazetteer), text, this.gazetteer)
  }
}
