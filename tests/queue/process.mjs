// A producer, worker or collector as a process of its own, for tests that kill it.
// Usage: node process.mjs add|work|collect PORT QUEUE ...
import { loadRecognizer } from 'eigennamen'
import { CorpusQueue } from 'eigennamen/bullmq'

const [role, port, name, ...rest] = process.argv.slice(2)
const corpus = new CorpusQueue(name, { connection: { host: '127.0.0.1', port: Number(port) } })

/** Slow enough to be killed in the middle of a chunk; some texts throw, some kill their process. */
function fragile(ner) {
  return {
    async recognize(text, options) {
      await new Promise((resolve) => setTimeout(resolve, 4))
      if (text.includes('Giftpilz')) throw new Error('this text is poisonous')
      if (text.includes('Blitzschlag')) process.kill(process.pid, 'SIGKILL')
      return ner.recognize(text, options)
    },
  }
}

if (role === 'add') {
  const [file, chunk, limit] = rest
  const options = {
    chunk: Number(chunk),
    limit: Number(limit),
    textField: 'body.text',
    backoff: 50,
    poll: 20,
  }
  console.log(JSON.stringify(await corpus.addFiles([file], options)))
  await corpus.close()
} else if (role === 'work') {
  const source = rest[0] === 'fragile' ? fragile(await loadRecognizer()) : await loadRecognizer()
  corpus.work(source, { lockDuration: 1000, stalledInterval: 300 })
  console.log('working')
} else {
  const [file] = rest
  console.log(JSON.stringify(await corpus.collect(file, { poll: 20 })))
  await corpus.close()
}
