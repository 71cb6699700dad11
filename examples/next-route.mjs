// A route handler with the web's Request and Response: Next.js, Hono, Remix, SvelteKit and others take it as it is.
//
//   npm install eigennamen           (in a Next.js project, with this file as app/api/entities/route.js)
//   npx next dev
//   curl localhost:3000/api/entities -H 'content-type: application/json' -d '{"text":"Die OVKS tagt in Astana."}'
//
// In next.config.js: serverExternalPackages: ['eigennamen'], so that the model is found beside the package.

import { loadRecognizer } from 'eigennamen'

export const runtime = 'nodejs'

const LONGEST = 100_000

/** Loaded once for all requests; it takes about 70 ms. */
let recognizer

export async function POST(request) {
  const body = await request.json().catch(() => undefined)
  if (typeof body?.text !== 'string') {
    return Response.json({ error: 'expected JSON with a string "text"' }, { status: 400 })
  }
  if (body.text.length > LONGEST) {
    return Response.json({ error: `"text" is longer than ${LONGEST} characters` }, { status: 413 })
  }
  recognizer ??= loadRecognizer()
  const { entities } = (await recognizer).recognize(body.text)
  return Response.json({ entities })
}
