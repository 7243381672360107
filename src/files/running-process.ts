import { readFileSync } from 'node:fs'
import { systemCode } from './system-reason'

/** Whether a process of this machine runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, and is somebody else's.
    return systemCode(error) === 'EPERM'
  }
}

/** When a process began, in the clock ticks of `/proc/PID/stat` (field 22); empty on systems without that. */
export function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The program's name, in brackets, may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
