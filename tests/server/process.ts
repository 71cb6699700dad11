import { type ChildProcess, spawn } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** `eigennamen serve` as a process of its own, from the built command line. */
export interface Served {
  readonly url: string
  readonly child: ChildProcess
  /** What it wrote to standard error so far. */
  readonly log: () => string
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  /** A value of /metrics. */
  metric(name: string, token?: string): Promise<number>
  /** Ends it and waits for that. */
  stop(): Promise<unknown>
}

/** Starts it on a free port and waits until it is ready, unless told otherwise. */
export async function serve(
  args: readonly string[] = [],
  { env = {}, waitReady = true }: { env?: NodeJS.ProcessEnv; waitReady?: boolean } = {},
): Promise<Served> {
  const { child, ended, log } = spawnServe(['--port', '0', ...args], env)
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr!.on('data', () => {
      const found = /listening on (\S+)/.exec(log())
      if (found !== null) resolve(found[1]!.replace('0.0.0.0', '127.0.0.1'))
    })
    ended.then((code) => reject(new Error(`serve ended with ${code}: ${log()}`)))
  })
  while (waitReady && (await fetch(`${url}readyz`)).status !== 200) await pause(20)
  return {
    url,
    child,
    log,
    ended,
    async metric(name, token) {
      const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
      const text = await (await fetch(`${url}metrics`, { headers })).text()
      const line = text.split('\n').find((row) => row.startsWith(`${name} `))
      return Number(line?.slice(name.length))
    },
    stop() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** The same without waiting for anything. */
export function spawnServe(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Pick<Served, 'child' | 'log' | 'ended'> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), 'serve', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.add(child)
  let log = ''
  child.stderr.on('data', (data) => {
    log += data
  })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child)
      resolve(code ?? signal)
    })
  })
  return { child, log: () => log, ended }
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const isText = typeof body === 'string' || body instanceof Uint8Array
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: (isText ? body : JSON.stringify(body)) as BodyInit,
  })
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Waits until something holds. */
export async function until(holds: () => Promise<boolean> | boolean, milliseconds = 20_000): Promise<void> {
  const end = Date.now() + milliseconds
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not come about within ${milliseconds} ms: ${holds}`)
    await pause(25)
  }
}

/** A bare connection, for what fetch does not let one do. */
export async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return socket
}

/** Everything that comes until the other side ends. */
export function received(socket: Socket): { text: () => string; ended: Promise<void> } {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (data) => {
    text += data
  })
  return { text: () => text, ended: new Promise((resolve) => socket.once('close', () => resolve())) }
}
