import { join } from 'node:path'
import { utilityProcess } from 'electron'
import { engineFlags } from '../shared/engine-flags'
import type { EngineProcess } from '../shared/kept-engine'
import type { EngineRole } from '../shared/supervisor'

/** Starts the built engine beside this file as a utility process, so that computing never holds up the window. */
export function spawnEngine(role: EngineRole): EngineProcess {
  const child = utilityProcess.fork(join(import.meta.dirname, 'engine.js'), [role], {
    serviceName: `Carryscope ${role} engine`,
    execArgv: [...engineFlags],
  })
  return {
    get pid() {
      return child.pid
    },
    kill: () => {
      child.kill()
    },
    port: {
      post: (message) => {
        child.postMessage(message)
      },
      on: (listener) => {
        child.on('message', listener)
      },
      onClose: (listener) => {
        child.once('exit', (code) => {
          listener(`its process ended with code ${code}`)
        })
      },
    },
  }
}
