import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv2020 from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadRecognizer, type Recognizer } from '../../src/index.js'
import { open, post, received, type Served, serve } from './process.js'

const TEXT = 'Toqajew traf in Nur-Sultan Vertreter der OVKS.'
let server: Served
let ner: Recognizer
/** Fails unless a value has the shape that openapi.json gives it. */
let conforms: (name: string, value: unknown) => void
const at = (path: string): string => server.url + path

beforeAll(async () => {
  ;[server, ner] = await Promise.all([serve(['--workers', '1', '--verbose']), loadRecognizer()])
  const ajv = new Ajv2020({ strict: false })
  ajv.addSchema(await (await fetch(at('openapi.json'))).json(), 'api')
  conforms = (name, value) => {
    const check = ajv.getSchema(`api#/components/schemas/${name}`)!
    expect(check(value), `${name}: ${ajv.errorsText(check.errors)}`).toBe(true)
  }
})
afterAll(() => server.stop())

/** The body of a refusal, its status, and that it has the shape promised. */
async function refusal(
  answer: Response,
): Promise<{ status: number; code: string; message: string; field?: string }> {
  const body = (await answer.json()) as { error: { code: string; message: string; field?: string } }
  conforms('Problem', body)
  return { status: answer.status, ...body.error }
}

describe('POST /v1/recognize', () => {
  it('answers the line of extract --format jsonl', async () => {
    const answer = await post(at('v1/recognize'), { text: TEXT, id: 'a-1' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const body = await answer.json()
    conforms('TextAnswer', body)
    expect(body).toEqual({ id: 'a-1', text: TEXT, language: 'deu', entities: ner.recognize(TEXT).entities })
    expect(body.entities).toHaveLength(3)
  })

  it('takes the options of recognize', async () => {
    const text =
      'Die kasachische Hauptstadt Nur-Sultan, sagte Putin im Ukraine-Krieg bei Volkswagen in Wolfsburg.'
    for (const options of [
      { types: ['LOC'] },
      { kinds: ['derived', 'compound'] },
      { minScore: 0.9 },
      { date: '2020-05-01' },
      { language: 'detect' },
      { types: ['PER', 'MISC'], kinds: ['name'], minScore: 0.1 },
    ] as const) {
      const body = await (await post(at('v1/recognize'), { text, ...options })).json()
      conforms('TextAnswer', body)
      expect(body.entities).toEqual(ner.recognize(text, options as never).entities)
    }
    const english = { text: 'This is certainly an English sentence about nothing.', language: 'detect' }
    expect((await (await post(at('v1/recognize'), english)).json()).language).toBe('eng')
  })

  it('takes plain text, with options in the query', async () => {
    const plain = (query: string, body = TEXT): Promise<Response> =>
      post(at(`v1/recognize${query}`), body, { 'Content-Type': 'text/plain; charset=utf-8' })
    const body = await (await plain('?types=LOC,PER&minScore=0.5&id=x')).json()
    expect(body).toMatchObject({ id: 'x', text: TEXT })
    expect(body.entities.map((e: { type: string }) => e.type)).toEqual(['PER', 'LOC'])
    expect(await refusal(await plain('?typs=LOC'))).toMatchObject({
      status: 400,
      code: 'UNKNOWN_FIELD',
      field: 'typs',
    })
    expect(await refusal(await plain('?minScore='))).toMatchObject({ status: 400, field: 'minScore' })
    expect(await refusal(await plain('?types=LOC&types=PER'))).toMatchObject({ status: 400, field: 'types' })
    expect(await refusal(await post(at('v1/recognize?types=LOC'), { text: TEXT }))).toMatchObject({
      status: 400,
      field: 'types',
    })
  })

  it('keeps offsets in UTF-16, whatever is in the text', async () => {
    const texts = [
      '',
      '   ',
      '😀😀 Angela Merkel 👩‍👩‍👧 in Köln',
      '\ud83d Angela Merkel in Berlin \udc00',
      'e\u0301 Müller\u0000Merkel\r\n\tBerlin',
    ]
    for (const text of texts) {
      const body = await (await post(at('v1/recognize'), { text })).json()
      conforms('TextAnswer', body)
      expect(body.text).toBe(text)
      for (const entity of body.entities) expect(text.slice(entity.start, entity.end)).toBe(entity.text)
      expect(body.entities).toEqual(ner.recognize(text).entities)
    }
    const emoji = await (await post(at('v1/recognize'), { text: texts[2] })).json()
    expect(emoji.entities[0]).toMatchObject({ start: 5, end: 18, text: 'Angela Merkel' })
  })

  it('names what is wrong, and where', async () => {
    const wrong = async (body: unknown): Promise<unknown> => refusal(await post(at('v1/recognize'), body))
    expect(await wrong('{"text": ')).toMatchObject({ status: 400, code: 'INVALID_JSON' })
    expect(await wrong('')).toMatchObject({ status: 400, code: 'INVALID_JSON' })
    expect(await wrong(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ status: 400, code: 'INVALID_UTF8' })
    expect(await wrong([TEXT])).toMatchObject({
      code: 'INVALID_FIELD',
      message: expect.stringMatching(/^the body must be an object with text, id, .*; got an array of 1\.$/),
    })
    expect(await wrong({})).toMatchObject({
      code: 'INVALID_FIELD',
      field: 'text',
      message: expect.stringMatching(/it is missing\.$/),
    })
    expect(await wrong({ text: 3 })).toMatchObject({
      field: 'text',
      message: expect.stringMatching(/got 3\.$/),
    })
    expect(await wrong({ text: TEXT, id: {} })).toMatchObject({ field: 'id' })
    expect(await wrong({ text: TEXT, typs: [] })).toMatchObject({ code: 'UNKNOWN_FIELD', field: 'typs' })
    expect(await wrong('{"text":"a","__proto__":{"types":[]}}')).toMatchObject({ field: '__proto__' })
    expect(await wrong({ text: TEXT, types: ['PERSON'] })).toMatchObject({
      code: 'INVALID_OPTION',
      field: 'types',
      message: expect.stringMatching(/types holds "PERSON"; possible are PER, ORG, LOC, MISC/),
    })
    expect(await wrong({ text: TEXT, minScore: '1' })).toMatchObject({ field: 'minScore' })
    expect(await wrong({ text: TEXT, date: 'gestern' })).toMatchObject({ field: 'date' })
    expect(await wrong({ text: TEXT, date: '2021-02-30' })).toMatchObject({ status: 400, field: 'date' })
    expect(await wrong({ text: TEXT, language: 'en' })).toMatchObject({ field: 'language' })
    expect(await wrong({ text: TEXT, types: null })).toMatchObject({ field: 'types' })
  })

  it('refuses other methods, types, charsets and encodings', async () => {
    const got = await fetch(at('v1/recognize'))
    expect(got.headers.get('allow')).toBe('POST')
    expect(await refusal(got)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' })
    const typed = async (headers: Record<string, string>): Promise<unknown> =>
      refusal(await post(at('v1/recognize'), TEXT, headers))
    expect(await typed({ 'Content-Type': 'text/html' })).toMatchObject({ status: 415 })
    expect(await typed({ 'Content-Type': 'text/plain; charset=iso-8859-1' })).toMatchObject({ status: 415 })
    expect(await typed({ 'Content-Encoding': 'gzip' })).toMatchObject({ status: 415 })
    expect(await refusal(await fetch(at('v2/recognize')))).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })
})

describe('POST /v1/batch', () => {
  it('answers in order, with options for all and for one', async () => {
    const documents = Array.from({ length: 40 }, (_, i) => ({ text: `${TEXT} Absatz ${i}.`, id: i }))
    const answer = await post(at('v1/batch'), {
      documents: [...documents, { text: TEXT, types: ['ORG'] }],
      types: ['LOC'],
    })
    const body = (await answer.json()) as { id: unknown; text: string; entities: { type: string }[] }[]
    for (const item of body) conforms('TextAnswer', item)
    expect(body.map(({ id }) => id)).toEqual([...documents.keys(), null])
    expect(body[7]).toMatchObject({ text: documents[7]!.text, entities: [{ type: 'LOC' }] })
    expect(body[40]!.entities.map(({ type }) => type)).toEqual(['ORG'])
    expect(await (await post(at('v1/batch'), { documents: [] })).json()).toEqual([])
  })

  it('names the document that is wrong', async () => {
    const wrong = async (body: unknown): Promise<unknown> => refusal(await post(at('v1/batch'), body))
    expect(await wrong({ documents: [{ text: 'a' }, { txt: 'b' }] })).toMatchObject({
      status: 400,
      field: 'documents[1].txt',
    })
    expect(await wrong({ documents: ['a'] })).toMatchObject({ field: 'documents[0]' })
    expect(await wrong({ documents: [{ text: 'a', minScore: 2 }] })).toMatchObject({
      field: 'documents[0].minScore',
    })
    expect(await wrong({ documents: 'a' })).toMatchObject({ field: 'documents' })
    expect(await wrong({ documents: [], limit: 1 })).toMatchObject({ field: 'limit' })
  })
})

describe('POST /v1/stream', () => {
  const stream = (body: string | Uint8Array, query = ''): Promise<Response> =>
    post(at(`v1/stream${query}`), body, { 'Content-Type': 'application/x-ndjson' })
  const lines = async (answer: Response): Promise<unknown[]> =>
    (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))

  it('answers each line in its place, broken ones with an error', async () => {
    const latin1 = Buffer.concat([Buffer.from('{"text":"'), Buffer.of(0xfc), Buffer.from('"}')])
    const body = Buffer.concat([
      Buffer.from(`{"text":${JSON.stringify(TEXT)},"id":"one"}\n\n{"text": \r\n`),
      latin1,
      Buffer.from(`\n{"text":"Berlin","types":["PER"]}\r\n[]\n{"text":"Köln 😀 Kiel","id":7}`),
    ])
    const answer = await stream(body, '?types=LOC')
    expect(answer.headers.get('content-type')).toMatch(/^application\/x-ndjson/)
    const found = await lines(answer)
    for (const line of found) conforms('StreamLine', line)
    expect(found).toEqual([
      { id: 'one', text: TEXT, language: 'deu', entities: ner.recognize(TEXT, { types: ['LOC'] }).entities },
      { line: 3, error: { code: 'INVALID_JSON', message: expect.any(String) } },
      { line: 4, error: { code: 'INVALID_UTF8', message: expect.any(String) } },
      { id: null, text: 'Berlin', language: 'deu', entities: [] },
      { line: 6, error: { code: 'INVALID_FIELD', message: expect.any(String) } },
      expect.objectContaining({ id: 7, text: 'Köln 😀 Kiel' }),
    ])
    expect(await (await stream('\n\n')).text()).toBe('')
    expect(await refusal(await stream('{}', '?type=LOC'))).toMatchObject({ status: 400, field: 'type' })
  })

  it('answers a line while the next one is not there yet', async () => {
    const { readable, writable } = new TransformStream<Uint8Array>()
    const writer = writable.getWriter()
    const encoder = new TextEncoder()
    void writer.write(encoder.encode('{"text":"Berlin"}\n'))
    const answer = await fetch(at('v1/stream'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: readable,
      duplex: 'half',
    } as RequestInit)
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('"Q64"')
    void writer.write(encoder.encode('{"text":"Ki'))
    await writer.write(encoder.encode('el"}'))
    await writer.close()
    expect((await reader.read()).value).toContain('"Q1707"')
    expect((await reader.read()).done).toBe(true)
  })
})

describe('GET /v1/lookup', () => {
  it('answers the candidates', async () => {
    const lookup = async (query: string): Promise<{ candidates: unknown[] }> =>
      (await fetch(at(`v1/lookup?${query}`))).json()
    for (const query of ['name=Tokayev', 'name=Nur-Sultan&type=LOC&date=2020', 'name=Xyzzyq'])
      conforms('LookupAnswer', await lookup(query))
    expect(await lookup('name=Zelenskyy')).toEqual({ name: 'Zelenskyy', candidates: ner.lookup('Zelenskyy') })
    expect((await lookup('name=Tokayev&type=ORG')).candidates).toEqual([])
  })

  it('names what is wrong', async () => {
    const wrong = async (query: string): Promise<unknown> => refusal(await fetch(at(`v1/lookup${query}`)))
    expect(await wrong('')).toMatchObject({ status: 400, field: 'name' })
    expect(await wrong('?name=%20')).toMatchObject({ field: 'name' })
    expect(await wrong(`?name=${'a'.repeat(501)}`)).toMatchObject({ field: 'name' })
    expect(await wrong('?name=a&type=CITY')).toMatchObject({ field: 'type' })
    expect(await wrong('?name=a&date=x')).toMatchObject({ field: 'date' })
    expect(await wrong('?name=a&limit=3')).toMatchObject({ code: 'UNKNOWN_FIELD', field: 'limit' })
  })
})

describe('operation', () => {
  it('describes itself in valid OpenAPI 3.1', async () => {
    const description = await (await fetch(at('openapi.json'))).json()
    const { valid, errors } = await new Validator().validate(description)
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(Object.keys(description.paths).sort()).toEqual([
      '/healthz',
      '/metrics',
      '/openapi.json',
      '/readyz',
      '/v1/batch',
      '/v1/lookup',
      '/v1/recognize',
      '/v1/stream',
    ])
  })

  it('is alive and ready', async () => {
    for (const [path, status] of [
      ['healthz', 'ok'],
      ['readyz', 'ready'],
    ]) {
      const body = await (await fetch(at(path!))).json()
      conforms('State', body)
      expect(body).toEqual({ status })
    }
  })

  it('counts', async () => {
    const names = ['documents', 'tokens', 'characters'].map((name) => `eigennamen_${name}_total`)
    const people = 'eigennamen_entities_total{type="PER"}'
    const requests = 'eigennamen_http_requests_total{route="/v1/recognize",method="POST",status="200"}'
    const read = (): Promise<number[]> =>
      Promise.all([...names, people, requests].map((name) => server.metric(name)))
    const before = await read()
    await (await post(at('v1/recognize'), { text: TEXT })).text()
    const gained = (await read()).map((value, index) => value - before[index]!)
    expect(gained).toEqual([1, ner.recognize(TEXT).tokens.length, TEXT.length, 1, 1])
    expect(await server.metric('process_resident_memory_bytes')).toBeGreaterThan(30e6)
    expect(await server.metric('eigennamen_workers')).toBe(1)
  })

  it('writes metrics as Prometheus reads them', async () => {
    const answer = await fetch(at('metrics'))
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await answer.text()
    expect(text.endsWith('\n')).toBe(true)
    const kinds = new Map<string, string>()
    for (const line of text.trimEnd().split('\n')) {
      const kind = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line)
      if (kind !== null) kinds.set(kind[1]!, kind[2]!)
      if (line.startsWith('#')) continue
      const sample = /^([a-z_]+)(\{[a-z_]+="[^"\\\n]*"(?:,[a-z_]+="[^"\\\n]*")*\})? (\S+)$/.exec(line)
      expect(sample, line).not.toBeNull()
      const name = sample![1]!
      expect(
        kinds.has(name) || kinds.get(name.replace(/_(bucket|sum|count)$/, '')) === 'histogram',
        line,
      ).toBe(true)
      expect(Number.isFinite(Number(sample![3])), line).toBe(true)
    }
    const buckets = [...text.matchAll(/_bucket\{route="\/v1\/recognize",le="[^"]+"\} (\d+)/g)].map((m) =>
      Number(m[1]),
    )
    expect(buckets).toEqual([...buckets].sort((a, b) => a - b))
    expect(buckets.at(-1)).toBe(
      Number(/duration_seconds_count\{route="\/v1\/recognize"\} (\d+)/.exec(text)![1]),
    )
  })

  it('logs a line a request, without texts', async () => {
    await fetch(at('v1/lookup?name=Geheimnis'))
    expect(server.log()).toMatch(/^eigennamen: \d{4}-\S+Z GET \/v1\/lookup 200 [\d.]+ ms 127\.0\.0\.1$/m)
    expect(server.log()).not.toMatch(/Geheimnis|Toqajew/)
  })

  it('shows the page, with headers that let nothing else in', async () => {
    const page = await fetch(at(''))
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';.*frame-ancestors 'none'$/,
    )
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    const html = await page.text()
    const assets = [...html.matchAll(/(?:src|href)="([\w.-]+\.(?:js|css))"/g)].map((match) => match[1]!)
    expect(assets.length).toBeGreaterThanOrEqual(2)
    for (const path of [...assets, 'recogniser.js', 'offline.js', 'browser.js', 'models/gazetteer.bin']) {
      const answer = await fetch(at(path))
      expect(answer.status, path).toBe(200)
      const length = (await answer.arrayBuffer()).byteLength
      expect(length).toBe(Number(answer.headers.get('content-length')))
      const again = await fetch(at(path), { headers: { 'If-None-Match': answer.headers.get('etag')! } })
      expect(again.status).toBe(304)
    }
    const head = await fetch(at('models/news.model'), { method: 'HEAD' })
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1e6)
    expect((await fetch(at('package.json'))).status).toBe(404)
    const socket = await open(server.url)
    const answer = received(socket)
    socket.write('GET /models/../package.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    await answer.ended
    expect(answer.text()).toMatch(/^HTTP\/1\.1 404/)
  })
})
