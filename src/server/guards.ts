import { createHash, timingSafeEqual } from 'node:crypto'
import { Problem } from './problem.js'

/** Names and addresses under which only this machine reaches itself. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}

/**
 * Refuses a Host that is not this machine, where the server is bound to loopback: a page whose name was pointed at 127.0.0.1
 * after it was loaded (DNS rebinding) would otherwise be of the same origin as this server.
 * @throws Problem 403
 */
export function checkHost(host: string | undefined): void {
  const name = (host ?? '').replace(/:\d*$/, '')
  if (isLoopback(name)) return
  throw new Problem(
    403,
    'FORBIDDEN_HOST',
    `Host "${host ?? ''}" is not this machine. The server is bound to loopback; ask for http://127.0.0.1, or start it with --host.`,
  )
}

/**
 * Refuses scripts of foreign pages. A browser would keep the answer from them, but not the request from us.
 * @throws Problem 403
 */
export function checkOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: string | undefined,
): void {
  if (origin === undefined || allowed === '*' || origin === allowed) return
  // A proxy may speak TLS outside and none inside: the names are compared, not the schemes.
  if (URL.canParse(origin) && new URL(origin).host === host) return
  throw new Problem(
    403,
    'FORBIDDEN_ORIGIN',
    `pages of ${origin} may not ask this server. Start it with --cors ${origin} if they should.`,
  )
}

/**
 * The token of `Authorization: Bearer`, compared in constant time.
 * @throws Problem 401
 */
export function checkToken(authorization: string | undefined, token: string): void {
  const given = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1]
  // Digests are of one length, which timingSafeEqual asks for, whatever was sent.
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest()
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return
  throw new Problem(
    401,
    'UNAUTHORIZED',
    given === undefined ? 'send the token: Authorization: Bearer TOKEN.' : 'the token is wrong.',
    { headers: { 'WWW-Authenticate': 'Bearer realm="eigennamen"' } },
  )
}
