/** Progress on standard error: one line rewritten on a terminal, silence in a log except for `note`. */
export class Progress {
  private last = 0

  show(text: string): void {
    if (!process.stderr.isTTY || performance.now() - this.last < 100) return
    this.last = performance.now()
    process.stderr.write(`\r\u001b[K${text}`)
  }

  /** A line that stays. */
  note(text: string): void {
    this.clear()
    process.stderr.write(`${text}\n`)
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  }
}
