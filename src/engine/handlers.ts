import { cpus } from 'node:os'
import type { AnalysisResult } from '../analyses/analysis'
import { analysisNamed } from '../analyses/analysis-named'
import { methods, type Method, type ParamsOf, type ResultOf } from '../shared/contract'
import { EngineFailure } from '../shared/failure'
import type { CallContext, Handlers } from '../shared/rpc-server'
import { chunkedModel } from './chunked-model'
import { LeastRecentlyUsed } from './least-recently-used'
import { LiveView } from './live-view'
import { loadModel, type LoadedModel } from './load-model'
import { Scheduler, type Turn } from './scheduler'

/** How many results of analyses are kept, in case the same question is asked again. */
const keptResults = 24

/** A call whose turn has come. */
interface Job extends CallContext {
  readonly turn: Turn
  /** When the call came in, by `performance.now()`. */
  readonly arrived: number
}

type Work<M extends Method> = (params: ParamsOf<M>, job: Job) => Promise<ResultOf<M>>

/** The engine: everything that the contract promises, computed in this process, one job at a time. */
export function createEngine(): Handlers {
  const scheduler = new Scheduler()
  const results = new LeastRecentlyUsed<AnalysisResult>(keptResults)
  let loaded: { readonly open: LoadedModel; readonly live: LiveView } | undefined

  const opened = () => {
    if (!loaded) throw new EngineFailure('no-model', 'No model is open: open a model file or folder first.')
    return loaded
  }

  const scheduled =
    <M extends Method>(method: M, work: Work<M>) =>
    (params: ParamsOf<M>, context: CallContext): Promise<ResultOf<M>> => {
      const arrived = performance.now()
      return scheduler.run(methods[method].priority, context.signal, (turn) =>
        work(params, { ...context, turn, arrived }),
      )
    }

  return {
    openModel: scheduled('openModel', async (params) => {
      const open = await loadModel(params)
      await loaded?.open.model.dispose()
      const live = new LiveView(open.model, open.reference)
      // Builds the graph, so that the first keystroke does not wait for it.
      await live.explore({ sum: { a: 0, b: 0 }, interventions: [] })
      loaded = { open, live }
      return open.info
    }),

    explore: scheduled('explore', async (params, { arrived }) => {
      const views = await opened().live.explore(params)
      return { ...views, engineMs: performance.now() - arrived }
    }),

    analyze: scheduled('analyze', async ({ id, params }, { turn, progress }) => {
      const analysis = analysisNamed(id)
      const { model, info } = opened().open
      const key = JSON.stringify([info.sha256, info.processing, id, params])
      const known = results.get(key)
      if (known) return known
      const context = {
        model: chunkedModel(model, turn),
        progress: (done: number, total: number, partial?: AnalysisResult) => {
          progress(partial ? { done, total, partial } : { done, total })
        },
      }
      const result = await analysis.run(context, params)
      results.set(key, result)
      return result
    }),

    status: scheduled('status', async () => ({
      provider: loaded?.open.model.provider ?? 'cpu',
      device: cpus()[0]?.model.trim() ?? 'unknown processor',
      pid: process.pid,
      rssBytes: process.memoryUsage.rss(),
      model: loaded?.open.info ?? null,
    })),
  }
}
