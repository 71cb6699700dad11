import { ENTITY_KINDS, ENTITY_TYPES } from '../labels/scheme.js'

/** JSON Schema (2020-12), as OpenAPI 3.1 uses it. */
export type Schema = Readonly<Record<string, unknown>>

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const list = (items: Schema): Schema => ({ type: 'array', items })
const string = (description: string): Schema => ({ type: 'string', description })
const number = (description: string, more: Schema = {}): Schema => ({ type: 'number', description, ...more })
const offset = (description: string): Schema => ({ type: 'integer', minimum: 0, description })

/** An object that has no other fields; those in `optional` may be missing. */
function object(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false }
}

const PROBABILITY = { exclusiveMinimum: 0, maximum: 1 }
const METHODS = ['exact', 'inflection', 'transliteration', 'fuzzy', 'acronym', 'coreference']
const ID: Schema = {
  type: ['string', 'number', 'null'],
  description: 'Handed back as it came; null where there was none.',
}
const DATE: Schema = {
  type: 'string',
  pattern: '^\\d{4}(-\\d\\d(-\\d\\d)?)?$',
  description: 'ISO date of the text: names carry years of use.',
  examples: ['2020-05-01'],
}

/** Options of recognition, as fields of a body and as parameters of a query. */
export const OPTION_SCHEMAS: Readonly<Record<string, Schema>> = {
  types: { ...list(ref('EntityType')), default: ['PER', 'ORG', 'LOC'], description: 'Types to answer.' },
  kinds: { ...list(ref('EntityKind')), default: [...ENTITY_KINDS], description: 'Kinds to answer.' },
  minScore: number('Least score to answer.', { minimum: 0, maximum: 1, default: 0 }),
  date: DATE,
  language: {
    type: 'string',
    enum: ['detect', 'de'],
    description: 'detect: tell whether the text is German.',
  },
}
const OPTIONAL = Object.keys(OPTION_SCHEMAS)
const EXAMPLE = 'Toqajew traf in Nur-Sultan Vertreter der OVKS.'
const INPUT = { text: { ...string('The text.'), examples: [EXAMPLE] }, id: ID, ...OPTION_SCHEMAS }
const ERROR = object(
  {
    code: { ...string('Stable code.'), examples: ['INVALID_FIELD'] },
    message: string('What was wrong, what was expected, what to do.'),
    field: { ...string('Field or parameter at fault.'), examples: ['documents[3].text'] },
  },
  ['field'],
)

export const SCHEMAS: Readonly<Record<string, Schema>> = {
  EntityType: { type: 'string', enum: [...ENTITY_TYPES] },
  EntityKind: {
    type: 'string',
    enum: [...ENTITY_KINDS],
    description:
      'A name; a word derived from one (kasachische); a name inside a longer word (Ukraine in Ukraine-Krieg).',
  },
  TextInput: object(INPUT, ['id', ...OPTIONAL]),
  BatchInput: object({ documents: list(ref('TextInput')), ...OPTION_SCHEMAS }, OPTIONAL),
  Entity: object(
    {
      start: offset('UTF-16 code units; text.slice(start, end) is the mention.'),
      end: offset('Behind the last code unit.'),
      text: string('The mention as it stands in the text.'),
      type: ref('EntityType'),
      kind: ref('EntityKind'),
      host: {
        ...object({ start: offset('UTF-16'), end: offset('UTF-16'), text: string('The word.') }),
        description: 'The whole word, where the mention is only a part of it.',
      },
      score: number('Probability of the mention.', PROBABILITY),
      canonical: string('Preferred German name.'),
      id: { ...string('Wikidata QID, or an identifier of your own names.'), examples: ['Q1520'] },
      link: {
        ...object({
          method: { type: 'string', enum: METHODS },
          alias: string('The spelling of the gazetteer that the mention met.'),
          score: number('Closeness.', PROBABILITY),
        }),
        description: 'How the mention was tied to the gazetteer; missing where it was not.',
      },
      cluster: offset('Shared by the mentions of one entity in this text.'),
    },
    ['host', 'id', 'link'],
  ),
  TextAnswer: object({
    id: ID,
    text: string('The text.'),
    language: string('ISO 639-3; deu unless language is detect, und for too short a text.'),
    entities: list(ref('Entity')),
  }),
  LineFault: {
    ...object({ line: { type: 'integer', minimum: 1 }, error: ERROR }),
    description: 'A line of a stream that could not be taken.',
  },
  StreamLine: { oneOf: [ref('TextAnswer'), ref('LineFault')] },
  Candidate: object(
    {
      canonical: string('Preferred German name.'),
      type: ref('EntityType'),
      id: string('Wikidata QID, or an identifier of your own names.'),
      method: { type: 'string', enum: METHODS },
      alias: string('The spelling that the name met.'),
      score: number('Closeness and prominence.', PROBABILITY),
    },
    ['id'],
  ),
  LookupAnswer: object({ name: string('The name asked for.'), candidates: list(ref('Candidate')) }),
  Problem: object({ error: ERROR }),
  State: object({ status: { type: 'string', enum: ['ok', 'ready'] } }),
}
