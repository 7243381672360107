import { fork } from 'node:child_process'
import { engineFlags } from '../contract/engine-flags'
import type { EngineProcess, EngineRole } from '../contract/engine-process'
import { giveWayToOthers, startLow } from './give-way'

export interface ForkOptions {
  /** Whether what a library prints is lost. */
  readonly quiet?: boolean
  readonly role?: EngineRole
  /** Whether it gives way to other programs than this one too, as what nobody waits for. */
  readonly background?: boolean
}

/** Starts the built engine entry as a child of this Node process: for the command line, `serve` and tests. */
export function forkEngine(
  entry: string,
  { quiet = false, role = 'live', background = false }: ForkOptions = {},
): EngineProcess {
  const output = quiet ? 'ignore' : 2
  const child = fork(entry, [role], {
    serialization: 'advanced',
    execArgv: [...engineFlags[role]],
    // Elsewhere a process that is detached gets a console window, or gains nothing.
    detached: background && process.platform === 'linux',
    // Whatever a library prints goes to stderr: stdout belongs to results.
    stdio: ['ignore', output, output, 'ipc'],
  })
  if (role === 'pool') startLow(child)
  if (background && process.platform === 'linux') giveWayToOthers(child)
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
