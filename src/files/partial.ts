import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beganAt, isRunning } from './running-process'

/**
 * Names of files and folders that are not yet whole. They tell whose they are, so that what a process that was killed has left can
 * be told from what another one is at: the machine (a hash of its name), the process, and when that began.
 */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
const form = /^\.carryscope-([0-9a-f]{8})-(\d+)-(\d*)-[0-9a-f]{16}\.partial$/

/** A new one of this process. */
export function partialName(): string {
  return `.carryscope-${machine}-${process.pid}-${beganAt(process.pid)}-${randomBytes(8).toString('hex')}.partial`
}

/** Removes from a folder what dead processes of this machine have left. What cannot be removed stays: nobody waits for it. */
export function removeAbandoned(folder: string): void {
  try {
    for (const name of readdirSync(folder))
      if (isAbandoned(name)) rmSync(join(folder, name), { recursive: true, force: true })
  } catch {
    // The folder cannot be read or written to: whoever writes there is told.
  }
}

function isAbandoned(name: string): boolean {
  const [, host, pid, began] = form.exec(name) ?? []
  return host === machine && !(isRunning(Number(pid)) && beganAt(Number(pid)) === began)
}
