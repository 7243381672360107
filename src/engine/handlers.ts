import type { AnalysisResult } from '../analyses/analysis'
import { checkedAnalysis } from '../analyses/checked-analysis'
import type { Model } from '../model/model'
import { methods, type Method, type MethodParams, type Priority, type MethodResult } from '../contract/contract'
import { EngineFailure } from '../contract/failure'
import { isCpu } from '../contract/provider-choice'
import type { CallContext, EngineHandlers } from '../contract/rpc-server'
import { CheckpointModels } from './checkpoint-models'
import { chunkedModel } from './chunked-model'
import { listModels } from './list-models'
import { LiveView } from './live-view'
import { loadModel, type LoadedModel, type LoadOptions } from './load-model'
import { deviceName, machineKey } from './machine'
import { oneGraph } from './one-graph'
import type { OnnxModel } from './onnx-model'
import { onnxProduct } from './onnx-product'
import { RememberedRuns } from './remembered-runs'
import { Scheduler, type Turn } from './scheduler'

/**
 * How long after a model was opened the graph of one sum is built, unless its first sum was asked for before: that blocks this thread,
 * and a window first asks which model is open, to draw itself meanwhile.
 */
const graphAfterMs = 100

/** How long after a model was opened the means that switches need are taken, and more is got ready: by then a window shows its first result. */
const meansAfterMs = 1000

/** Builds what the margins of a cell take, so that a map of every sum has its first cells soon after it is opened. */
async function prepareMargins(model: Model): Promise<void> {
  const { cellMargins } = await import('./cell-margins')
  await cellMargins(model, { first: { a: 0, b: 0 }, side: 1, step: 1, interventions: [] }, () => undefined)
}

/** A call whose turn has come. */
interface Job extends CallContext {
  readonly turn: Turn
  /** When the call came in, by `performance.now()`. */
  readonly arrived: number
}

type Work<M extends Method> = (params: MethodParams<M>, job: Job) => Promise<MethodResult<M>>

export interface EngineOptions extends LoadOptions {
  /** Whether the live view and its means are got ready as soon as a model is open. */
  readonly prepareLive?: boolean
}

/**
 * The engine: everything that the contract promises, computed in this process, one job at a time. What the first result does not
 * need is loaded when it is first asked for.
 */
export function createEngine({ prepareLive = false, ...modelOptions }: EngineOptions = {}): EngineHandlers {
  const scheduler = new Scheduler()
  const checkpoints = new CheckpointModels(modelOptions)
  let loaded: { readonly open: LoadedModel; readonly live: LiveView; readonly memory: RememberedRuns } | undefined

  const opened = () => {
    if (!loaded) throw new EngineFailure('no-model', 'No model is open: open a model file or folder first.')
    return loaded
  }

  const scheduled =
    <M extends Method>(
      method: M,
      work: Work<M>,
      priorityOf: (params: MethodParams<M>) => Priority = () => methods[method].priority,
    ) =>
    (params: MethodParams<M>, context: CallContext): Promise<MethodResult<M>> => {
      const arrived = performance.now()
      return scheduler.run(priorityOf(params), context.signal, (turn) => work(params, { ...context, turn, arrived }))
    }

  return {
    openModel: scheduled('openModel', async (params) => {
      const { provider = modelOptions.provider } = params
      const open = await loadModel(params, { ...modelOptions, ...(provider !== undefined && { provider }) })
      const live = new LiveView(open.model, open.reference)
      // Builds the graph, so that the first keystroke does not wait for it.
      const warmUp = () => live.explore({ sum: { a: 0, b: 0 }, interventions: [] })
      // Another provider may fail at it, and is then not used. On the CPU the window sets itself up meanwhile.
      if (prepareLive && provider !== undefined && !isCpu({ provider })) await warmUp()
      await loaded?.open.model.dispose()
      loaded = { open, live, memory: new RememberedRuns() }
      // What fails here fails again, and is told, where it is asked for.
      const prepare = (priority: Priority, work: (turn: Turn) => Promise<unknown>) =>
        void scheduler.run(priority, new AbortController().signal, work).catch(() => {})
      const prepareAfter = (ms: number, priority: Priority, work: (turn: Turn) => Promise<unknown>) =>
        setTimeout(() => {
          if (loaded?.open === open) prepare(priority, work)
        }, ms).unref()
      if (prepareLive) {
        prepareAfter(graphAfterMs, 'live', warmUp)
        prepareAfter(meansAfterMs, 'background', async (turn) => {
          await open.reference.prepare(turn)
          await prepareMargins(chunkedModel(open.model, turn))
        })
      }
      return open.info
    }),

    explore: scheduled('explore', async ({ of, ...question }, { arrived, turn, progress }) => {
      let batches = 0
      const views = (live: LiveView) =>
        live.explore(question, async () => {
          // The means of a million sums take longer than an engine may be silent.
          progress({ done: ++batches, total: batches })
          await turn()
        })
      const answer = of ? await checkpoints.use(of, ({ live }) => views(live)) : await views(opened().live)
      return { ...answer, engineMs: performance.now() - arrived }
    }),

    analyze: scheduled(
      'analyze',
      async ({ id, params, schedule = {}, of }, { turn, progress }) => {
        const [analysis, { onnxLoneSites }] = await Promise.all([
          checkedAnalysis(id, params),
          import('./onnx-lone-sites'),
        ])
        const answer = (model: Model, onnx: OnnxModel) =>
          analysis.run(
            {
              schedule,
              model,
              multiply: onnxProduct(turn),
              loneSites: onnxLoneSites(onnx, turn),
              pause: turn,
              progress: (done: number, total: number, partial?: AnalysisResult, runsPerSum?: number) => {
                progress({ done, total, ...(partial && { partial }), ...(runsPerSum !== undefined && { runsPerSum }) })
              },
            },
            params,
          )
        if (of) return checkpoints.use(of, ({ open }) => answer(chunkedModel(open.model, turn), open.model))
        const { open, memory } = opened()
        const model = schedule.first === undefined ? open.model : oneGraph(open.model)
        return answer(memory.of(chunkedModel(model, turn), schedule.first ?? params.dataset?.size), open.model)
      },
      // What is soon over is as urgent as a keystroke: a first look, and what is about no data set, overtake what this process is at.
      ({ params: { dataset }, schedule }) => {
        if (schedule?.idle) return 'background'
        if (schedule?.first !== undefined || !dataset) return 'live'
        return schedule?.share ? methods.analyze.priority : 'single'
      },
    ),

    margins: scheduled('margins', async (params, { turn, progress }) => {
      const { cellMargins } = await import('./cell-margins')
      return cellMargins(chunkedModel(opened().open.model, turn), params, (done, total, margins) => {
        progress({ done, total, margins })
      })
    }),

    status: scheduled('status', async () => ({
      provider: loaded?.open.model.provider ?? 'cpu',
      device: deviceName(),
      machine: machineKey(),
      pid: process.pid,
      rssBytes: process.memoryUsage.rss(),
      model: loaded?.open.info ?? null,
    })),

    readRun: scheduled('readRun', async ({ path }) => (await import('./training/read-run')).readRun(path)),

    listModels: scheduled('listModels', ({ path }) => listModels(path)),

    describeModel: scheduled('describeModel', async ({ path }) =>
      (await import('./describe-model')).describeModel(path),
    ),

    analyzeCheckpoints: scheduled('analyzeCheckpoints', async (params, job) =>
      (await import('./analyze-checkpoints')).analyzeCheckpoints(params, job),
    ),

    exportModel: scheduled('exportModel', async ({ format }) => {
      const { exportBytes } = await import('../model/export-model')
      const { model } = opened().open
      const name = `${model.name.replace(/\.(pt|pth|safetensors)$/, '')}.${format}`
      return { name, bytes: exportBytes(model, format) }
    }),
  }
}
