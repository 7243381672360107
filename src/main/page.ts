import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appOrigin } from './app-scheme'

/** The one page that the app shows, and the test of what belongs to it. */
export interface Page {
  readonly url: string
  /** Whether an address is the page's own: a file of its folder or, under the development server, of that origin. */
  owns(url: string): boolean
}

/** The built page as the app's own scheme serves it. */
export function schemePage(): Page {
  return { url: `${appOrigin}/index.html`, owns: (url) => originOf(url) === appOrigin }
}

/** The built page in `folder`, as files: for hosts that cannot serve a scheme. */
export function builtPage(indexUrl: string, folder: string): Page {
  return { url: indexUrl, owns: (url) => isFileBelow(folder, url) }
}

/** The page as electron-vite's development server sends it. Throws where that is not on this machine. */
export function developmentPage(serverUrl: string): Page {
  const { origin, hostname, port, protocol } = new URL(serverUrl)
  if (protocol !== 'http:' || !['localhost', '127.0.0.1', '[::1]'].includes(hostname))
    throw new Error(`The development server has to be on this machine, but its address is ${serverUrl}.`)
  const reload = `ws://${hostname}:${port}`
  return { url: serverUrl, owns: (url) => originOf(url) === origin || originOf(url) === reload }
}

function isFileBelow(folder: string, url: string): boolean {
  try {
    return new URL(url).protocol === 'file:' && fileURLToPath(url).startsWith(folder + sep)
  } catch {
    return false
  }
}

/** Scheme and host, also for the schemes whose `origin` is opaque. */
function originOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}`
  } catch {
    return null
  }
}
