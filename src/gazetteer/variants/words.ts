import { cleanWord } from '../../text/characters.js'
import { readList } from '../../text/lists.js'
import koreanText from './lists/korean-surnames.txt'

/** Arabic articles, written apart or with a hyphen: al-Assad, el Assad, as-Sisi. */
const ARTICLE =
  /(^|[\s-])(?:(?:a[lnrst]|el|ash|asch|aš|eš|esch|esh|ach|ad|az|ul|ud)(?:-|\s(?=\p{L}{3}))|e[zsrdt]-)/gu
const ABD = /\babd(?:[\s-]?[aeu]l[\s-]?|[\s-][aeu](?:[rnstdz]|sch|sh)[\s-]|[aeu][rnstdz]-)(?=\p{L}{3})/gu
const SON = /(^|[\s-])(?:ibn|ben|bin)(?=[\s-])/gu

/** A name in small letters, without what romanisations add or leave out: articles, apostrophes, periods, quotes. */
export function bareName(name: string): string {
  const plain = cleanWord(name)
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    // Slavic c before a soft sign and k is ts; German ck is not.
    .replace(/c[’'ʹʼ]k/g, 'tsk')
    .replace(/[’'`´ʻʼʹʺʾʿ"„“”«»().,·]/g, '')
    .replace(/[\s_/–—‐‑-]+/g, (gap) => (gap.includes(' ') ? ' ' : '-'))
    .trim()
  if (!/[\s-]/.test(plain) && !plain.startsWith('abd')) return plain
  const stripped = plain.replace(ABD, 'abdl').replace(SON, '$1bn').replace(ARTICLE, '$1').trim()
  return koreanSurname(stripped === '' ? plain : stripped)
}

let koreanSurnames: ReadonlyMap<string, string> | undefined

/** Brings the customary spellings of a Korean surname together: Lee, Yi and Ri; Park and Pak. */
function koreanSurname(name: string): string {
  const gap = name.search(/[\s-]/)
  if (gap < 1 || gap > 6) return name
  koreanSurnames ??= new Map(
    readList(koreanText).flatMap((line) => {
      const spellings = line.split(' ')
      return spellings.map((spelling) => [spelling, spellings[0]!] as const)
    }),
  )
  const surname = koreanSurnames.get(name.slice(0, gap))
  return surname === undefined ? name : surname + name.slice(gap)
}

/** Words of a name; both sides of a hyphen are words. */
export function wordsOf(bare: string): string[] {
  return bare.split(/[\s-]+/).filter(Boolean)
}
