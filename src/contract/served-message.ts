/**
 * What travels over a served page's one socket, each message as bytes (see `wire`): the engine's contract and the rest of
 * the bridge side by side. `id` is the page's own count; the reply repeats it.
 */
export type PageMessage =
  | { readonly to: 'engine'; readonly message: unknown }
  /** Saves a session, or asks for the saved one. */
  | { readonly to: 'session'; readonly id: number; readonly save: string | null }

export type ServerMessage =
  | { readonly from: 'engine'; readonly message: unknown }
  | { readonly from: 'notice'; readonly sentence: string }
  /** Every `heartbeatMs`: the server is well. */
  | { readonly from: 'heartbeat' }
  /** The saved session, or null; after saving, what was saved. */
  | { readonly from: 'session'; readonly id: number; readonly json: string | null }
  | { readonly from: 'session'; readonly id: number; readonly problem: string }

/** Where the socket is, relative to the page. */
export const socketPath = 'socket'

/** In bytes, from the page: enough for a dropped model file. */
export const largestMessage = 256 * 2 ** 20

/** Of which so many may be JSON: a session's text is by far the longest. */
export const largestPageJson = 16 * 2 ** 20

export const heartbeatMs = 10_000

/**
 * The socket of one load of a page, relative to it: every load has an id of its own, by which the engine behind it is found
 * `again` when the connection was lost.
 */
export function socketAddress(page: string, again: boolean): string {
  return `${socketPath}?page=${page}${again ? '&again' : ''}`
}
