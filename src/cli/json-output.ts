import { writeFileSync } from 'node:fs'
import { BadInput } from '../core/bad-input'
import type { Terminal } from './terminal'

export const jsonOption = ['--json <file>', 'write the result as JSON to a file, or to stdout for -'] as const

/** Writes a value as one line of JSON to where `--json` says. Throws BadInput where that cannot be written. */
export function writeJson(value: unknown, target: string, terminal: Terminal): void {
  const text = `${JSON.stringify(value)}\n`
  if (target === '-') {
    terminal.out(text)
    return
  }
  try {
    writeFileSync(target, text)
  } catch (error) {
    throw new BadInput(
      `The result cannot be written to "${target}" (${(error as Error).message}); choose another file with --json, or - for stdout.`,
    )
  }
}
