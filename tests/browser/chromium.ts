import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a Chromium is: `CHROMIUM` of the environment, else where Linux distributions put it. */
export function chromiumPath(): string | undefined {
  const named = process.env.CHROMIUM
  return (named ? [named] : CANDIDATES).find((path) => existsSync(path))
}

/** Starts it without a window, with an empty profile that goes when it is closed. */
export async function launch(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === undefined) {
    throw new Error(
      `no Chromium at ${CANDIDATES.join(' or ')}; install one (apt-get install chromium) or name it in CHROMIUM`,
    )
  }
  return chromium.launch({
    executablePath,
    // As root there is no sandbox.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
