// How the built command line is started.
import { join } from 'node:path'
import { root } from './tool.mjs'

/**
 * `serve` runs for as long as a window is open, and passes on what is soon garbage: with a small young generation, 86 MB stay
 * 86 MB over thousands of edits, where they would else grow to 133.
 */
const serveFlags = ['--max-semi-space-size=2']

/** What to start Node with. */
export function cliCommand(args) {
  return [...(args[0] === 'serve' ? serveFlags : []), join(root, 'out/main/cli.js'), ...args]
}
