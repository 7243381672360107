import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { systemCode } from '../files/system-reason'

/** A tenth of a processor is left to it where another program wants all of it. */
const sessionNiceness = 10
/** Who is not root may change one session in a tenth of a second. */
const [againMs, mostTries] = [150, 20]

/** Has a process that was just started run at the lowest priority from its first moment on, with every thread that it will have. */
export function startLow({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already, which is told by itself.
  }
}

/**
 * Has a process that leads a session of its own give way to other programs too. Linux shares its processors out among sessions first
 * (sched(7), "the autogroup feature"), and only within one by the priority of processes: a browser, which has another session than the
 * server whose page it shows, would wait for the lowest process of that. Other systems, and kernels without it, need nothing.
 */
export function giveWayToOthers(child: ChildProcess, tries = mostTries): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    writeFileSync(`/proc/${child.pid}/autogroup`, String(sessionNiceness))
  } catch (error) {
    if (systemCode(error) !== 'EAGAIN' || tries === 0) return
    setTimeout(() => giveWayToOthers(child, tries - 1), againMs).unref()
  }
}
