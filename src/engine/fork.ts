import { fork } from 'node:child_process'
import { engineFlags } from '../contract/engine-flags'
import type { EngineProcess, EngineRole } from '../contract/engine-process'

/**
 * Starts the built engine entry as a child of this Node process: for the command line, `serve` and tests. What a library
 * prints is lost if `quiet`.
 */
export function forkEngine(
  entry: string,
  { quiet = false, role = 'live' }: { quiet?: boolean; role?: EngineRole } = {},
): EngineProcess {
  const output = quiet ? 'ignore' : 2
  const child = fork(entry, [role], {
    serialization: 'advanced',
    execArgv: [...engineFlags[role]],
    // Whatever a library prints goes to stderr: stdout belongs to results.
    stdio: ['ignore', output, output, 'ipc'],
  })
  return {
    pid: child.pid,
    kill: () => {
      child.kill('SIGKILL')
    },
    port: {
      post: (message) => {
        if (child.connected) child.send(message as object, () => {})
      },
      on: (listener) => {
        child.on('message', listener)
      },
      onClose: (listener) => {
        child.once('exit', (code, signal) => {
          listener(signal ? `its process was ended by ${signal}` : `its process ended with code ${code ?? 'unknown'}`)
        })
        child.once('error', (error) => {
          listener(`its process could not be started: ${error.message}`)
        })
      },
    },
  }
}
