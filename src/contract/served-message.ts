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
  /** The saved session, or null; after saving, what was saved. */
  | { readonly from: 'session'; readonly id: number; readonly json: string | null }
  | { readonly from: 'session'; readonly id: number; readonly problem: string }

/** Where the socket is, relative to the page. */
export const socketPath = 'socket'
