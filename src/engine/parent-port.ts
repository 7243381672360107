import type { Port } from '../contract/port'

/** Electron's end of a utility process, as far as it is used here; absent in a plain Node process. */
interface UtilityParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/**
 * The port to whoever started this process: Electron's main process (a utility process) or Node's `fork`. Throws where it
 * was started by neither.
 */
export function parentPort(): Port {
  const { parentPort: utility } = process as { parentPort?: UtilityParentPort }
  if (utility) return utilityPort(utility)
  if (process.send) return childPort()
  throw new Error('The engine is no command of its own; it is started by Carryscope, as a child process.')
}

/** Electron ends a utility process together with its parent, so it never sees its port close. */
function utilityPort(utility: UtilityParentPort): Port {
  return {
    post: (message) => {
      utility.postMessage(message)
    },
    on: (listener) => {
      utility.on('message', ({ data }) => {
        listener(data)
      })
    },
    onClose: () => {},
  }
}

function childPort(): Port {
  return {
    post: (message) => {
      // The callback takes the error of a parent that has gone; `disconnect` is about to say the same.
      process.send?.(message, undefined, undefined, () => {})
    },
    on: (listener) => {
      process.on('message', listener)
    },
    onClose: (listener) => {
      process.on('disconnect', () => {
        listener('the parent process has gone')
      })
    },
  }
}
