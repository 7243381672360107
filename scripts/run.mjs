// Runs programs to their end: signals reach them, and their exit code is told as a shell would tell it.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Starts a program, passes on the signals that this process gets while it runs, and waits. Resolves to its exit code
 * (128 + the signal's number where a signal ended it, 127 where it could not be started). A signal that was passed on
 * ends this process too, once the program has gone.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    let received = null
    const forward = (signal) => {
      received = signal
      // A terminal's Ctrl-C reaches the whole process group already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    const finish = (code) => {
      for (const signal of signals) process.off(signal, forward)
      if (received) process.kill(process.pid, received)
      else resolve(code)
    }
    child.on('error', () => finish(127))
    child.on('exit', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
