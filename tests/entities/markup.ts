import type { LinkedMention, Mention, TokenMention } from '../../src/entities/mention.js'
import { resolve } from '../../src/entities/resolve.js'
import { parseAnnotated } from '../../src/formats/annotated.js'
import type { Gazetteer, LookupOptions } from '../../src/gazetteer/gazetteer.js'
import type { EntityKind, EntityType } from '../../src/labels/scheme.js'
import type { TokenSpans } from '../../src/text/token-spans.js'

/** The mentions of a text in the corpus markup, as if a tagger had been sure of each. */
export function markedMentions(markup: string): { readonly text: string; readonly mentions: Mention[] } {
  const { text, mentions } = parseAnnotated(`=== t\n${markup}`, 'test')[0]!
  return {
    text,
    mentions: mentions.map(({ start, end, text: surface, type, kind }) => ({
      start,
      end,
      text: surface,
      type,
      kind,
      score: 1,
    })),
  }
}

/** Resolves the mentions of a text in the corpus markup. */
export function resolveMarkup(
  markup: string,
  gazetteer: Gazetteer,
  options: LookupOptions = {},
): LinkedMention[] {
  const { text, mentions } = markedMentions(markup)
  return resolve(mentions, text, gazetteer, options)
}

/** A name of a text as the tagger finds it. @param start by default where the text says it first */
export function taggedMention(
  text: string,
  tokens: TokenSpans,
  name: string,
  type: EntityType,
  score: number,
  kind: EntityKind = 'name',
  start = text.indexOf(name),
): TokenMention {
  const end = start + name.length
  const first = tokens.starts.indexOf(start)
  const last = tokens.ends.indexOf(end) + 1
  return { first, last, start, end, text: name, type, kind, score }
}
