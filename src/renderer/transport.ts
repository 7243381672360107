import type { Bridge } from '../shared/bridge'
import type { EngineClient } from '../shared/contract'
import { connectEngine } from '../shared/rpc-client'
import { socketPath } from '../shared/served-message'
import { socketBridge } from '../shared/socket-bridge'

declare global {
  interface Window {
    /** What Electron's preload puts there; absent on a served page. */
    readonly carryscope?: Bridge
  }
}

/** Connects to whatever hosts this page: Electron's bridge, or the socket of the server that sent it. */
export function connect(): { engine: EngineClient; bridge: Bridge } {
  if (window.carryscope) {
    const { post, onMessage } = window.carryscope
    // The window ends with its host, so there would be no one to tell.
    const onClose = () => undefined
    return { engine: connectEngine({ post, on: onMessage, onClose }), bridge: window.carryscope }
  }
  const address = new URL(socketPath, location.href)
  address.protocol = 'ws:'
  const bridge = socketBridge(new WebSocket(address))
  return { engine: connectEngine({ post: bridge.post, on: bridge.onMessage, onClose: bridge.onClose }), bridge }
}
