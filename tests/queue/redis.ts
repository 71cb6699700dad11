import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether a Redis server can be started here; says so where not. */
export function hasRedis(): boolean {
  const found = spawnSync('redis-server', ['--version']).status === 0
  if (!found) console.warn('skipped: there is no redis-server; install it, e.g. apt-get install redis-server')
  return found
}

export interface Redis {
  readonly port: number
  stop(): Promise<void>
}

/** A Redis of its own on a free port, with nothing on disk. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), 'eigennamen-redis-'))
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    dir,
  ]
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  await ready(server)
  return {
    port,
    async stop() {
      const ended = new Promise((resolve) => server.once('close', resolve))
      server.kill()
      await ended
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout?.on('data', (data) => {
      said += data
      if (said.includes('Ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('close', (code) => reject(new Error(`redis-server ended with ${code}: ${said}`)))
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
