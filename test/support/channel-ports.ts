import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { Port } from '../../src/contract/port'

/** A port over one end of a MessageChannel: the same structured clone as between processes, without one. */
function portOver(end: MessagePort): Port {
  return {
    post: (message) => {
      end.postMessage(message)
    },
    on: (listener) => {
      end.on('message', listener)
    },
    onClose: (listener) => {
      end.on('close', () => {
        listener('the channel was closed')
      })
    },
  }
}

/** Two connected ports and a function that cuts the connection. */
export function channelPorts(): { near: Port; far: Port; cut: () => void } {
  const { port1, port2 } = new MessageChannel()
  return {
    near: portOver(port1),
    far: portOver(port2),
    cut: () => {
      port1.close()
    },
  }
}
