import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { BadInput } from '../core/bad-input'
import type { Terminal } from './terminal'
import { writeWhole } from './whole-file'

/** Read with a check, so that nothing is computed for minutes that cannot be written then. */
export const jsonOption = ['--json <file>', 'write the result as JSON to a file, or to stdout for -', writable] as const

/** Writes a value as one line of JSON to where `--json` says. Throws BadInput where that cannot be written. */
export function writeJson(value: unknown, target: string, terminal: Terminal): void {
  const text = `${JSON.stringify(value)}\n`
  if (target === '-') terminal.out(text)
  else
    orRefused(target, () => {
      writeWhole(target, text)
    })
}

/** The target, if a file can be written there. Leaves what is there as it is. */
function writable(target: string): string {
  if (target === '-') return target
  orRefused(target, () => {
    const isNew = !existsSync(target)
    closeSync(openSync(target, 'a'))
    if (isNew) rmSync(target)
  })
  return target
}

function orRefused(target: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    throw new BadInput(
      `The result cannot be written to "${target}" (${(error as Error).message}); choose another file with --json, or - for stdout.`,
    )
  }
}
