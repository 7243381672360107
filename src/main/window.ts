import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen, type Rectangle, type WebPreferences } from 'electron'
import type { TextStore } from '../core/text-store'
import { systemReason } from '../files/system-reason'
import { hardenContents } from './harden'
import { log } from './log'
import type { Page } from './page'
import { parsePlace, placeOf, visibleBounds } from './window-place'

const size = { width: 1440, height: 900 }

/** Opens the one window where it was left, on the page and nothing else. */
export function openWindow(page: Page, placeFile: TextStore): BrowserWindow {
  const place = parsePlace(placeFile.read(), displays())
  const window = new BrowserWindow({
    ...size,
    ...place?.bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Carryscope',
    backgroundColor: background(),
    webPreferences: pagePreferences(),
  })
  if (place?.maximized) window.maximize()
  hardenContents(window.webContents, page)

  const recolour = () => {
    window.setBackgroundColor(background())
  }
  nativeTheme.on('updated', recolour)
  // Not every system moves a window away from a display that is unplugged.
  const bringBack = () => {
    const [bounds, visible] = [window.getBounds(), visibleBounds(window.getBounds(), displays())]
    if (visible.x !== bounds.x || visible.y !== bounds.y) window.setBounds(visible)
  }
  screen.on('display-removed', bringBack)
  screen.on('display-metrics-changed', bringBack)
  window.once('ready-to-show', () => {
    window.show()
  })
  window.on('close', () => {
    nativeTheme.off('updated', recolour)
    screen.off('display-removed', bringBack)
    screen.off('display-metrics-changed', bringBack)
    try {
      placeFile.write(JSON.stringify(placeOf(window, place?.bounds ?? { x: 0, y: 0, ...size })))
    } catch (error) {
      log(`Where the window stood could not be kept (${systemReason(error)}).`)
    }
  })
  window.webContents.on('preload-error', (_event, path, error) => {
    log(`The preload ${path} failed: ${error.message}`)
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    log(`The window's process ended (${reason}) and is started again from the saved session.`)
    window.webContents.reload()
  })
  void window.loadURL(page.url)
  return window
}

/** What every window of the app gives its page, and no more. */
export function pagePreferences(): WebPreferences {
  return {
    preload: join(import.meta.dirname, '../preload/index.js'),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  }
}

/** Where windows may be, the first display first. */
function displays(): readonly Rectangle[] {
  const first = screen.getPrimaryDisplay().id
  return screen
    .getAllDisplays()
    .toSorted((a, b) => Number(b.id === first) - Number(a.id === first))
    .map((display) => display.workArea)
}

/** The window's ground before the page has painted, so that it does not flash. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? '#0C0E11' : '#ECEEF1'
}
