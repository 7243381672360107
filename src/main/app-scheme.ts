import type { CustomScheme } from 'electron'

const scheme = 'app'
const host = 'carryscope'

/** Where the page and its files are, for the window: a scheme of their own, of one host. */
export const appOrigin = `${scheme}://${host}`

/**
 * What Electron is told of the scheme before it is ready. Standard and secure, so that the page has an origin, and code that was compiled
 * once is kept; whatever else a scheme may be granted is not asked for.
 */
export const appScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}
