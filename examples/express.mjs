// An Express service: POST /entities with { "text": ... } answers { "entities": [...] }.
//
//   npm install eigennamen express   (in this repository: npm install && npm run build)
//   PORT=3000 node examples/express.mjs
//   curl localhost:3000/entities -H 'content-type: application/json' -d '{"text":"Die OVKS tagt in Astana."}'
//
// Recognition runs on worker threads: a long article does not hold up other requests.

import { createPool } from 'eigennamen'
import express from 'express'

const pool = await createPool()
const app = express()

app.post('/entities', express.json({ limit: '1mb' }), async (request, response) => {
  const text = request.body?.text
  if (typeof text !== 'string') {
    response.status(400).json({ error: 'expected JSON with a string "text"' })
    return
  }
  const { entities } = await pool.recognize(text)
  response.json({ entities })
})

// What express.json refuses: no JSON, or too much of it.
app.use((error, _request, response, _next) => {
  response.status(error.status ?? 500).json({ error: error.message })
})

const server = app.listen(process.env.PORT ?? 3000, () => {
  console.log(`listening on port ${server.address().port}`)
})

process.once('SIGTERM', () => server.close(() => pool.close()))
