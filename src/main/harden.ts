import { shell, type Session, type WebContents } from 'electron'
import { log } from './log'
import type { Page } from './page'

/** Data that a page makes itself, and the inspector, whose pages come with Electron. */
const localSchemes = ['blob:', 'data:', 'devtools:']

/** Keeps a session off the network and off every file but the page's own, and grants it nothing but copying. */
export function hardenSession(session: Session, page: Page): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    const allowed = page.owns(details.url) || localSchemes.some((scheme) => details.url.startsWith(scheme))
    if (!allowed) log(`A request for ${details.url} was refused: the app loads nothing but its own files.`)
    decide({ cancel: !allowed })
  })
  session.setPermissionRequestHandler((contents, permission, decide) => {
    decide(isCopying(permission) && page.owns(contents.getURL()))
  })
  session.setPermissionCheckHandler((contents, permission) => {
    return isCopying(permission) && contents !== null && page.owns(contents.getURL())
  })
}

/**
 * Where a file that the page made cannot be written, says so in a sentence; Electron itself asks where to save it and takes
 * what it began away. Anything else is not saved.
 */
export function watchDownloads(session: Session, notice: (sentence: string) => void): void {
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:')) {
      log(`A download of ${item.getURL()} was refused: only what the page made itself is saved.`)
      event.preventDefault()
      return
    }
    item.once('done', (_event, state) => {
      if (state === 'interrupted')
        notice(
          `"${item.getFilename()}" could not be written to ${item.getSavePath()}: save it once more, in another place.`,
        )
    })
  })
}

/** Keeps a window on its page: no other windows, no navigation, no embedded pages. A link goes to the browser. */
export function hardenContents(contents: WebContents, page: Page): void {
  contents.setWindowOpenHandler(({ url }) => {
    openInBrowser(url)
    return { action: 'deny' }
  })
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && event.url === page.url) return
    log(`A navigation to ${event.url} was refused: the window shows one page only.`)
    event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
}

function isCopying(permission: string): boolean {
  return permission === 'clipboard-sanitized-write'
}

function openInBrowser(url: string): void {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') void shell.openExternal(url)
  else log(`The address ${url} was not opened: only https addresses go to the browser.`)
}
