/** Where a command writes: results to `out`, everything else to `err`, so that stdout can be piped. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Whether a person watches stderr, so that progress is worth drawing. */
  readonly interactive: boolean
}

export const processTerminal: Terminal = {
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
  interactive: process.stderr.isTTY,
}
