import type { Handlers } from '../contract/rpc-server'

/**
 * Handlers for an engine in which a first model is still being opened: `status`, by which a window finds out about its model,
 * waits for that, so that a window that asks early sees it. Should opening fail, that is told elsewhere, and none is open.
 */
export function afterFirstModel(handlers: Handlers, opening: Promise<unknown>): Handlers {
  const ready = opening.catch(() => {})
  return {
    ...handlers,
    status: async (params, context) => {
      await ready
      return handlers.status(params, context)
    },
  }
}
