import { spawnSync } from 'node:child_process'

/** Whether Python 3 is on this machine: its parsers then check what is written here. */
export const hasPython = spawnSync('python3', ['--version']).status === 0

/**
 * Runs a Python script that reads JSON as `data` and answers with `answer(value)`; lone surrogates pass unharmed.
 * @throws Error with what Python printed
 */
export function python(script: string, data: unknown): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', `${PREAMBLE}\n${script}`], {
    input: JSON.stringify(data),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const PREAMBLE = `
import json, sys
data = json.load(sys.stdin)
def answer(value): json.dump(value, sys.stdout)
`
