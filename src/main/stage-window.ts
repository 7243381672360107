import { BrowserWindow, screen } from 'electron'
import type { StageDisplay } from '../contract/bridge'
import { stageHash } from '../contract/stage-hash'
import { hardenContents } from './harden'
import { log } from './log'
import type { Page } from './page'
import { stagePlace, type StagePlace } from './stage-display'
import { pagePreferences } from './window'

const gone = 'The projector is gone: the Stage goes on in a window.'

/**
 * The window that is projected while a deck is presented. It is opened over the second display, and in a window of the first one when
 * that display is unplugged; whatever is on it, its page asks the speaker's window for.
 */
export class StageWindow {
  #window: BrowserWindow | null = null
  #place: StagePlace | null = null
  #speaker: BrowserWindow | null = null

  constructor(
    private readonly page: Page,
    /** Serves the engine to its page. */
    private readonly serve: (window: BrowserWindow) => void,
    private readonly notice: (sentence: string) => void,
  ) {
    screen.on('display-removed', () => this.#follow())
    screen.on('display-added', () => this.#follow())
  }

  /** Opens it beside the speaker's window; null where there is one display and it is not wanted `anyway`. */
  open(speaker: BrowserWindow, anyway: boolean): StageDisplay | null {
    const place = stagePlace(screen.getAllDisplays(), speaker.getBounds())
    if (!place || (!place.whole && !anyway)) return null
    this.#show(place, speaker)
    const { number, display } = place
    return { number: place.whole ? number : null, width: display.bounds.width, height: display.bounds.height }
  }

  close(): void {
    const window = this.#window
    this.#window = null
    window?.close()
  }

  /** A display came or went: a Stage whose display is another now is opened there. */
  #follow(): void {
    const [window, place] = [this.#window, this.#place]
    const speaker = this.#speaker
    if (!window || !place || !speaker || speaker.isDestroyed()) return
    const next = stagePlace(screen.getAllDisplays(), speaker.getBounds())
    if (!next || next.display.id === place.display.id) return
    if (!next.whole) this.notice(gone)
    this.#show(next, speaker)
  }

  #show(place: StagePlace, speaker: BrowserWindow): void {
    this.close()
    const window = new BrowserWindow({
      ...place.bounds,
      frame: !place.whole,
      fullscreen: place.whole,
      title: 'Carryscope, on the Stage',
      backgroundColor: '#000000',
      autoHideMenuBar: true,
      // What covers it does not keep it from drawing the states that come next.
      webPreferences: { ...pagePreferences(), backgroundThrottling: false },
    })
    hardenContents(window.webContents, this.page)
    this.serve(window)
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return
      log(`The Stage's process ended (${reason}) and is started again.`)
      window.webContents.reload()
    })
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
    })
    this.#window = window
    this.#place = place
    this.#speaker = speaker
    void window.loadURL(this.page.url + stageHash)
  }
}
