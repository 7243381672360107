import type { Bridge } from '../../src/contract/bridge'
import type { Port } from '../../src/contract/port'

/** The engine's port within a bridge. Only a bridge over a connection that can be lost ever closes it. */
export function bridgePort(bridge: Bridge & Partial<Pick<Port, 'onClose'>>): Port {
  return {
    post: (message) => {
      bridge.post(message)
    },
    on: (listener) => {
      bridge.onMessage(listener)
    },
    onClose: (listener) => {
      bridge.onClose?.(listener)
    },
  }
}
