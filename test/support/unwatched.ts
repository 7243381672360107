import type { CallContext } from '../../src/contract/rpc-server'

/** A caller who never cancels and does not watch progress. */
export const unwatched: CallContext = { signal: new AbortController().signal, progress: () => {} }
