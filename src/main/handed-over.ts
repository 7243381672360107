import type { App } from 'electron'
import { askedBy, type Asked } from './asked'

/** What other programs hand to this one while it runs, or before it is ready. */
export class HandedOver {
  readonly #waiting: Asked[] = []
  #listener: ((asked: Asked) => void) | null = null

  /** Listens at once: macOS tells of the file that the app was started with before the app is ready. */
  constructor(app: App) {
    const give = (asked: Asked) => {
      if (this.#listener) this.#listener(asked)
      else this.#waiting.push(asked)
    }
    app.on('open-file', (event, path) => {
      event.preventDefault()
      give(askedBy([path], '/'))
    })
    app.on('open-url', (event, url) => {
      event.preventDefault()
      give(askedBy([url], '/'))
    })
    app.on('second-instance', (_event, argv, folder, data) => {
      give(askedBy(argumentsIn(data) ?? argv.slice(1), folder))
    })
  }

  /** Tells `listener` of everything, what came before included. */
  hear(listener: (asked: Asked) => void): void {
    this.#listener = listener
    for (const asked of this.#waiting.splice(0)) listener(asked)
  }
}

/** What a second start says of itself: Chromium reorders the arguments that it passes on, and adds switches of its own. */
export function ownArguments(): { readonly args: readonly string[] } {
  return { args: process.argv.slice(1) }
}

function argumentsIn(data: unknown): readonly string[] | null {
  if (typeof data !== 'object' || data === null || !('args' in data) || !Array.isArray(data.args)) return null
  const args: readonly unknown[] = data.args
  return args.every((one) => typeof one === 'string') ? args : null
}
