/** A command of the command line. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string
  /** Usage, options and examples. */
  readonly help: string
  /** Runs with the arguments behind its name; answers the exit code. */
  run(args: readonly string[]): Promise<number>
}
