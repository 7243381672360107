import { methods, type Method, type ParamsOf, type ResultOf } from './contract'
import { failureOf } from './failure'
import { KeptEngine, type EngineProcess } from './kept-engine'
import { Pool } from './pool'
import type { CallContext, Handlers } from './rpc-server'

/** What a process is for: keystrokes, or analyses at lowered priority. */
export type EngineRole = 'live' | 'pool'

export interface Supervisor {
  /** To be served to windows and pages; each call goes to the engine process, over whatever transport that has. */
  readonly handlers: Handlers
  /** The live engine's process, for status displays and tests. */
  readonly pid: number | undefined
  /** The processes for analyses, of those that were started. */
  readonly poolPids: readonly number[]
  close(): void
}

/**
 * Stands before the live engine process and `poolSize` more for analyses, so that a keystroke never waits for a sweep (with 0
 * the live one does it all). Any of them may die at any time: then it is started again, the model is reopened, what was lost
 * is asked once more, and `onNotice` gets a sentence for the person if it was the live one.
 */
export function superviseEngine(
  spawn: (role: EngineRole) => EngineProcess,
  onNotice: (sentence: string) => void,
  poolSize = 0,
): Supervisor {
  const pool = poolSize > 0 ? new Pool(() => spawn('pool'), poolSize) : undefined
  const live = new KeptEngine(() => spawn('live'), {
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
      openModel: async (params, context) => {
        const model = await forward('openModel')(params, context)
        pool?.open(params)
        return model
      },
      explore: forward('explore'),
      analyze: pool ? (params, context) => pool.analyze(params, context) : forward('analyze'),
      status: forward('status'),
    },
    get pid() {
      return live.pid
    },
    get poolPids() {
      return pool?.pids ?? []
    },
    close() {
      live.close()
      pool?.close()
    },
  }
}
