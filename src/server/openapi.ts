import { LONGEST_NAME } from './input.js'
import { OPTION_SCHEMAS, SCHEMAS, type Schema } from './schemas.js'

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const content = (type: string, schema: Schema): Schema => ({ [type]: { schema } })
const json = (description: string, name: string): Schema => ({
  description,
  content: content('application/json', ref(name)),
})
const problem = (description: string, headers?: Schema): Schema => ({
  ...json(description, 'Problem'),
  ...(headers === undefined ? {} : { headers }),
})
const RETRY = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } }

/** Refusals that every route below /v1 knows. */
const COMMON = {
  '400': problem('Broken input; the message names the field.'),
  '401': problem('The token is missing or wrong.', {
    'WWW-Authenticate': { description: 'Bearer', schema: { type: 'string' } },
  }),
  '403': problem('Asked from a foreign page, or by a foreign Host.'),
  '500': problem('A fault of the server, or a text that its worker died of.'),
  '503': problem('Loading, stopping, or busy.', RETRY),
}
const BODY = {
  '408': problem('The body did not come in time.'),
  '413': problem('The body is longer than --max-body.'),
  '415': problem('Another Content-Type, charset or encoding than accepted.'),
}
const IN_TIME = { '504': problem('The text was not done in time.') }

/** A parameter of a query; lists are separated by commas. */
const parameter = (name: string, schema: Schema, required = false): Schema => ({
  name,
  in: 'query',
  required,
  schema,
  ...(schema.type === 'array' ? { style: 'form', explode: false } : {}),
})
const OPTIONS = Object.entries(OPTION_SCHEMAS).map(([name, schema]) => parameter(name, schema))
const PLAIN = ' For text/plain only; in JSON they are fields.'
const forPlainText = [parameter('id', { type: 'string' }), ...OPTIONS].map((item) => ({
  ...item,
  description: `${item.name === 'id' ? 'Id of the text.' : 'As the field of the same name.'}${PLAIN}`,
}))

/** Description of the routes in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html). `secured`: a token is asked for. */
export function openapi(version: string, secured: boolean): Schema {
  const security = secured ? { security: [{ token: [] }] } : {}
  const route = (id: string, tag: string, summary: string, more: Schema): Schema => ({
    operationId: id,
    tags: [tag],
    summary,
    ...more,
  })
  return {
    openapi: '3.1.1',
    info: {
      title: 'eigennamen',
      version,
      summary: 'People, organisations and places in German news',
      description: 'All offsets count UTF-16 code units, as JavaScript and Java do.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'recognition', description: 'Names in texts, and names by themselves.' },
      { name: 'operation', description: 'Health, figures, description.' },
    ],
    paths: {
      '/v1/recognize': {
        post: route('recognize', 'recognition', 'Names in one text', {
          ...security,
          parameters: forPlainText,
          requestBody: {
            required: true,
            content: {
              ...content('application/json', ref('TextInput')),
              ...content('text/plain', { type: 'string' }),
            },
          },
          responses: {
            '200': json('The text with its entities.', 'TextAnswer'),
            ...COMMON,
            ...BODY,
            ...IN_TIME,
          },
        }),
      },
      '/v1/batch': {
        post: route('batch', 'recognition', 'Names in several texts, answered in their order', {
          ...security,
          description: 'Options beside the documents are for all of them; those of a document win.',
          requestBody: { required: true, content: content('application/json', ref('BatchInput')) },
          responses: {
            '200': {
              description: 'One answer a document.',
              content: content('application/json', { type: 'array', items: ref('TextAnswer') }),
            },
            ...COMMON,
            ...BODY,
            ...IN_TIME,
          },
        }),
      },
      '/v1/stream': {
        post: route('stream', 'recognition', 'Names in a stream of texts', {
          ...security,
          description:
            'A TextInput a line, a StreamLine back for each, in order; blank lines are skipped. A line that cannot be taken is answered by a LineFault in its place. Read while you write: the server reads no faster than its answers are taken. Parameters are for all lines; the fields of a line win.',
          parameters: OPTIONS,
          requestBody: { required: true, content: content('application/x-ndjson', ref('TextInput')) },
          responses: {
            '200': {
              description: 'A StreamLine a line.',
              content: content('application/x-ndjson', ref('StreamLine')),
            },
            ...COMMON,
            '415': BODY['415'],
          },
        }),
      },
      '/v1/lookup': {
        get: route('lookup', 'recognition', 'What a name may stand for, best first', {
          ...security,
          parameters: [
            parameter(
              'name',
              { type: 'string', minLength: 1, maxLength: LONGEST_NAME, examples: ['Tokayev'] },
              true,
            ),
            parameter('type', ref('EntityType')),
            parameter('date', OPTION_SCHEMAS.date!),
          ],
          responses: { '200': json('Empty where no name is close enough.', 'LookupAnswer'), ...COMMON },
        }),
      },
      '/openapi.json': {
        get: route('openapi', 'operation', 'This description', {
          security: [],
          responses: {
            '200': { description: 'OpenAPI 3.1', content: content('application/json', { type: 'object' }) },
          },
        }),
      },
      '/healthz': {
        get: route('health', 'operation', 'Whether the process is alive', {
          security: [],
          responses: { '200': json('It is.', 'State') },
        }),
      },
      '/readyz': {
        get: route('ready', 'operation', 'Whether texts are taken', {
          security: [],
          responses: { '200': json('They are.', 'State'), '503': problem('Loading or stopping.', RETRY) },
        }),
      },
      '/metrics': {
        get: route('metrics', 'operation', "Figures in Prometheus' text format", {
          ...security,
          responses: {
            '200': { description: 'Text format 0.0.4', content: content('text/plain', { type: 'string' }) },
            '401': COMMON['401'],
          },
        }),
      },
    },
    components: {
      schemas: SCHEMAS,
      ...(secured ? { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } : {}),
    },
  }
}
