import type { Bridge } from './bridge'
import type { Port } from './port'
import type { PageMessage, ServerMessage } from './served-message'
import { decodeMessage, encodeMessage } from './wire'

/** As much of a browser's WebSocket as is needed; `binaryType` is set here. */
export interface Socket {
  binaryType: string
  readonly readyState: number
  send(data: Uint8Array<ArrayBuffer>): void
  addEventListener(type: 'open' | 'close', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}

const open = 1

/**
 * The bridge of a page that is served rather than shown by Electron, over the socket at `served-message`'s path. It cannot
 * show a file dialog nor see a dropped file's path; the page offers a field and sends dropped bytes. What is posted before
 * the socket is open waits for it.
 */
export function socketBridge(socket: Socket): Bridge & Pick<Port, 'onClose'> {
  const onMessage: ((message: unknown) => void)[] = []
  const onNotice: ((sentence: string) => void)[] = []
  const onClose: ((reason: string) => void)[] = []
  const asked = new Map<number, { resolve: (json: string | null) => void; reject: (error: Error) => void }>()
  const waiting: PageMessage[] = []
  let nextId = 0

  const send = (message: PageMessage) => {
    if (socket.readyState === open) socket.send(encodeMessage(message))
    else waiting.push(message)
  }
  const ask = (save: string | null) =>
    new Promise<string | null>((resolve, reject) => {
      const id = nextId++
      asked.set(id, { resolve, reject })
      send({ to: 'session', id, save })
    })
  const answer = (message: Extract<ServerMessage, { from: 'session' }>) => {
    const question = asked.get(message.id)
    asked.delete(message.id)
    if ('problem' in message) question?.reject(new Error(message.problem))
    else question?.resolve(message.json)
  }

  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => {
    for (const message of waiting.splice(0)) send(message)
  })
  socket.addEventListener('message', ({ data }) => {
    const message = decodeMessage(new Uint8Array(data as ArrayBuffer)) as ServerMessage
    if (message.from === 'engine') for (const listener of onMessage) listener(message.message)
    else if (message.from === 'notice') for (const listener of onNotice) listener(message.sentence)
    else answer(message)
  })
  socket.addEventListener('close', () => {
    for (const { reject } of asked.values()) reject(new Error('The connection to Carryscope was lost.'))
    asked.clear()
    for (const listener of onClose) listener('the connection to Carryscope was lost')
    for (const listener of onNotice)
      listener(
        'The connection to Carryscope was lost; see that it still runs where it was started, then reload this page.',
      )
  })

  return {
    post: (message) => {
      send({ to: 'engine', message })
    },
    onMessage: (listener) => onMessage.push(listener),
    onNotice: (listener) => onNotice.push(listener),
    onClose: (listener) => onClose.push(listener),
    onCommand: () => {},
    onOpened: () => {},
    pickModel: () => Promise.resolve(null),
    pickSession: () => Promise.resolve(),
    saveSessionAs: () => Promise.resolve(false),
    pathOf: () => '',
    loadSession: () => ask(null),
    saveSession: async (json) => {
      await ask(json)
    },
  }
}
