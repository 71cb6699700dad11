#!/usr/bin/env node
import { EigennamenError } from '../errors.js'
import { UsageError } from './arguments.js'
import { batch } from './commands/batch.js'
import type { Command } from './commands/command.js'
import { corpus } from './commands/corpus.js'
import { evaluate } from './commands/evaluate.js'
import { extract } from './commands/extract.js'
import { gazetteer } from './commands/gazetteer.js'
import { inspect } from './commands/inspect.js'
import { queue } from './commands/queue.js'
import { serve } from './commands/serve.js'
import { train } from './commands/train.js'
import { version } from './version.js'

const COMMANDS: Readonly<Record<string, Command>> = {
  extract,
  batch,
  queue,
  serve,
  evaluate,
  gazetteer,
  inspect,
  train,
  corpus,
}

/** A command answers 1 itself when some of its inputs failed; what reaches this file means that nothing was done. */
const EXIT = { done: 0, usage: 2 } as const

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(11)} ${summary}`)
  return `eigennamen: people, organisations and places in German news

Usage: eigennamen COMMAND [options]

${lines.join('\n')}

  eigennamen COMMAND --help    options and examples of a command
  eigennamen --version

Try: echo 'Toqajew traf in Nur-Sultan Vertreter der OVKS.' | eigennamen extract --format pretty
`
}

/** @throws UsageError for a name that is none; what every object has (`constructor`) is no command */
function commandOf(name: string): Command {
  if (!Object.hasOwn(COMMANDS, name))
    throw new UsageError(`unknown command "${name}"; known are ${Object.keys(COMMANDS).join(', ')}`)
  return COMMANDS[name]!
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = name === 'help' ? rest[0] : undefined
    process.stdout.write(about === undefined ? overview() : commandOf(about).help)
    return name === undefined ? EXIT.usage : EXIT.done
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${version()}\n`)
    return EXIT.done
  }
  const command = commandOf(name)
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help)
    return EXIT.done
  }
  return command.run(rest)
}

/** The command whose help to name, where the first argument is one. */
function helpFor(name: string | undefined): string {
  return name !== undefined && Object.hasOwn(COMMANDS, name) ? `${name} ` : ''
}

// A reader that closes the pipe early (head) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    if (!(error instanceof UsageError || error instanceof EigennamenError)) throw error
    process.exitCode = EXIT.usage
    const hint = error instanceof UsageError ? `\nTry: eigennamen ${helpFor(process.argv[2])}--help` : ''
    process.stderr.write(`eigennamen: ${error.message}${hint}\n`)
  },
)
