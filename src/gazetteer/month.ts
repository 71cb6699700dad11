/**
 * Month of an ISO date (`2019`, `2019-03`, `2019-03-20`) as year × 12 + month - 1; of a bare year the month given.
 * @param month 0 for January to 11 for December
 */
export function monthOf(date: string, month: number): number {
  const [year = '0', named] = date.split('-')
  return Number(year) * 12 + (named === undefined ? month : Number(named) - 1)
}
