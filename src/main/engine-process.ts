import { join } from 'node:path'
import { utilityProcess, type ForkOptions } from 'electron'
import { engineFlags } from '../contract/engine-flags'
import type { EngineProcess } from '../contract/engine-process'
import type { EngineRole } from '../contract/engine-process'
import { log } from './log'

/** Starts the built engine beside this file as a utility process, so that computing never holds up the window. */
export function spawnEngine(role: EngineRole): EngineProcess {
  return forked('engine.js', [role], { serviceName: `Carryscope ${role} engine`, execArgv: [...engineFlags[role]] })
}

/** Starts the trial of an execution provider; what a driver prints is lost. */
export function spawnTrial(): EngineProcess {
  return forked('trial.js', [], {
    serviceName: 'Carryscope provider trial',
    stdio: 'ignore',
    execArgv: [...engineFlags.live],
  })
}

/** Starts a background evaluation of every sum. */
export function spawnJob(): EngineProcess {
  return forked('job.js', [], { serviceName: 'Carryscope evaluation', execArgv: [...engineFlags.pool] })
}

/** Starts a training. */
export function spawnTrainer(): EngineProcess {
  return forked('trainer.js', [], { serviceName: 'Carryscope training', execArgv: [...engineFlags.pool] })
}

function forked(entry: string, args: string[], options: ForkOptions): EngineProcess {
  const child = utilityProcess.fork(join(import.meta.dirname, entry), args, options)
  // An error that nobody hears would end the app. What follows from this one is that the process exits, which is heard below.
  child.on('error', (type, location) => {
    log(`The ${options.serviceName ?? entry} is about to end (${type} ${location}).`)
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
