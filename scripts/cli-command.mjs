// How the built command line is started.
import { join } from 'node:path'
import { root } from './tool.mjs'

/**
 * Node's flags by command. `serve` runs for as long as a window is open, and passes on what is soon garbage: with a small young
 * generation, 86 MB stay 86 MB over thousands of edits, where they would else grow to 133. `evaluate` merges up to 100,000 wrong
 * sums after every chunk: 170 MB at the most, where it would be up to 267.
 */
const flags = new Map([
  ['serve', ['--max-semi-space-size=2']],
  ['evaluate', ['--max-semi-space-size=2', '--heap-growing-percent=50']],
])

/** What to start Node with. */
export function cliCommand(args) {
  return [...(flags.get(args[0]) ?? []), join(root, 'out/main/cli.js'), ...args]
}
