import type { Deadline } from './deadline.js'
import { Problem } from './problem.js'

/** A body's media type, without parameters. */
export type Media = 'application/json' | 'text/plain' | 'application/x-ndjson'

/**
 * The media type of a request, one of those that the route takes.
 * @throws Problem 415 for another one, another encoding than UTF-8, or a compressed body
 */
export function mediaOf(request: Request, accepted: readonly Media[]): Media {
  const header = request.headers.get('content-type') ?? ''
  const [type = '', ...parameters] = header.toLowerCase().split(';')
  const media = accepted.find((known) => known === type.trim())
  const refuse = (message: string): Problem =>
    new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', message, { headers: { Accept: accepted.join(', ') } })
  if (media === undefined) {
    const got = header === '' ? 'no Content-Type' : `Content-Type "${header}"`
    throw refuse(`got ${got}; this route takes ${accepted.join(' or ')}.`)
  }
  const charset = parameters.map((part) => /^\s*charset\s*=\s*"?([^"\s]+)/.exec(part)?.[1]).find(Boolean)
  if (charset !== undefined && !/^utf-?8$|^us-ascii$/.test(charset)) {
    throw refuse(`got charset "${charset}"; send UTF-8.`)
  }
  const coding = request.headers.get('content-encoding') ?? 'identity'
  if (coding.toLowerCase() !== 'identity') {
    throw refuse(`got Content-Encoding "${coding}"; send the body uncompressed.`)
  }
  return media
}

/**
 * A whole body, at most `limit` bytes.
 * @throws Problem 413 as soon as it is longer, or says that it will be; 408 where it does not come in time
 */
export async function readBody(request: Request, limit: number, deadline: Deadline): Promise<Uint8Array> {
  const tooLarge = (): Problem =>
    new Problem(
      413,
      'TOO_LARGE',
      `the body is longer than ${limit} bytes. Send less at a time, use /v1/stream, or raise --max-body.`,
    )
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  while (reader !== undefined) {
    const { done, value } = await deadline.race(
      reader.read(),
      () =>
        new Problem(
          408,
          'BODY_TIMEOUT',
          'the body did not come in time. Send it faster, or raise --timeout.',
        ),
    )
    if (done) break
    length += value.length
    if (length > limit) throw tooLarge()
    pieces.push(value)
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, length)
}
