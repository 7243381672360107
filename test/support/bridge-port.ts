import type { Bridge } from '../../src/shared/bridge'
import type { Port } from '../../src/shared/port'

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
