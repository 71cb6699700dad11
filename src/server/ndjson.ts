import type { RecognizeOptions } from '../types.js'
import { Problem } from './problem.js'
import type { Service } from './service.js'

/**
 * NDJSON in, NDJSON out. A line is worked on only when the connection can take its answer (`pull`, and no queue of its own), so
 * a client that does not read is not read from either.
 * @throws Problem 503 where too many requests wait already
 */
export function answerStream(
  service: Service,
  body: ReadableStream<Uint8Array> | null,
  options: RecognizeOptions,
  client: AbortSignal,
  report: (error: unknown) => void,
): Response {
  if (body === null)
    throw new Problem(400, 'INVALID_JSON', 'the body is empty; send a line of JSON for each text.')
  const visit = service.gate.enter()
  const answers = service.stream(body as AsyncIterable<Uint8Array> & typeof body, options, visit, client)
  const encoder = new TextEncoder()
  const lines = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await answers.next()
          if (done) controller.close()
          else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
        } catch (error) {
          // The headers are out: cutting the connection is the only way left to say that lines are missing.
          if (!client.aborted) report(error)
          controller.error(error)
        }
      },
      async cancel() {
        await answers.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(lines, {
    headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8', 'X-Accel-Buffering': 'no' },
  })
}
