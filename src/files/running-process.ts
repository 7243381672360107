import { readFileSync } from 'node:fs'
import { systemCode } from './system-reason'

/** Whether a process of this machine runs. One that was killed and whose parent has not asked for it yet (a zombie) does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^[ZX]/.test(statOf(pid)[0] ?? '')
  } catch (error) {
    // It runs, and is somebody else's.
    return systemCode(error) === 'EPERM'
  }
}

/** When a process began, in the clock ticks of `/proc/PID/stat` (field 22); empty on systems without that. */
export function beganAt(pid: number): string {
  return statOf(pid)[19] ?? ''
}

/** The fields of `/proc/PID/stat` from its state (field 3) on; none on systems without that. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The program's name, in brackets, may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
