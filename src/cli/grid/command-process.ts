import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Runs a command line of this program and tells what it says on stderr, line by line. Resolves with its exit code. */
export type RunCommand = (args: readonly string[], onLine: (line: string) => void) => Promise<number>

/** Commands as child processes, which end with this one. What they print on stdout is lost. */
export function commandProcesses(entry: string): RunCommand {
  return (args, onLine) =>
    new Promise((resolve, reject) => {
      const child = fork(entry, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
      const lines = createInterface({ input: child.stderr! })
      lines.on('line', onLine)
      child.once('error', reject)
      // Of one that a signal ended there is no code.
      child.once('close', (code) => resolve(code ?? 1))
    })
}
