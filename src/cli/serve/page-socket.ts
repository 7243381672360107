import type { WebSocket } from 'ws'
import { z } from 'zod'
import { serveEngine } from '../../contract/rpc-server'
import { heartbeatMs, largestPageJson, type PageMessage, type ServerMessage } from '../../contract/served-message'
import { decodeMessage, encodeMessage } from '../../contract/wire'
import { keptText } from '../../files/kept-text'
import { saveRefusal } from '../../files/save-refusal'
import type { PageEngines } from './page-engines'

const idSchema = z.int().min(0)
const pageMessageSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('engine'), message: z.unknown() }),
  z.strictObject({ to: z.literal('session'), id: idSchema, save: z.string().max(5_000_000).nullable() }),
])

/**
 * Serves one page over its socket: the contract of an engine of its own, and the session. A message that fits neither ends the
 * connection. Returns false where all engines are in use.
 */
export function servePage(
  socket: WebSocket,
  page: string,
  again: boolean,
  { engines, sessionPath }: { readonly engines: PageEngines; readonly sessionPath: string },
): boolean {
  const send = (message: ServerMessage) => {
    if (socket.readyState === socket.OPEN) socket.send(encodeMessage(message))
  }
  const hold = engines.take(page, again, (sentence) => {
    send({ from: 'notice', sentence })
  })
  if (!hold) return false
  const heartbeat = setInterval(() => {
    send({ from: 'heartbeat' })
  }, heartbeatMs)
  socket.once('close', () => {
    clearInterval(heartbeat)
    hold.release()
  })

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
    hold.handlers,
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
  return true
}

function readMessage(data: Buffer): PageMessage | null {
  try {
    return pageMessageSchema.parse(decodeMessage(data, largestPageJson))
  } catch {
    return null
  }
}
