import { readFileSync } from 'node:fs'
import { BadInput } from '../core/bad-input'
import { systemReason } from '../files/system-reason'

/** The text of a file that was named on the command line. Throws BadInput, calling it what it should be, where it cannot be read. */
export function readText(file: string, called: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new BadInput(`The ${called} "${file}" cannot be read (${systemReason(error)}): check its name.`)
  }
}
