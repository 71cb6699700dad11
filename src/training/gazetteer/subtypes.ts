import type { EntityType } from '../../labels/scheme.js'

/** Sorts of entities that the gazetteer tells apart; see `models/sources/README.md`. */
export const SUBTYPES = new Set(
  (
    'head_of_state head_of_government minister party_leader parliamentarian politician mayor official diplomat judge military cleric ' +
    'royal business union_leader athlete footballer coach sports_official actor musician writer artist scientist journalist ' +
    'activist historical fictional ' +
    'ministry authority court parliament party government company bank brand media_paper media_broadcaster media_agency ' +
    'media_online club federation league competition national_body intl_org ngo union church university school institute ' +
    'hospital museum theatre orchestra band armed_group association foundation airline festival ' +
    'country state region city district river lake sea mountain island continent building stadium airport street landscape ' +
    'station border'
  ).split(' '),
)

/** What other sources call them, by the end of the word. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/^brand/, 'brand'],
  [/(_club|_team|^club)$/, 'club'],
  [/^(capital|municipality)$/, 'city'],
  [/^(newspaper|magazine|news_outlet)$/, 'media_paper'],
  [/^(broadcaster|tv_channel|radio|news_programme)$/, 'media_broadcaster'],
  [/^(portal|streaming)$/, 'media_online'],
  [/^(news_agency)$/, 'media_agency'],
  [/bank/, 'bank'],
  [/^(agency|intelligence|police|prosecution|advisory_body|transit_operator|chamber)$/, 'authority'],
  [/^(international|un_body|eu_agency|eu_institution|eu_body|conference)$/, 'intl_org'],
  [/^(militant_group|criminal_group|movement)$/, 'armed_group'],
  [/^(research|research_institute|economic_institute|think_tank|pollster|archive)$/, 'institute'],
  [/association|^(welfare|nonprofit)$/, 'association'],
  [/^(diocese|religious|religion)$/, 'church'],
  [/^(opera)$/, 'theatre'],
  [/^(sports_body)$/, 'federation'],
  [/^party_/, 'party'],
  [/^(mountain_range|plateau|cape)$/, 'mountain'],
  [/^(gulf|bay|strait|ocean)$/, 'sea'],
  [/^(island_group)$/, 'island'],
  [/^(disputed_area|country_part|territory|geo_area)$/, 'region'],
  [/^(peninsula|desert|coast|plain)$/, 'landscape'],
]

/** The subtype of this project for what a source says; empty where it has none. */
export function subtypeOf(said: string, type: EntityType, source: 'companies' | 'other'): string {
  if (SUBTYPES.has(said)) return said
  const renamed = RENAMED.find(([pattern]) => pattern.test(said))?.[1]
  if (renamed !== undefined) return renamed
  return source === 'companies' && type === 'ORG' ? 'company' : ''
}
