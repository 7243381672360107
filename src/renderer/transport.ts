import type { Bridge } from '../contract/bridge'
import type { EngineClient } from '../contract/contract'
import type { Port } from '../contract/port'
import { connectEngine } from '../contract/rpc-client'
import { socketPath } from '../contract/served-message'
import { socketBridge } from '../contract/socket-bridge'

/** Connects to whatever hosts this page: Electron's bridge, or the socket of the server that sent it. */
export function connect(): { engine: EngineClient; bridge: Bridge } {
  if (window.carryscope) {
    // The window ends with its host, so there would be no one to tell that the connection is gone.
    return { engine: connectEngine(portOf(window.carryscope, () => undefined)), bridge: window.carryscope }
  }
  const address = new URL(socketPath, location.href)
  address.protocol = 'ws:'
  const bridge = socketBridge(new WebSocket(address))
  return { engine: connectEngine(portOf(bridge, (listener) => bridge.onClose(listener))), bridge }
}

function portOf(bridge: Bridge, onClose: Port['onClose']): Port {
  return { post: (message) => bridge.post(message), on: (listener) => bridge.onMessage(listener), onClose }
}
