import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The first of `run-1`, `run-2`, … in a folder that is not there yet. Nothing is made. */
export function freeFolder(parent: string): string {
  let number = 1
  while (existsSync(join(parent, `run-${number}`))) number++
  return join(parent, `run-${number}`)
}
