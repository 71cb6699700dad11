import type { EntitySource } from '../../src/adapters/source.js'
import { splitSentences } from '../../src/text/sentences.js'
import { tokenize } from '../../src/text/tokenizer.js'
import type { Entity, EntityKind, EntityType } from '../../src/types.js'

/** German texts that adapters stumble over. */
export const CASES: readonly string[] = [
  '',
  ' ',
  '\n\t ',
  '😀',
  'Toqajew traf in Nur-Sultan Vertreter der OVKS.',
  'Putins Sprecher Dmitri Peskow widersprach Selenskyjs Darstellung.',
  'Hans-Peter Müller und Annegret Kramp-Karrenbauer trafen Jean-Claude Juncker.',
  'Der Ukraine-Krieg, der Russland-Ukraine-Krieg und die EU-Kommissionspräsidentin.',
  'Die kasachische Regierung und der Moskauer Bürgermeister im deutsch-französischen Rat.',
  'Berlin, München, Hamburg und Köln; Moskau Kiew Minsk.',
  'München/Moskau – Angela Merkel (CDU), Olaf Scholz (SPD) und Markus Söder (CSU).',
  '  «Paris» 👍🏽 Merkel in Berlin\u00a0🇩🇪, „Emmanuel Macron“ in Straßburg  ',
  'Am 3. Mai sprach Dr. Angela Merkel z. B. in Frankfurt (Oder)\r\n\r\nund danach\tin St. Gallen.\n',
  'Wolodymyr Selenskyj <3 Kiew :) Rhein–Ruhr-Gebiet und Joe Biden … $%^oov^%$ constructor __proto__ 1.000 Euro.',
  "Don't panic: Boris Johnson's Reise nach Brüssel. Das geht's in Wien und am Bodensee.",
  'Thomas Müller\u202fMünchen und\u2009Robert\u00a0\u00a0Habeck \u00a0 Kiel\ufeff Bonn',
]

const WORDS = [
  'Berlin',
  'Angela Merkel',
  'Putins',
  'Ukraine-Krieg',
  'SPD',
  'der',
  'traf',
  'in',
  'kasachische',
  'Nur-Sultan',
  'Hans-Peter Müller',
  'EU',
  'am 3. Mai',
  'z. B.',
  "geht's",
  '😀',
  '👍🏽',
  '<3',
  '(Oder)',
  '„Siemens“',
  'Rhein–Ruhr-Gebiet',
  'he / she',
  '2 - 5',
  '2020-2021',
  '*',
  '-',
]
const GAPS = [' ', ' ', ' ', ' ', ', ', '. ', '.\n', '\n\n', '\u00a0', '  ', '\t', '/', ' – ', '! ', '-', '']

/** A text of random pieces, the same for the same seed (Park and Miller's generator). */
export function sampleText(seed: number, pieces = 30): string {
  let state = seed + 1
  const pick = <T>(list: readonly T[]): T => list[(state = (state * 48271) % 0x7fffffff) % list.length]!
  let text = ''
  for (let piece = 0; piece < pieces; piece++) text += pick(WORDS) + pick(GAPS)
  return text
}

/** A recogniser that finds each of the given mentions where it stands first: tests of one rule need no trained model. */
export function knows(...mentions: readonly (readonly [string, EntityType, EntityKind])[]): EntitySource {
  return {
    recognize(text) {
      const entities = mentions.flatMap(([mention, type, kind], cluster): Entity[] => {
        const start = text.indexOf(mention)
        const place = { start, end: start + mention.length, text: mention }
        return start < 0 ? [] : [{ ...place, type, kind, score: 1, canonical: mention, cluster }]
      })
      const spans = tokenize(text)
      const tokens = Array.from({ length: spans.length }, (_, index) => {
        const [start, end] = [spans.starts[index]!, spans.ends[index]!]
        return { start, end, text: text.slice(start, end) }
      })
      const starts = splitSentences(text, spans)
      const sentences = Array.from({ length: starts.length - 1 }, (_, index) => ({
        start: tokens[starts[index]!]!.start,
        end: tokens[starts[index + 1]! - 1]!.end,
      }))
      return { entities: entities.sort((a, b) => a.start - b.start || b.end - a.end), tokens, sentences }
    },
  }
}
