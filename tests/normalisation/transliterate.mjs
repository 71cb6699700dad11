// Writes variants-alphabetic.tsv: romanised spellings of the names in
// native-alphabetic.tsv, as newspapers, agencies and library catalogues print them.
//
//   node transliterate.mjs
//
// Input rows:   native TAB canonical TAB type TAB language
// Output rows:  variant TAB canonical TAB type TAB language-scheme
//
// The spellings come from published romanisation tables alone, never from the
// behaviour of the engine under test, so that they stay an independent measure.

import { readFileSync, writeFileSync } from 'node:fs'

const INPUT = new URL('./native-alphabetic.tsv', import.meta.url)
const OUTPUT = new URL('./variants-alphabetic.tsv', import.meta.url)

// Two spellings of the full name, and two of the surname where that is enough.
const VARIANTS_PER_FORM = 2

// ---------------------------------------------------------------------------
// Building blocks of the tables

// An apostrophe inside a name (Слов'янськ) does not start a new word.
const START = `(?<![\\p{L}'’])`
const END = `(?![\\p{L}'’])`

const VOWELS = {
  cyrillic: 'аеёиоуыэюяіїєӣӯәөүұ',
  bulgarian: 'аеиоуъюя',
  armenian: 'աեէըիոօ',
}

const after = (letters) => `(?<=[${letters}])`
const before = (letters) => `(?=[${letters}])`
const between = (letters, middle) => after(letters) + middle + before(letters)

// Parses 'ж zh х kh'; ∅ marks a letter that is not written.
function table(text) {
  const tokens = text.trim().split(/\s+/)
  const letters = {}
  for (let i = 0; i < tokens.length; i += 2) {
    letters[tokens[i]] = tokens[i + 1] === '∅' ? '' : tokens[i + 1]
  }
  return letters
}

// `letters`: one or more tables, the later override the earlier.
// `rules`: [pattern, output] pairs over the lower-case native text. They are
// tried in order before the letters, so that context wins over the plain letter.
function scheme(name, letters, rules = []) {
  return {
    name,
    letters: Object.assign({}, ...letters.map(table)),
    rules: rules.map(([pattern, output]) => [new RegExp(pattern, 'yu'), output]),
  }
}

// ---------------------------------------------------------------------------
// Cyrillic: what most schemes of one tradition share

const COMMON = 'а a б b д d к k л l м m н n о o п p р r т t у u ф f'

const GERMAN = `${COMMON} в w г g е e ё jo ж sch з s и i й j с s х ch ц z ч tsch
  ш sch щ schtsch ъ ∅ ы y ь ∅ э e ю ju я ja ' ∅ ’ ∅`
const ENGLISH = `${COMMON} в v г g е e ё yo ж zh з z и i й y с s х kh ц ts ч ch
  ш sh щ shch ъ ∅ ы y ь ∅ э e ю yu я ya ' ∅ ’ ∅`
const SCHOLARLY = `${COMMON} в v г g е e ё ë ж ž з z и i й j с s х ch ц c ч č
  ш š щ šč ъ " ы y ь ' э ė ю ju я ja ' ∅ ’ ∅`
const FRENCH = `${COMMON} в v г g е e ё io ж j з z и i й ï с s у ou х kh ц ts
  ч tch ш ch щ chtch ъ ∅ ы y ь ∅ э e ю iou я ia ' ∅ ’ ∅`

// Iotated е: at the start of a word, after a vowel and after a sign.
const IOTATED_E = `(?:${START}|${after(`${VOWELS.cyrillic}йъь'’`)})е`

// German doubles s between vowels, since a single one would be read as z.
const GERMAN_SS = [between(VOWELS.cyrillic, 'с'), 'ss']
const FRENCH_SS = GERMAN_SS

// й forms a diphthong before a consonant and merges with a following я, ю, е, ё.
const GERMAN_SHORT_I = [
  [`й${before('яюеё')}`, ''],
  [`й${before('аоуэи')}`, 'j'],
  ['й', 'i'],
]
const GERMAN_SOFT_O = ['ьо', 'jo']

// French keeps a hard g before front vowels with a silent u.
const FRENCH_HARD_G = [`г${before('еиёіє')}`, 'gu']
const FRENCH_AFTER_VOWEL = [
  ['йя', 'ïa'],
  ['ия', 'ia'],
  [`${after('аоуэею')}е`, 'ïe'],
  [`${after('аоу')}и`, 'ï'],
  [`${after('аоуэе')}я`, 'ïa'],
  [`${after('аоуэе')}ю`, 'ïou'],
  [`${after('ь')}е`, 'ie'],
]

// ---------------------------------------------------------------------------
// Russian

// The endings -ий and -ый lose their й in every press style.
function adjectiveEnding(soft, hard) {
  return [
    [`ий${END}`, soft],
    [`ый${END}`, hard],
  ]
}

const RUSSIAN_GERMAN_RULES = [
  ['кс', 'x'],
  ...adjectiveEnding('i', 'y'),
  [`${after('жчшщ')}ё`, 'o'],
  [IOTATED_E, 'je'],
  GERMAN_SS,
  ...GERMAN_SHORT_I,
  GERMAN_SOFT_O,
]

const POLISH_LETTERS = `${COMMON} в w г g е ie ё io ж ż з z и i й j л ł с s ц c
  ч cz ш sz щ szcz х ch ъ ∅ ы y ь ∅ э e ю iu я ia`
const POLISH_RULES = [
  [`(?<=[кг])ий${END}`, 'i'],
  [`ый${END}`, 'y'],
  [`й${before('яюеё')}`, ''],
  [`${after('жцшчщ')}и`, 'y'],
  [`${after('жцшчщл')}е`, 'e'],
  [`${after('жцшчщл')}ё`, 'o'],
  [`${after('л')}я`, 'a'],
  [`${after('л')}ю`, 'u'],
  [IOTATED_E, 'je'],
  [`(?:${START}|${after(`${VOWELS.cyrillic}йъь`)})ё`, 'jo'],
  [`(?:${START}|${after(`${VOWELS.cyrillic}йъь`)})ю`, 'ju'],
  [`(?:${START}|${after(`${VOWELS.cyrillic}йъь`)})я`, 'ja'],
  [`л${before('еёиьюя')}`, 'l'], // only the hard л is crossed
  [`нь(?![${VOWELS.cyrillic}])`, 'ń'],
  [`сь(?![${VOWELS.cyrillic}])`, 'ś'],
  [`зь(?![${VOWELS.cyrillic}])`, 'ź'],
]

const ITALIAN_LETTERS = `${ENGLISH} ё io ж zh й i х kh ц z ч c ш sh щ sc ю iu я ia`
const ITALIAN_RULES = [
  ['йя', 'ia'],
  ...adjectiveEnding('i', 'y'),
  [`г${before('еиё')}`, 'gh'],
  [`ч${before('аоу')}`, 'ci'],
  [`ш${before('аоу')}`, 'sci'],
  [`ш${before('еи')}`, 'sc'],
  [`щ${before('аоу')}`, 'sci'],
  ['чё', 'cio'],
  ['шё', 'scio'],
  ['щё', 'scio'],
]

const RUSSIAN = [
  scheme('german', [GERMAN], RUSSIAN_GERMAN_RULES),
  scheme(
    'bgn',
    [ENGLISH, 'ё ë ъ ” ь ’'],
    [
      [`(?:${START}|${after(`${VOWELS.cyrillic}йъь`)})ё`, 'yë'],
      [IOTATED_E, 'ye'],
    ],
  ),
  scheme(
    'french',
    [FRENCH],
    [
      ...adjectiveEnding('i', 'y'),
      ['ин$', 'ine'], // a surname in -in would be read with a nasal vowel
      ['ын$', 'yne'],
      FRENCH_HARD_G,
      [`${after('жчшщ')}ё`, 'o'],
      ...FRENCH_AFTER_VOWEL,
      FRENCH_SS,
    ],
  ),
  scheme('iso9', [SCHOLARLY, 'х h щ ŝ ъ ʺ ь ʹ э è ю û я â']),
  scheme('polish', [POLISH_LETTERS], POLISH_RULES),
  scheme(
    'english-press',
    [ENGLISH],
    [
      ...adjectiveEnding('y', 'y'),
      [`${after('жчшщ')}ё`, 'e'],
      [`(?:${START}|${after(`${VOWELS.cyrillic}ь`)})е`, 'ye'],
    ],
  ),
  scheme('scholarly', [SCHOLARLY]),
  scheme('italian', [ITALIAN_LETTERS], ITALIAN_RULES),
  scheme('ala-lc', [ENGLISH, 'ё ë й ĭ ъ ʺ ь ʹ э ė ю iu я ia']),
]

// ---------------------------------------------------------------------------
// Ukrainian

const UKRAINIAN_H = 'г h ґ g и y і i'

const UKRAINIAN = [
  scheme(
    'national-2010',
    [ENGLISH, UKRAINIAN_H, 'є ie ї i й i ю iu я ia'],
    [
      ['зг', 'zgh'], // keeps зг apart from ж
      [`${START}є`, 'ye'],
      [`${START}ї`, 'yi'],
      [`${START}й`, 'y'],
      [`${START}ю`, 'yu'],
      [`${START}я`, 'ya'],
    ],
  ),
  scheme('german', [GERMAN, UKRAINIAN_H, 'є je ї ji'], [GERMAN_SS, GERMAN_SOFT_O]),
  scheme('bgn', [ENGLISH, UKRAINIAN_H, `є ye ї yi ь ’ ' ” ’ ”`]),
  scheme('french', [FRENCH, UKRAINIAN_H, 'є ie ї ï'], [[`ий${END}`, 'y'], ['ія', 'ia'], FRENCH_SS]),
  scheme('scholarly', [SCHOLARLY, UKRAINIAN_H, 'є je ї ï']),
  scheme(
    'english-press',
    [ENGLISH, UKRAINIAN_H, 'є ye ї yi'],
    [
      [`ий${END}`, 'y'],
      ['ії', 'ii'],
    ],
  ),
]

// ---------------------------------------------------------------------------
// Belarusian

const BELARUSIAN_H = 'г h і i ў u'
// Softness is written as i after a consonant and as j elsewhere.
const LACINKA_IOTATION = [
  ['е', 'e'],
  ['ё', 'o'],
  ['ю', 'u'],
  ['я', 'a'],
].map(([letter, vowel]) => [`(?:${START}|${after(`${VOWELS.cyrillic}ўйь'’`)})${letter}`, `j${vowel}`])

const BELARUSIAN = [
  scheme('german', [GERMAN, BELARUSIAN_H], [[IOTATED_E, 'je'], GERMAN_SS]),
  scheme(
    'instruction-2000',
    [SCHOLARLY, BELARUSIAN_H, 'е ie ё io ю iu я ia э e ў ŭ'],
    [...LACINKA_IOTATION, ['нь', 'ń'], ['сь', 'ś'], ['зь', 'ź'], ['ць', 'ć'], ['ль', 'ĺ']],
  ),
  scheme('bgn', [ENGLISH, BELARUSIAN_H, `е ye ў w ь ’ ' ”`]),
  scheme('english-press', [ENGLISH, BELARUSIAN_H], [[IOTATED_E, 'ye']]),
]

// ---------------------------------------------------------------------------
// Bulgarian

const BULGARIAN = [
  scheme('streamlined-2006', [ENGLISH, 'х h щ sht ъ a ь y'], [[`ия${END}`, 'ia']]),
  scheme(
    'german',
    [GERMAN, 'щ scht ъ a ь j'],
    [
      [between(VOWELS.bulgarian, 'с'), 'ss'],
      [`о[ий]${before('ч')}`, 'oi'],
    ],
  ),
  scheme('scholarly', [SCHOLARLY, `щ št ъ ă ь '`]),
]

// ---------------------------------------------------------------------------
// Serbian and Macedonian

const GAJ = `${COMMON} в v г g ђ đ е e ж ž з z и i ј j љ lj њ nj с s ћ ć х h
  ц c ч č џ dž ш š`

const SERBIAN = [
  scheme('gaj', [GAJ]),
  scheme('ascii', [GAJ, 'ђ dj ж z ћ c ч c џ dz ш s']),
  scheme(
    'german',
    [GAJ, 'в w ђ dj ж sch з s ћ tsch ц z ч tsch џ dsch ш sch'],
    [[between('аеиоу', 'с'), 'ss']],
  ),
]

const MACEDONIAN = [
  scheme('official', [GAJ, 'ѓ ǵ ќ ḱ ѕ dz']),
  scheme('passport', [GAJ, 'ѓ gj ќ kj ѕ dz ж zh ц c ч ch џ dj ш sh']),
  scheme(
    'german',
    [GAJ, 'в w ѓ gj ќ kj ѕ ds ж sch з s ц z ч tsch џ dsch ш sch'],
    [[between('аеиоу', 'с'), 'ss']],
  ),
]

// ---------------------------------------------------------------------------
// Central Asia

// Newspapers often take such names from the Russian spelling, which lacks the
// letters of the Turkic and Tajik alphabets.
const VIA_RUSSIAN = 'ә a ғ g қ k ң n ө o ұ u ү u ў u і i ҷ j ӣ i ӯ u'
const VIA_RUSSIAN_GERMAN = [IOTATED_E, 'je']

const KAZAKH_LATIN = `${COMMON} ә ä в v г g ғ ğ е e ё io ж j з z и i й i қ q
  ң ñ ө ö с s ұ ū ү ü х h һ h ц ts ч tş ш ş щ ştş ы y і ı ь ∅ ъ ∅ э e ю iu я ia`

const KAZAKH = [
  scheme(
    'german-via-russian',
    [GERMAN, VIA_RUSSIAN, 'һ ch'],
    [VIA_RUSSIAN_GERMAN, GERMAN_SS, ...GERMAN_SHORT_I],
  ),
  scheme('bgn', [ENGLISH, 'ә ä ғ gh и ī қ q ң ng ө ö у ū ұ u ү ü һ h і i ь ’']),
  scheme('latin-2021', [KAZAKH_LATIN]),
  scheme('english-press', [ENGLISH, VIA_RUSSIAN, 'һ kh'], [[IOTATED_E, 'ye']]),
  scheme(
    'german',
    [GERMAN, 'ә ä ғ gh қ q ң ng ө ö ұ u ү ü һ h і i'],
    [VIA_RUSSIAN_GERMAN, GERMAN_SS, ...GERMAN_SHORT_I],
  ),
]

const UZBEK_IOTATED_E = [`(?:${START}|${after(VOWELS.cyrillic)})е`, 'ye']

const UZBEK = [
  scheme('official-latin', [ENGLISH, 'ж j х x ў oʻ қ q ғ gʻ ҳ h ъ ʼ'], [UZBEK_IOTATED_E]),
  scheme('german', [GERMAN, 'ж dsch ў o қ q ғ gh ҳ h'], [VIA_RUSSIAN_GERMAN, GERMAN_SS]),
  scheme('english', [ENGLISH, 'ж j ў o қ k ғ gh ҳ h'], [UZBEK_IOTATED_E]),
]

const KYRGYZ = [
  scheme('english', [ENGLISH, 'ж j ң ng ө ö ү ü'], [[`${after('аоуи')}е`, 'ye']]),
  scheme('german', [GERMAN, 'ж dsch ң ng ө ö ү ü'], [VIA_RUSSIAN_GERMAN, GERMAN_SS, ...GERMAN_SHORT_I]),
  scheme('english-via-russian', [ENGLISH, VIA_RUSSIAN], [[`${after('аоуи')}е`, 'ye']]),
]

const TAJIK = [
  scheme('english', [ENGLISH, 'ғ gh ӣ i қ q ӯ u ҳ h ҷ j']),
  scheme('german', [GERMAN, 'ғ gh ӣ ij қ q ӯ u ҳ h ҷ dsch']),
  scheme('english-via-russian', [ENGLISH, VIA_RUSSIAN, 'ҳ kh ҷ dzh']),
]

const MONGOLIAN = [
  scheme('english', [ENGLISH, 'ж j ө ö ү ü й i']),
  scheme('german', [GERMAN, 'ж dsch з ds ц ts ө ö ү ü й i']),
  scheme('english-press', [ENGLISH, 'ж j ө u ү u й i'], [['ий', 'ii']]),
]

// ---------------------------------------------------------------------------
// Greek

const GREEK_BASE = `α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o
  π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o`

// Most schemes drop the accent. It stays in the text that the rules see, as it
// tells a digraph (αι) from two vowels (άι).
const GREEK_ACCENTED = {
  ά: 'α',
  έ: 'ε',
  ή: 'η',
  ί: 'ι',
  ϊ: 'ι',
  ΐ: 'ι',
  ό: 'ο',
  ύ: 'υ',
  ϋ: 'υ',
  ΰ: 'υ',
  ώ: 'ω',
}
const GREEK_KEPT_ACCENTS = 'ά á έ é ή í ί í ϊ ï ΐ ḯ ό ó ύ ý ϋ ÿ ώ ó'

const GREEK_VOICELESS = `(?=[θκξπσςτφχψ]|${END})`

// αυ, ευ, ηυ: the second letter is a consonant whose voice follows the next sound.
const greekUpsilon = (voiced, voiceless) =>
  [
    ['α', 'a'],
    ['ε', 'e'],
    ['η', 'i'],
  ].flatMap(([vowel, latin]) => [
    [`${vowel}[υύ]${GREEK_VOICELESS}`, latin + voiceless],
    [`${vowel}[υύ]`, latin + voiced],
  ])

const GREEK_STOPS_BY_SOUND = [
  [`${START}μπ`, 'b'],
  [`${START}ντ`, 'd'],
  [`${START}γκ`, 'g'],
  ['μπ', 'mb'],
  ['γκ', 'ng'],
  ['γγ', 'ng'],
]
const GREEK_DIGRAPHS_BY_SOUND = [
  ['αι', 'e'],
  ['αί', 'e'],
  ['[εο][ιί]', 'i'],
]
const greekGlide = (output) => [`γι${before('αάοόωώεέου')}`, output]

function greek(name, letters, rules) {
  const result = scheme(name, [GREEK_BASE, letters], rules)
  for (const [accented, plain] of Object.entries(GREEK_ACCENTED)) {
    result.letters[accented] ??= result.letters[plain]
  }
  return result
}

const GREEK = [
  greek('elot743', GREEK_KEPT_ACCENTS, [
    ...greekUpsilon('v', 'f'),
    ['ου', 'ou'],
    ['ού', 'oú'],
    [`${START}μπ`, 'b'],
    ['γγ', 'ng'],
    ['γξ', 'nx'],
    ['γχ', 'nch'],
  ]),
  greek('german-press', 'β w ζ s', [
    ['ο[υύ]', 'u'],
    ...greekUpsilon('w', 'f'),
    ...GREEK_DIGRAPHS_BY_SOUND,
    ...GREEK_STOPS_BY_SOUND,
    ['τζ', 'tz'],
    greekGlide('j'),
    [between('αάεέηήιίοόυύωώ', 'σ'), 'ss'],
  ]),
  greek('iso843', 'η ī ω ō', [['ο[υύ]', 'ou']]),
  greek('french', 'χ kh', [
    ['ο[υύ]', 'ou'],
    ...greekUpsilon('v', 'f'),
    ...GREEK_DIGRAPHS_BY_SOUND,
    ...GREEK_STOPS_BY_SOUND,
    greekGlide('y'),
    [between('αάεέηήιίοόυύωώ', 'σ'), 'ss'],
  ]),
  greek('classical', 'β b η ē φ ph ω ō', [
    ['ο[υύ]', 'ou'],
    ['α[υύ]', 'au'],
    ['ε[υύ]', 'eu'],
    [`${START}ρ`, 'rh'],
    ['γγ', 'ng'],
    ['γκ', 'nk'],
    ['γχ', 'nch'],
  ]),
]

// ---------------------------------------------------------------------------
// Armenian

const ARMENIAN_BASE = `ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts
  կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r
  ց ts ւ v փ p ք k և ev օ o ֆ f`
const ARMENIAN_U = ['ու', 'u']

const ARMENIAN = [
  scheme(
    'iso9985',
    [ARMENIAN_BASE, 'է ē ը ë թ t’ ժ ž խ x ծ ç ղ ġ ճ č̣ շ š չ č ջ ǰ ռ ṙ ց c’ փ p’ ք k’ ձ j և ew օ ō'],
    [ARMENIAN_U],
  ),
  scheme('english-press', [ARMENIAN_BASE], [ARMENIAN_U, [`${START}ե`, 'ye'], [`${START}ո(?!վ)`, 'vo']]),
  scheme(
    'german',
    [ARMENIAN_BASE, 'զ s ժ sch խ ch ծ z ձ ds ճ tsch յ j շ sch չ tsch ջ dsch վ w ց z և ew ւ w'],
    [
      ARMENIAN_U,
      [`${START}ե`, 'je'],
      [`${START}ո(?!վ)`, 'wo'],
      [between(VOWELS.armenian, 'ս'), 'ss'],
      [`յ${END}`, 'i'],
    ],
  ),
]

// ---------------------------------------------------------------------------
// Georgian

const GEORGIAN_BASE = `ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o
  პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh
  ჯ j ჰ h`

const GEORGIAN = [
  scheme('national-2002', [GEORGIAN_BASE, 'კ k’ პ p’ ტ t’ ყ q’ წ ts’ ჭ ch’']),
  scheme(
    'german',
    [GEORGIAN_BASE, 'ვ w ზ s ჟ sch ყ k შ sch ჩ tsch ც z ძ ds წ z ჭ tsch ხ ch ჯ dsch'],
    [[between('აეიოუ', 'ს'), 'ss']],
  ),
  scheme(
    'french',
    [GEORGIAN_BASE, 'ჟ j უ ou ყ k შ ch ჩ tch ჭ tch ჯ dj'],
    [
      [`გ${before('ეი')}`, 'gu'],
      [between('აეიოუ', 'ს'), 'ss'],
    ],
  ),
  scheme('english-press', [GEORGIAN_BASE]),
  scheme('scholarly', [GEORGIAN_BASE, 'კ ḳ პ ṗ ჟ ž ტ ṭ ღ ġ ყ q̇ შ š ჩ č ც c ძ j წ c̣ ჭ č̣ ხ x ჯ ǰ']),
]

const SCHEMES = {
  ru: RUSSIAN,
  uk: UKRAINIAN,
  be: BELARUSIAN,
  bg: BULGARIAN,
  sr: SERBIAN,
  mk: MACEDONIAN,
  kk: KAZAKH,
  uz: UZBEK,
  ky: KYRGYZ,
  tg: TAJIK,
  mn: MONGOLIAN,
  el: GREEK,
  hy: ARMENIAN,
  ka: GEORGIAN,
}

// Surnames that a newspaper prints alone and that lead to one person. Shared ones
// (Medwedew, Dimitrow, Schewtschenko) are missing on purpose.
const KNOWN_BY_SURNAME = new Set(
  `
  Putin Gorbatschow Jelzin Lawrow Schoigu Nawalny Chodorkowski Prigoschin Peskow
  Solschenizyn Chruschtschow Breschnew Dostojewski Tschechow Puschkin Bulgakow
  Achmatowa Turgenew Gogol Tschaikowski Schostakowitsch Prokofjew Rachmaninow
  Mussorgski Rimski-Korsakow Malewitsch Majakowski Tarkowski Nurejew Gergijew
  Kasparow Scharapowa Politkowskaja Nemzow Litwinenko Abramowitsch Kadyrow Schirinowski
  Lukaschenko Rybakina
  Selenskyj Poroschenko Tymoschenko Janukowytsch Juschtschenko Kutschma Krawtschuk
  Jazenjuk Kuleba Saluschnyj Syrskyj Podoljak Budanow Andruchowytsch
  Switolina Ussyk Mudryk
  Zichanouskaja Kalesnikawa Bjaljazki Asaranka Pratassewitsch
  Borissow Radew Georgiewa Parwanow Plewneliew Stoitschkow Berbatow Schiwkow
  Vučić Đoković Milošević Mladić Đinđić Koštunica Šešelj Vlahović
  Gruevski Zaev Mickoski Crvenkovski
  Toqajew Mirsijojew Dschaparow Bakijew Atambajew Aitmatow Rahmon
  Mitsotakis Tsipras Varoufakis Theodorakis Kazantzakis Kavafis Tsitsipas Sakellaropoulou
  Pavlopoulos Papoulias
  Paschinjan Kotscharjan Mchitarjan Ter-Petrosjan
  Saakaschwili Surabischwili Iwanischwili Gharibaschwili Kobachidse Schewardnadse
  Gamsachurdia Kawelaschwili Kwarazchelia
`
    .trim()
    .split(/\s+/),
)

// ---------------------------------------------------------------------------
// Transliteration

const isUpper = (letter) => letter !== letter.toLowerCase()
const capitalise = (text) => text.charAt(0).toUpperCase() + text.slice(1)

// The rules in their order, then the plain letter.
function convertAt(text, position, { rules, letters }) {
  for (const [pattern, output] of rules) {
    pattern.lastIndex = position
    const match = pattern.exec(text)
    if (match) return { length: match[0].length, output }
  }
  const letter = text[position]
  return { length: 1, output: letters[letter] ?? letter }
}

function romanise(native, scheme) {
  const text = native.normalize('NFC')
  const lower = text.toLowerCase()
  let result = ''
  for (let i = 0; i < text.length; ) {
    const { length, output } = convertAt(lower, i, scheme)
    result += isUpper(text[i]) ? capitalise(output) : output
    i += length
  }
  return result.normalize('NFC')
}

// Georgian has no capitals; a printed Latin name has them.
function capitaliseWords(text) {
  return text.replace(/(?<![\p{L}\p{M}'’])\p{L}/gu, (letter) => letter.toUpperCase())
}

function spell(native, language, scheme) {
  const latin = romanise(native, scheme)
  return language === 'ka' ? capitaliseWords(latin) : latin
}

// ---------------------------------------------------------------------------
// Choice of the variants

const lastWord = (name) => name.split(' ').at(-1)
const fold = (text) => text.normalize('NFC').toLowerCase()

function formsOf({ native, canonical, type }) {
  const surname = lastWord(canonical)
  const full = { native, known: canonical }
  if (type !== 'PER' || !KNOWN_BY_SURNAME.has(surname)) return [full]
  return [full, { native: lastWord(native), known: surname }]
}

// Takes the schemes in turn from where the last name of the language stopped, so
// that every scheme occurs without any chance in the choice.
function chooseVariants(form, language, rotation, seen) {
  const schemes = SCHEMES[language]
  const chosen = []
  for (let tried = 0; tried < schemes.length && chosen.length < VARIANTS_PER_FORM; tried += 1) {
    const scheme = schemes[rotation.next % schemes.length]
    rotation.next += 1
    const variant = spell(form.native, language, scheme)
    if (seen.has(fold(variant)) || fold(variant) === fold(form.known)) continue
    seen.add(fold(variant))
    chosen.push({ variant, scheme: scheme.name })
  }
  return chosen
}

function variantsOf(entry, rotation) {
  const seen = new Set([fold(entry.canonical)])
  return formsOf(entry).flatMap((form) => chooseVariants(form, entry.language, rotation, seen))
}

// ---------------------------------------------------------------------------
// Files

function readEntries() {
  const lines = readFileSync(INPUT, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => {
    const [native, canonical, type, language] = line.split('\t')
    return { native, canonical, type, language }
  })
}

// One spelling must not ask for two entries, and a letter missing from a table
// must not slip into the data.
function checkRows(rows) {
  const target = new Map()
  for (const { variant, canonical } of rows) {
    const known = target.get(fold(variant)) ?? canonical
    if (known !== canonical) throw new Error(`${variant}: ${known} or ${canonical}?`)
    if (/[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]/u.test(variant)) {
      throw new Error(`letter without a rule in ${variant} (${canonical})`)
    }
    target.set(fold(variant), canonical)
  }
}

function collectRows(entries) {
  const rotations = {}
  return entries.flatMap((entry) => {
    const rotation = (rotations[entry.language] ??= { next: 0 })
    return variantsOf(entry, rotation).map(({ variant, scheme }) => ({
      variant,
      canonical: entry.canonical,
      type: entry.type,
      source: `${entry.language}-${scheme}`,
    }))
  })
}

// The same spelling can come from two native forms of one name.
function withoutRepeats(rows) {
  const seen = new Set()
  return rows.filter(({ variant, canonical }) => {
    const key = `${fold(variant)}\t${canonical}`
    return !seen.has(key) && seen.add(key)
  })
}

const rows = withoutRepeats(collectRows(readEntries()))
checkRows(rows)
writeFileSync(
  OUTPUT,
  `${rows.map((row) => [row.variant, row.canonical, row.type, row.source].join('\t')).join('\n')}\n`,
)
console.log(`${rows.length} variants`)
