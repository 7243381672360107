import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { BadInput } from '../core/bad-input'
import { beganAt, isRunning } from './running-process'
import { systemCode } from './system-reason'
import { partialBeside } from './whole-file'

/** How often a holder says that it is still there, and after how long a silent one of another machine counts as gone; ms. */
const heartbeat = 15_000
const silence = 120_000

/** What a lock's file holds. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, as its system tells it: another process may be given the same number later. */
  readonly began: string
}

export interface Lock {
  release(): void
}

/**
 * Takes the lock at a path, a small file that this makes, so that two processes do not do the same work. A holder that died
 * loses it at once on the same machine, and after two minutes on another one that shares the disk. Given back on exit too.
 * Throws BadInput, in the words of `refusal`, where someone has it, and the system's error where no file can be made there.
 */
export function takeLock(path: string, refusal: (holder: string) => string): Lock {
  const own = JSON.stringify({ pid: process.pid, host: hostname(), began: beganAt(process.pid) } satisfies Holder)
  while (!made(path, own)) {
    const found = contentOf(path)
    if (found === null) continue
    const holder = parsed(found)
    if (!holder) throw new BadInput(refusal(`whoever made "${path}"`))
    if (isAlive(holder, path)) throw new BadInput(refusal(`process ${holder.pid} on ${holder.host}`))
    removeDead(path, found)
  }
  const beat = setInterval(() => {
    touch(path)
  }, heartbeat)
  beat.unref()
  const release = () => {
    clearInterval(beat)
    process.off('exit', release)
    if (contentOf(path) === own) rmSync(path, { force: true })
  }
  process.on('exit', release)
  return { release }
}

/** Makes the lock's file with its content in one step; false where there is one. */
function made(path: string, content: string): boolean {
  const draft = partialBeside(path)
  try {
    writeFileSync(draft, content, { flag: 'wx' })
    linkSync(draft, path)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    if (!noLinks.has(systemCode(error))) throw error
    return writtenNew(path, content)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** What systems say of disks that have no hard links. */
const noLinks = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'])

function writtenNew(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Of two processes that find the same dead holder, only one takes its file away: moving it succeeds once. */
function removeDead(path: string, found: string): void {
  const aside = partialBeside(path)
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  // Someone took the lock between the look and the move: it gets its file back.
  if (contentOf(aside) !== found) linkSync(aside, path)
  rmSync(aside, { force: true })
}

function isAlive({ pid, host, began }: Holder, path: string): boolean {
  if (host === hostname()) return isRunning(pid) && beganAt(pid) === began
  const touched = statSync(path, { throwIfNoEntry: false })
  return touched !== undefined && now(path) - touched.mtimeMs < silence
}

/** The time as the disk's machine has it, which may not be this one. */
function now(path: string): number {
  const probe = partialBeside(path)
  writeFileSync(probe, '')
  const { mtimeMs } = statSync(probe)
  rmSync(probe)
  return mtimeMs
}

/** What a file holds; null where there is none. */
function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

function parsed(text: string): Holder | null {
  try {
    const { pid, host, began } = JSON.parse(text) as Partial<Holder>
    return Number.isInteger(pid) && typeof host === 'string' && typeof began === 'string'
      ? { pid: pid!, host, began }
      : null
  } catch {
    return null
  }
}

function touch(path: string): void {
  try {
    const time = new Date()
    utimesSync(path, time, time)
  } catch {
    // It was removed by hand: whoever did that wants it so.
  }
}
