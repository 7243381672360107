import { methods, type Method, type ParamsOf, type ResultOf } from './contract'
import { failureOf } from './failure'
import { KeptEngine, type EngineProcess } from './kept-engine'
import type { CallContext, Handlers } from './rpc-server'

export interface Supervisor {
  /** To be served to windows and pages; each call goes to the engine process, over whatever transport that has. */
  readonly handlers: Handlers
  /** The live engine's process, for status displays and tests. */
  readonly pid: number | undefined
  close(): void
}

/**
 * Stands before the engine process, which may die at any time: then it is started again, the model is reopened, a live
 * call that was lost is made once more, and `onNotice` gets a sentence for the person. A lost sweep is rejected with
 * `engine-died`; whoever asked for it decides whether to ask again.
 */
export function superviseEngine(spawn: () => EngineProcess, onNotice: (sentence: string) => void): Supervisor {
  const live = new KeptEngine(spawn, {
    death: (reason) => {
      onNotice(`The engine stopped (${reason}) and is started again; nothing you did is lost.`)
    },
    lostModel: (sentence) => {
      onNotice(`After its restart the engine could not open the model again: ${sentence}`)
    },
  })

  const forward =
    <M extends Method>(method: M) =>
    async (params: ParamsOf<M>, context: CallContext): Promise<ResultOf<M>> => {
      try {
        return await live.call(method, params, context)
      } catch (error) {
        if (failureOf(error).code !== 'engine-died' || methods[method].priority !== 'live') throw error
        return live.call(method, params, context)
      }
    }

  return {
    handlers: {
      openModel: forward('openModel'),
      explore: forward('explore'),
      analyze: forward('analyze'),
      status: forward('status'),
    },
    get pid() {
      return live.pid
    },
    close() {
      live.close()
    },
  }
}
