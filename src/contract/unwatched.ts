import type { CallContext } from './rpc-server'

/** For a call that nobody gives up or hears the progress of. */
export const unwatched: CallContext = { signal: new AbortController().signal, progress: () => {} }
