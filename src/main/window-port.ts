import type { WebContents } from 'electron'
import { channels } from '../contract/channels'
import type { Port } from '../contract/port'
import { serveEngine, type Handlers } from '../contract/rpc-server'
import type { Gate } from './gate'

/**
 * Serves the engine to a window. Each page that is loaded into it begins a connection of its own, so that what an earlier
 * one had asked for is cancelled and its call numbers mean nothing any more.
 */
export function serveWindow(contents: WebContents, gate: Gate, handlers: Handlers): void {
  let listener: (message: unknown) => void = () => undefined
  let close: (reason: string) => void = () => undefined

  const connect = () => {
    close('the page was loaded again')
    const port: Port = {
      post: (message) => {
        if (!contents.isDestroyed()) contents.send(channels.engine, message)
      },
      on: (next) => {
        listener = next
      },
      onClose: (next) => {
        close = next
      },
    }
    serveEngine(port, handlers)
  }

  gate.hear(channels.hello, connect)
  gate.hear(channels.engine, (message) => {
    listener(message)
  })
  contents.on('destroyed', () => {
    close('the window was closed')
  })
}
