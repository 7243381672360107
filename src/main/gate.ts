import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import { log } from './log'
import type { Page } from './page'

/** The one place where messages from a window are let in, by sender and by shape; each refusal is logged with its reason. */
export class Gate {
  constructor(
    private readonly contents: WebContents,
    private readonly page: Page,
  ) {}

  /** Hears a channel whose messages are checked further on, such as the engine's against its contract. */
  hear(channel: string, listener: (message: unknown) => void): void {
    this.contents.ipc.on(channel, (event, message: unknown) => {
      const reason = this.#refusal(event)
      if (reason === null) listener(message)
      else log(`A message on "${channel}" was refused: ${reason}.`)
    })
  }

  /** Answers a channel when the arguments are what it takes. The window gets a refusal as a rejected promise. */
  answer<A extends unknown[]>(channel: string, fits: (args: unknown[]) => args is A, handler: (...args: A) => unknown) {
    this.contents.ipc.handle(channel, (event, ...args: unknown[]): unknown => {
      const reason = this.#refusal(event)
      if (reason !== null) return refuse(channel, reason)
      if (!fits(args)) return refuse(channel, 'its arguments are not what the channel takes')
      return handler(...args)
    })
  }

  #refusal({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): string | null {
    if (senderFrame === null) return 'its frame is gone'
    if (senderFrame.parent) return 'it came from an embedded frame'
    return this.page.owns(senderFrame.url) ? null : `it came from ${senderFrame.url}`
  }
}

export function isNothing(args: unknown[]): args is [] {
  return args.length === 0
}

export function isFlag(args: unknown[]): args is [boolean] {
  return args.length === 1 && typeof args[0] === 'boolean'
}

export function isText(args: unknown[]): args is [string] {
  return args.length === 1 && typeof args[0] === 'string' && args[0].length <= 1_000_000
}

function refuse(channel: string, reason: string): never {
  log(`A request on "${channel}" was refused: ${reason}.`)
  throw new Error(`The request "${channel}" was refused: ${reason}.`)
}
