import type { Bridge } from '../contract/bridge'
import type { EngineClient } from '../contract/contract'
import type { Port } from '../contract/port'
import { connectEngine } from '../contract/rpc-client'
import { socketAddress } from '../contract/served-message'
import { socketBridge } from '../contract/socket-bridge'
import { servedStage } from './present/served-stage'
import { watchSilence } from './watch-silence'

/** Connects to whatever hosts this page: Electron's bridge, or the socket of the server that sent it. */
export function connect(): { engine: EngineClient; bridge: Bridge } {
  if (window.carryscope) {
    // The window ends with its host, so there would be no one to tell that the connection is gone.
    return { engine: connectEngine(portOf(window.carryscope, () => undefined)), bridge: window.carryscope }
  }
  const page = crypto.randomUUID()
  const bridge = socketBridge((again) => {
    const address = new URL(socketAddress(page, again), location.href)
    address.protocol = 'ws:'
    return new WebSocket(address)
  }, watchSilence)
  const port = portOf(bridge, (listener) => bridge.onClose(listener))
  return { engine: connectEngine(port, { reopens: true }), bridge: { ...bridge, ...servedStage() } }
}

function portOf(bridge: Bridge, onClose: Port['onClose']): Port {
  return { post: (message) => bridge.post(message), on: (listener) => bridge.onMessage(listener), onClose }
}
