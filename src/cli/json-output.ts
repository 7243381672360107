import { writeFile } from 'node:fs/promises'
import { BadInput } from '../core/bad-input'
import { destinationOf } from '../files/destination'
import { systemReason } from '../files/system-reason'
import { checkWritable, writeWhole } from '../files/whole-file'
import type { Terminal } from './terminal'

/** Read with a check, so that nothing is computed for minutes that cannot be written then. */
export const jsonOption = ['--json <file>', 'write the result as JSON to a file, or to stdout for -', writable] as const

/** Writes a value as one line of JSON to where `--json` says. Throws BadInput where that cannot be written. */
export async function writeJson(value: unknown, target: string, terminal: Terminal): Promise<void> {
  const text = `${JSON.stringify(value)}\n`
  if (target === '-') terminal.out(text)
  else await writeFileAt(target, text).catch(refuse(target))
}

/** A pipe may wait for its reader: that must not keep Ctrl-C from ending this. */
async function writeFileAt(path: string, text: string): Promise<void> {
  if (destinationOf(path) === null) await writeFile(path, text)
  else writeWhole(path, text)
}

/** The target, if a file can be written there. Leaves what is there as it is. */
function writable(target: string): string {
  try {
    if (target !== '-') checkWritable(target)
    return target
  } catch (error) {
    return refuse(target)(error)
  }
}

function refuse(target: string): (error: unknown) => never {
  return (error) => {
    throw new BadInput(
      `The result cannot be written to "${target}" (${systemReason(error)}); choose another file with --json, or - for stdout.`,
    )
  }
}
