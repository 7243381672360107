import type { WebSocket } from 'ws'
import { z } from 'zod'
import { serveEngine, type Handlers } from '../../contract/rpc-server'
import type { PageMessage, ServerMessage } from '../../contract/served-message'
import { decodeMessage, encodeMessage } from '../../contract/wire'
import { keptText } from '../../files/kept-text'
import { saveRefusal } from '../../files/save-refusal'

const idSchema = z.int().min(0)
const pageMessageSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('engine'), message: z.unknown() }),
  z.strictObject({ to: z.literal('session'), id: idSchema, save: z.string().max(5_000_000).nullable() }),
])

/** Serves one page over its socket: the engine's contract and the session. A message that fits neither ends the connection. */
export function servePage(socket: WebSocket, handlers: Handlers, sessionPath: string): void {
  const send = (message: ServerMessage) => {
    if (socket.readyState === socket.OPEN) socket.send(encodeMessage(message))
  }
  const engineListeners: ((message: unknown) => void)[] = []
  serveEngine(
    {
      post: (message) => {
        send({ from: 'engine', message })
      },
      on: (listener) => engineListeners.push(listener),
      onClose: (listener) => {
        socket.once('close', () => {
          listener('the page was closed')
        })
      },
    },
    handlers,
  )

  const session = keptText(sessionPath)
  const answerSession = (id: number, save: string | null) => {
    try {
      if (save !== null) session.write(save)
      send({ from: 'session', id, json: save ?? session.read() })
    } catch (error) {
      send({ from: 'session', id, problem: saveRefusal(sessionPath, error) })
    }
  }

  socket.on('message', (data: Buffer, isBinary) => {
    const message = isBinary ? readMessage(data) : null
    if (!message) socket.close(1008, 'The message was not understood.')
    else if (message.to === 'engine') for (const listener of engineListeners) listener(message.message)
    else answerSession(message.id, message.save)
  })
}

function readMessage(data: Buffer): PageMessage | null {
  try {
    return pageMessageSchema.parse(decodeMessage(data))
  } catch {
    return null
  }
}
