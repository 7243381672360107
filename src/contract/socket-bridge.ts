import { BadInput } from '../core/bad-input'
import type { Bridge } from './bridge'
import type { Port } from './port'
import { largestMessage, type PageMessage, type ServerMessage } from './served-message'
import { SessionQuestions } from './session-questions'
import { decodeMessage, encodeMessage } from './wire'

/** As much of a browser's WebSocket as is needed; `binaryType` is set here. */
export interface Socket {
  binaryType: string
  readonly readyState: number
  send(data: Uint8Array<ArrayBuffer>): void
  close(): void
  addEventListener(type: 'open', listener: () => void): void
  addEventListener(type: 'close', listener: (event: { readonly reason: string }) => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}

/** What a bridge over a socket tells beyond what Electron's does. */
export interface SocketBridge extends Bridge, Pick<Port, 'onClose'> {
  /** The connection was lost and is there again. */
  onReconnected(listener: () => void): void
}

/** Calls back, once, when nothing was heard for as long as a server that is well is never silent. */
export type WatchSilence = (onSilence: () => void) => { heard(): void; stop(): void }

const open = 1

const silent = 'Carryscope does not answer any more; see how it is where it was started, then retry.'

const lost =
  'The connection to Carryscope was lost; see that it still runs where it was started, then retry. If it was started anew, open the address that it printed.'

/**
 * The bridge of a page that is served rather than shown by Electron, over the socket at `served-message`'s path. It cannot
 * show a file dialog nor see a dropped file's path; the page offers a field and sends dropped bytes. What is posted before
 * the socket is open waits for it. When the connection is lost, or the server hangs, all that was asked is rejected; what is
 * posted after that connects anew. `connect` is told whether it does so `again`.
 */
export function socketBridge(
  connect: (again: boolean) => Socket,
  watchSilence: WatchSilence = () => ({ heard: () => {}, stop: () => {} }),
): SocketBridge {
  const onMessage: ((message: unknown) => void)[] = []
  const onNotice: ((sentence: string) => void)[] = []
  const onClose: ((reason: string) => void)[] = []
  const onReconnected: (() => void)[] = []
  const waiting: Uint8Array<ArrayBuffer>[] = []

  const tell = (sentence: string) => {
    for (const listener of onNotice) listener(sentence)
  }
  const send = (message: PageMessage) => {
    const bytes = encodeMessage(message)
    if (bytes.length > largestMessage) throw new BadInput(tooLarge(bytes.length))
    socket ??= attach(connect(true), true)
    if (socket.readyState === open) socket.send(bytes)
    else waiting.push(bytes)
  }
  const questions = new SessionQuestions(send)
  const receive = (message: ServerMessage) => {
    if (message.from === 'engine') for (const listener of onMessage) listener(message.message)
    else if (message.from === 'notice') tell(message.sentence)
    else if (message.from === 'session') questions.answer(message)
  }
  const lose = (sentence: string) => {
    socket = null
    waiting.length = 0
    questions.rejectAll('The connection to Carryscope was lost.')
    for (const listener of onClose) listener('the connection to Carryscope was lost')
    tell(sentence)
  }

  const attach = (attached: Socket, again: boolean): Socket => {
    const whileCurrent = (action: () => void) => () => {
      if (socket === attached) action()
    }
    const silence = watchSilence(
      whileCurrent(() => {
        lose(silent)
        attached.close()
      }),
    )
    attached.binaryType = 'arraybuffer'
    attached.addEventListener('open', () => {
      silence.heard()
      for (const bytes of waiting.splice(0)) attached.send(bytes)
      if (again) for (const listener of onReconnected) listener()
    })
    attached.addEventListener('message', ({ data }) => {
      silence.heard()
      receive(decodeMessage(new Uint8Array(data as ArrayBuffer)) as ServerMessage)
    })
    attached.addEventListener('close', ({ reason }) => {
      silence.stop()
      if (socket === attached) lose(reason === '' ? lost : reason)
    })
    return attached
  }
  let socket: Socket | null = null
  socket = attach(connect(false), false)

  return {
    post: (message) => {
      send({ to: 'engine', message })
    },
    onMessage: (listener) => onMessage.push(listener),
    onNotice: (listener) => onNotice.push(listener),
    onClose: (listener) => onClose.push(listener),
    onReconnected: (listener) => onReconnected.push(listener),
    onCommand: () => {},
    onOpened: () => {},
    openStage: () => Promise.resolve(null),
    closeStage: () => Promise.resolve(),
    pickModel: () => Promise.resolve(null),
    pickSession: () => Promise.resolve(),
    saveSessionAs: () => Promise.resolve(false),
    pathOf: () => '',
    loadSession: () => questions.ask(null),
    saveSession: async (json) => {
      await questions.ask(json)
    },
  }
}

function tooLarge(bytes: number): string {
  return `The file has ${Math.ceil(bytes / 2 ** 20)} MiB, more than the ${largestMessage / 2 ** 20} MiB that can be dropped on this page; open it by its path instead.`
}
