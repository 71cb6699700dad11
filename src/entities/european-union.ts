import type { TokenSpans } from '../text/token-spans.js'
import type { TokenMention } from './mention.js'

const EUROPEAN =
  /^(?:(?:EU|EG)(?:$|-)|[Ee]uropäisch|Europa(?:parlament|abgeordnet)|Mitglieds?(?:staat|land|länd)|Binnenmarkt|Binnengrenz|Außengrenz|Beitritt|Kommission(?:$|en$))/
const PARTY =
  /^(?:CDU|CSU|SPD|FDP|AfD|BSW|Grünen?$|Linken?$|Bundestag|Bundesregierung|Landtag|Merz|Merkel|Söder|Unions|Sozialdemokrat|Liberale|Wahlkampf)|[Kk]oalition|[Kk]anzler/
const CLUB = /^(?:Bundesliga|Köpenick|Eiserne|Spieltag|Trainer|Elfmeter|Tore?s?$)|liga$/

/**
 * Mentions but for a bare Union in a text that speaks of the European Union and of neither the German parties nor a club: bodies of
 * the European Union are named by their full names alone, as are Rat and Kommission.
 */
export function withoutEuropeanUnion(
  mentions: TokenMention[],
  text: string,
  tokens: TokenSpans,
): TokenMention[] {
  if (!mentions.some(isBareUnion) || !speaksOfEurope(mentions, text, tokens)) return mentions
  return mentions.filter((mention) => !isBareUnion(mention))
}

function isBareUnion({ text, type, kind }: TokenMention): boolean {
  return text === 'Union' && type === 'ORG' && kind === 'name'
}

function speaksOfEurope(mentions: readonly TokenMention[], text: string, tokens: TokenSpans): boolean {
  if (mentions.some(({ text: name }) => isOtherUnion(name))) return false
  let isEuropean = false
  for (let token = 0; token < tokens.length; token++) {
    const word = text.slice(tokens.starts[token]!, tokens.ends[token]!)
    if (PARTY.test(word) || CLUB.test(word)) return false
    isEuropean ||= EUROPEAN.test(word)
  }
  return isEuropean
}

/** Union Berlin, Christlich-Soziale Union: what a bare Union may be short for. */
function isOtherUnion(name: string): boolean {
  return / Union\b|\bUnion /.test(name) && !/^(?:West)?[Ee]urop/.test(name)
}
