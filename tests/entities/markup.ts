import type { LinkedMention, Mention } from '../../src/entities/mention.js'
import { resolve } from '../../src/entities/resolve.js'
import { parseAnnotated } from '../../src/formats/annotated.js'
import type { Gazetteer, LookupOptions } from '../../src/gazetteer/gazetteer.js'

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
